package org.cairndns.plugin.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewritePluginTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name a.example b.example",
                "stop name exact a.example b.example",
                "continue name prefix a. b.",
                "NAME SUFFIX .a.example. .b.example.",
                "name substring a b answer auto",
                "name regex (.*)-(us)\\.example {1}.{2}.org answer name (.*)\\.(.*)\\.org {1}-{2}.example",
                "name regex (.*) {0} answer name (.*) {1} answer value (.*) {1}",
                "name suffix .arpa .arpa answer auto value (.*) {1}",
                "name exact a b answer value (.*) {1}",
                "stop {;name suffix .a .b answer auto;}",
                "{;name regex (.*)\\.a {1}.b;answer name (.*)\\.b {1}.a;answer value (.*)\\.b {1}.a;}",
                "continue {;ttl regex (.*) 15;}",
                "ttl a.example 15",
                "ttl exact a.example 30-300",
                "ttl suffix example -30",
                "ttl prefix a. 30-",
                "ttl substring a 0-2147483647",
                "rcode a.example SERVFAIL NOERROR",
                "rcode regex (.*) 2 0",
                "rcode suffix example NXDOMAIN 23",
                "cname a.example b.example",
                "cname suffix .a .b",
                "cname regex (.*)\\.a {1}.b",
                "type ANY HINFO",
                "class CH in",
                "edns0 local set 0xffee abcd",
                "edns0 local append 65518 0x61626364 revert",
                "edns0 local replace 0b101 {client_ip}",
                "edns0 local unset 0xffee",
                "edns0 nsid set",
                "edns0 nsid unset",
                "edns0 subnet set 24 56 revert",
                "edns0 subnet append 0 128",
                "edns0 subnet unset",
            })
    void setup_properRule_isAccepted(String rule) {
        assertThat(block(rule).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|2:1|missing value for 'rewrite', expected one of name, type, class, edns0, ttl, cname, rcode",
                "continue|2:1|got the end of the rule",
                "nam a b|2:9|expected one of name, type, class, edns0, ttl, cname, rcode, got 'nam'",
                "answer name a b|2:9|got 'answer'",
                "name a|2:1|expected a domain name, got the end of the rule",
                "name a..b c|2:14|expected a domain name",
                "name begin a b|2:14|expected one of exact, prefix, suffix, substring, regex, got 'begin'",
                "name regex ( b|2:20|expected a regular expression in RE2 syntax",
                "name regex (a) {2}|2:24|expected references to at most 1 groups",
                "name suffix a b auto|2:25|expected one of answer, got 'auto'",
                "name suffix a b answer|2:1|expected one of auto, name, value, got the end",
                "name suffix a b answer owner x y|2:32|expected one of auto, name, value, got 'owner'",
                "name suffix a b answer name x|2:1|expected a replacement, got the end",
                "name suffix a b answer auto name x y|2:37|expected either 'auto' or 'name'",
                "type A|2:1|expected a record type, got the end",
                "type A WHAT|2:16|expected a record type, got 'WHAT'",
                "type A AAAA MX|2:21|expected its end, got 'MX'",
                "class IN XX|2:18|expected one of IN, CH, HS, NONE, ANY, got 'XX'",
                "ttl a.example -|2:23|expected SECONDS, MIN-MAX, -MAX or MIN-",
                "ttl a.example 30-20|2:23|MIN not above MAX",
                "ttl a.example 2147483648|2:23|expected SECONDS",
                "ttl a.example|2:1|expected SECONDS",
                "ttl exact a.example 1 2|2:31|expected its end, got '2'",
                "rcode a.example 24 0|2:25|expected an RCODE from 0 to 23 or its mnemonic, got '24'",
                "rcode a.example SERVFAIL WHAT|2:34|got 'WHAT'",
                "cname ends a b|2:15|expected one of exact, prefix, suffix, substring, regex, got 'ends'",
                "cname a|2:1|expected a domain name",
                "edns0 cookie set|2:15|expected one of local, nsid, subnet, got 'cookie'",
                "edns0 local put 1 a|2:21|expected one of set, append, replace, unset, got 'put'",
                "edns0 local set 65536 a|2:25|expected an option code from 0 to 65535, got '65536'",
                "edns0 local set 1 0x123|2:27|expected an even number of hexadecimal digits behind 0x",
                "edns0 local set 1 {client}|2:27|expected text, 0x with hexadecimal digits, a label of metadata such as {view/name} or one of {client_ip}",
                "edns0 local set 1 {/city}|2:27|got '{/city}'",
                "edns0 local set 1 a back|2:29|expected one of revert, got 'back'",
                "edns0 local unset 1 a|2:29|expected its end, got 'a'",
                "edns0 subnet set 33 56|2:26|expected an IPv4 prefix length from 0 to 32, got '33'",
                "edns0 subnet set 24 129|2:29|expected an IPv6 prefix length from 0 to 128, got '129'",
                "name a b {;answer auto;}|2:1|expected a rule of 'rewrite' on its line or in a block, got both",
            })
    void setup_badRule_isReportedAtItsPlace(String rule, String position, String message) {
        assertThat(block(rule).problems())
                .singleElement()
                .asString()
                .startsWith("Corefile:" + position + ": ")
                .contains(message);
    }

    @Test
    void setup_longRegularExpression_isRefused() {
        assertThat(block("name regex " + "a".repeat(10_001) + " b").problems())
                .singleElement()
                .asString()
                .contains("expected a regular expression of at most 10000 characters");
    }

    @Test
    void setup_severalBadRules_allAreReported() {
        assertThat(block("type A\nrewrite class IN").problems()).hasSize(2);
    }

    private static FakeBlock block(String rule) {
        return new FakeBlock(
                new FakeServer(), ".:53 {\nrewrite " + rule.replace(';', '\n') + "\n}\n", new RewritePlugin());
    }
}
