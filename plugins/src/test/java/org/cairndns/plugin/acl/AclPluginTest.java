package org.cairndns.plugin.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

class AclPluginTest {
    private static final Reply NEXT = new Reply.Failed(Rcode.SERVFAIL, "next");

    private final FakeServer server = new FakeServer();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                block net 10.0.0.0/8                  | 10.255.255.255 | A    | refused
                block net 10.0.0.0/8                  | 11.0.0.0       | A    | next
                block net 10.1.2.3                    | 10.1.2.3       | A    | refused
                block net 10.1.2.3                    | 10.1.2.4       | A    | next
                block net 10.1.2.99/24                | 10.1.2.3       | A    | refused
                block net 2001:db8::/32               | 2001:db8::7    | A    | refused
                block net 2001:db8::7                 | 2001:db8::8    | A    | next
                block net ::/0                        | 10.1.2.3       | A    | next
                block net 0.0.0.0/0                   | 2001:db8::7    | A    | next
                block net *                           | 2001:db8::7    | A    | refused
                block net 10.0.0.0/8 *                | 192.0.2.1      | A    | refused
                block net 10.0.0.0/8 192.0.2.0/24     | 192.0.2.1      | A    | refused
                block                                 | 192.0.2.1      | A    | refused
                BLOCK TYPE A AAAA NET 192.0.2.1       | 192.0.2.1      | AAAA | refused
                block type A AAAA net 192.0.2.1       | 192.0.2.1      | MX   | next
                block type *                          | 192.0.2.1      | MX   | refused
                block type A type MX                  | 192.0.2.1      | MX   | refused
                filter type A                         | 192.0.2.1      | A    | empty
                drop                                  | 192.0.2.1      | A    | dropped
                allow                                 | 192.0.2.1      | A    | next
                """)
    void policy_clientAndType_decide(String policy, String client, String type, String expected) {
        FakeBlock block = block("acl {\n" + policy + "\n}");

        assertThat(block.problems()).isEmpty();
        assertThat(outcome(block, "web.example.", type, client)).isEqualTo(expected);
    }

    @Test
    void policies_several_firstThatFitsDecides() {
        FakeBlock block =
                block("acl {\n allow net 10.0.0.1\n block net 10.0.0.0/8\n}\nacl {\n drop net 192.0.2.0/24\n}");

        assertThat(outcome(block, "a.", "A", "10.0.0.1")).isEqualTo("next");
        assertThat(outcome(block, "a.", "A", "10.0.0.2")).isEqualTo("refused");
        assertThat(outcome(block, "a.", "A", "192.0.2.2")).isEqualTo("dropped");
        assertThat(outcome(block, "a.", "A", "198.51.100.1")).isEqualTo("next");
    }

    @Test
    void allow_inAnEarlierRule_endsTheRules() {
        FakeBlock block = block("acl {\n allow net 10.0.0.1\n}\nacl {\n block\n}");

        assertThat(outcome(block, "a.", "A", "10.0.0.1")).isEqualTo("next");
        assertThat(outcome(block, "a.", "A", "10.0.0.2")).isEqualTo("refused");
    }

    @Test
    void zones_given_otherNamesAreNotConcerned() {
        FakeBlock block = block("acl Example.org 10.0.0.0/8 {\n block\n}");

        assertThat(outcome(block, "a.EXAMPLE.org.", "A", "10.0.0.1")).isEqualTo("refused");
        assertThat(outcome(block, "1.0.0.10.in-addr.arpa.", "PTR", "10.0.0.1")).isEqualTo("refused");
        assertThat(outcome(block, "example.com.", "A", "10.0.0.1")).isEqualTo("next");
    }

    @Test
    void refusal_clientWithEdns_saysWhy() {
        assertThat(error("block")).isEqualTo(15);
        assertThat(error("filter")).isEqualTo(17);
    }

    @Test
    void refusal_clientWithoutEdns_hasNoOpt() {
        Query query = Queries.of("a.", "A");

        assertThat(Queries.render(query, reply(block("acl {\n block\n}"), query))
                        .getOPT())
                .isNull();
    }

    @Test
    void metrics_perOutcome_countWithTheClosestZone() {
        FakeBlock block = block("acl example.org a.example.org {\n block type A\n filter type MX\n drop type TXT\n}");
        for (String type : List.of("A", "MX", "TXT", "AAAA", "SRV")) {
            outcome(block, "x.a.example.org.", type, "10.0.0.1");
        }

        assertThat(server.metrics("coredns_acl_"))
                .containsExactlyInAnyOrder(
                        "coredns_acl_allowed_requests_total{server=\"dns://:53\",view=\"\"} 2.0",
                        "coredns_acl_blocked_requests_total{server=\"dns://:53\",view=\"\",zone=\"a.example.org.\"} 1.0",
                        "coredns_acl_dropped_requests_total{server=\"dns://:53\",view=\"\",zone=\"a.example.org.\"} 1.0",
                        "coredns_acl_filtered_requests_total{server=\"dns://:53\",view=\"\",zone=\"a.example.org.\"} 1.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                blok               | 3:1: unknown action 'blok' of 'acl', expected one of allow, block, filter, drop, did you mean 'block'?
                block from 10.0.0.1 | 3:7: bad value for 'acl', expected 'type' or 'net', got 'from'
                block net          | 3:7: missing value for 'net' of 'acl', got none
                block type net *   | 3:7: missing value for 'type' of 'acl', got none
                block type aaaa    | 3:12: bad value for 'acl', expected an upper-case record type such as AAAA, or '*', got 'aaaa'
                block net 10.0.0   | 3:11: bad value for 'acl', expected an IP address, a network such as 10.0.0.0/8, or '*', got '10.0.0'
                block net 10.0.0.0/33 | 3:11: bad value for 'acl', expected an IP address, a network such as 10.0.0.0/8, or '*', got '10.0.0.0/33'
                """)
    void setup_wrongPolicy_isAProblemAtItsPlace(String policy, String problem) {
        assertThat(block("acl {\n" + policy + "\n}").problems()).containsExactly("Corefile:" + problem);
    }

    private int error(String action) {
        Query query = Queries.withEdns("a.", "A", 1232, false);
        Message message = Queries.render(query, reply(block("acl {\n" + action + "\n}"), query));
        List<EDNSOption> options = message.getOPT().getOptions();
        return ((ExtendedErrorCodeOption) options.getFirst()).getErrorCode();
    }

    private static String outcome(FakeBlock block, String name, String type, String client) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(client), 40_000);
        Query query = Queries.of(name, type, address, Queries.UDP);
        Reply reply = reply(block, query);
        if (reply == NEXT) {
            return "next";
        }
        if (reply == Reply.Dropped.INSTANCE) {
            return "dropped";
        }
        Message message = Queries.render(query, reply);
        assertThat(message.getSection(Section.ANSWER)).isEmpty();
        return message.getHeader().getRcode() == Rcode.REFUSED ? "refused" : "empty";
    }

    private static Reply reply(FakeBlock block, Query query) {
        return block.chain(next -> NEXT).handle(query);
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ". {\n" + directive + "\n}\n", new AclPlugin());
    }
}
