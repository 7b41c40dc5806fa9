package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.cairndns.corefile.CorefileParser;
import org.cairndns.corefile.CorefileSource;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Scheme;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardConfigReaderTest {
    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void read_nothingGiven_coreDnsDefaults() throws Exception {
        ForwardConfig config = read("forward . 192.0.2.1");

        assertThat(config.from()).isEqualTo(DomainName.ROOT);
        assertThat(config.except()).isEmpty();
        assertThat(labels(config)).containsExactly("192.0.2.1:53");
        assertThat(config.transports())
                .isEqualTo(new ForwardConfig.Transports(
                        false, false, Optional.empty(), ForwardConfig.TlsFiles.NONE, DohMethod.POST));
        assertThat(config.connections())
                .isEqualTo(new ForwardConfig.Connections(Duration.ofSeconds(10).toNanos(), 0, 0));
        assertThat(config.attempts())
                .isEqualTo(new ForwardConfig.Attempts(
                        Policy.RANDOM,
                        OptionalLong.empty(),
                        new ForwardConfig.Patience(
                                Duration.ofSeconds(2).toNanos(),
                                Duration.ofMillis(1800).toNanos(),
                                5,
                                true),
                        0,
                        false));
        assertThat(config.healthCheck())
                .isEqualTo(
                        new ForwardConfig.HealthCheck(2, Duration.ofMillis(500).toNanos(), true, DomainName.ROOT));
        assertThat(config.rcodes()).isEqualTo(new ForwardConfig.Rcodes(0, 0, false));
        assertThat(warnings).isEmpty();
    }

    @Test
    void read_everyOption_isTaken() throws Exception {
        ForwardConfig config = read("""
                forward Example.org 192.0.2.1 tls://192.0.2.2 {
                    except a.example.org 10.0.0.0/8
                    except b.example.org
                    force_tcp
                    prefer_udp
                    expire 20s
                    max_age 1m
                    max_idle_conns 3
                    max_fails 4294967295
                    max_connect_attempts 5
                    tls cert.pem key.pem ca.pem
                    tls_servername dns.example
                    policy round_robin
                    health_check 1s no_rec domain example.net
                    max_concurrent 1000
                    read_timeout 300ms
                    budget 1s
                    hedge 10%
                    source_address 192.0.2.9
                    resolver 192.0.2.3 [2001:db8::3]:54
                    doh_method GET
                    next NXDOMAIN refused
                    next NOERROR
                    next_on_nodata
                    failover SERVFAIL NOTIMPL
                    failfast_all_unhealthy_upstreams
                }""");

        assertThat(config.from()).isEqualTo(DomainName.of("example.org."));
        assertThat(config.except())
                .extracting(DomainName::toString)
                .containsExactly("a.example.org.", "10.in-addr.arpa.", "b.example.org.");
        assertThat(config.upstreams()).extracting(UpstreamTarget::serverName).containsExactly("", "dns.example");
        assertThat(config.transports())
                .isEqualTo(new ForwardConfig.Transports(
                        true,
                        true,
                        Optional.of(InetAddress.ofLiteral("192.0.2.9")),
                        new ForwardConfig.TlsFiles(
                                Optional.of(directory.resolve("cert.pem")),
                                Optional.of(directory.resolve("key.pem")),
                                Optional.of(directory.resolve("ca.pem"))),
                        DohMethod.GET));
        assertThat(config.connections())
                .isEqualTo(new ForwardConfig.Connections(
                        Duration.ofSeconds(20).toNanos(), Duration.ofMinutes(1).toNanos(), 3));
        assertThat(config.attempts())
                .isEqualTo(new ForwardConfig.Attempts(
                        Policy.ROUND_ROBIN,
                        OptionalLong.of(5),
                        new ForwardConfig.Patience(
                                Duration.ofMillis(300).toNanos(),
                                Duration.ofSeconds(1).toNanos(),
                                10,
                                true),
                        1000,
                        true));
        assertThat(config.healthCheck())
                .isEqualTo(new ForwardConfig.HealthCheck(
                        4_294_967_295L, Duration.ofSeconds(1).toNanos(), false, DomainName.of("example.net.")));
        assertThat(config.rcodes())
                .isEqualTo(new ForwardConfig.Rcodes(
                        1 << Rcode.SERVFAIL | 1 << Rcode.NOTIMP,
                        1 << Rcode.NXDOMAIN | 1 << Rcode.REFUSED | 1 << Rcode.NOERROR,
                        true));
    }

    @Test
    void read_sequential_hedgesOnlyIfTold() throws Exception {
        ForwardConfig.Patience quiet =
                read("forward . 192.0.2.1 {\npolicy sequential\n}").attempts().patience();
        ForwardConfig.Patience told = read("forward . 192.0.2.1 {\nhedge on\npolicy sequential\n}")
                .attempts()
                .patience();

        assertThat(quiet.hedgePercent()).isZero();
        assertThat(quiet.equal()).isFalse();
        assertThat(told.hedgePercent()).isEqualTo(5);
        assertThat(told.equal()).isTrue();
    }

    @Test
    void read_longReadTimeout_theQueryMayTakeAsLong() throws Exception {
        ForwardConfig.Patience patience = read("forward . 192.0.2.1 {\nread_timeout 4s\nhedge off\n}")
                .attempts()
                .patience();

        assertThat(patience.budgetNanos()).isEqualTo(Duration.ofSeconds(4).toNanos());
        assertThat(patience.hedgePercent()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    192.0.2.1                               | 192.0.2.1:53
                    192.0.2.1:5353                          | 192.0.2.1:5353
                    2001:db8::1                             | [2001:db8:0:0:0:0:0:1]:53
                    [2001:db8::1]                           | [2001:db8:0:0:0:0:0:1]:53
                    [2001:db8::1]:5353                      | [2001:db8:0:0:0:0:0:1]:5353
                    fe80::1%eth0                            | [fe80:0:0:0:0:0:0:1]:53
                    dns://192.0.2.1                         | 192.0.2.1:53
                    tls://192.0.2.1                         | tls 192.0.2.1:853
                    tls://192.0.2.1:8853                    | tls 192.0.2.1:8853
                    tls://192.0.2.1%dns.example             | tls 192.0.2.1:853 dns.example
                    tls://192.0.2.1%dns.example:8853        | tls 192.0.2.1:8853 dns.example
                    tls://[2001:db8::1%dns.example]:8853    | tls [2001:db8:0:0:0:0:0:1]:8853 dns.example
                    tls://2001:db8::1%dns.example           | tls [2001:db8:0:0:0:0:0:1]:853 dns.example
                    https://192.0.2.1                       | https 192.0.2.1:443
                    https://192.0.2.1%dns.example:8443      | https 192.0.2.1:8443 dns.example
                    https://[2001:db8::1]                   | https [2001:db8:0:0:0:0:0:1]:443
                    dns.example                             | dns.example:53
                    dns.example.:5353                       | dns.example.:5353
                    dns://router                            | router:53
                    tls://dns.example                       | tls dns.example:853 dns.example
                    tls://dns.example.%other.example:8853   | tls dns.example.:8853 other.example
                    my_dns.svc.example                      | my_dns.svc.example:53
                    https://dns.example:8443                | https dns.example:8443 dns.example
                    """)
    void read_upstream_isAddressWithPortAndName(String text, String expected) throws Exception {
        UpstreamTarget upstream = read("forward . " + text).upstreams().getFirst();
        String scheme = upstream.scheme() == Scheme.DNS ? "" : upstream.scheme().text() + " ";

        assertThat((scheme + upstream.label() + " " + upstream.serverName()).trim())
                .isEqualTo(expected);
    }

    @Test
    void read_sameAddressTwice_countsOnce() throws Exception {
        ForwardConfig config = read("forward . 192.0.2.1 192.0.2.2 dns://192.0.2.1:53 192.0.2.1:54");

        assertThat(labels(config)).containsExactly("192.0.2.1:53", "192.0.2.2:53", "192.0.2.1:54");
    }

    @Test
    void read_file_isOneUpstreamWhateverItNames() throws Exception {
        Files.writeString(directory.resolve("resolv.conf"), "nameserver 192.0.2.1\nnameserver 192.0.2.2\n");

        ForwardConfig config = read("forward . 192.0.2.9:54 resolv.conf " + directory.resolve("resolv.conf"));

        assertThat(labels(config)).containsExactly("192.0.2.9:54", "resolv.conf");
        assertThat(warnings).isEmpty();
    }

    @Test
    void read_fileWithoutNameServersOrMissing_isFollowed() throws Exception {
        Files.writeString(directory.resolve("empty.conf"), "");

        assertThat(labels(read("forward . empty.conf /nowhere/resolv.conf")))
                .containsExactly("empty.conf", "/nowhere/resolv.conf");
        assertThat(warnings)
                .containsExactly(
                        "Corefile:2:11: file 'empty.conf' has no line 'nameserver ADDRESS', it is followed",
                        "Corefile:2:22: file '/nowhere/resolv.conf' is not there, it is looked for");
    }

    @Test
    void read_networkThatIsSeveralZones_takesTheFirst() throws Exception {
        assertThat(read("forward 10.9.3.0/18 192.0.2.1").from()).hasToString("0.9.10.in-addr.arpa.");
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("Corefile:2:9: '10.9.3.0/18' stands for 64 zones, 'forward' takes the first one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0 | tls
                    1 | tls ca.pem
                    2 | tls cert.pem key.pem
                    3 | tls cert.pem key.pem ca.pem
                    """)
    void read_tls_argumentsByTheirNumber(int count, String option) throws Exception {
        ForwardConfig.TlsFiles files = read("forward . tls://192.0.2.1 {\n" + option + "\n}")
                .transports()
                .tls();

        assertThat(files.authorities().isPresent()).isEqualTo(count % 2 == 1);
        assertThat(files.certificate().isPresent()).isEqualTo(count > 1);
        assertThat(files.key().isPresent()).isEqualTo(count > 1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    forward                                | 2:1  | wrong number of arguments for 'forward', expected a zone and its upstreams, such as 'forward . 192.0.2.53', got 0
                    forward .                              | 2:1  | wrong number of arguments for 'forward', expected a zone and its upstreams, such as 'forward . 192.0.2.53', got 1
                    forward a..b 192.0.2.1                 | 2:9  | bad zone for 'forward'
                    forward . a27.0.0.1                    | 2:11 | expected an IP address or host name with an optional port, or an existing file, got 'a27.0.0.1'
                    forward . 192.0.2                      | 2:11 | expected an IP address or host name
                    forward . a-.example                   | 2:11 | expected an IP address or host name
                    forward . 192.0.2.1:65536              | 2:11 | expected an IP address
                    forward . dns://                       | 2:11 | expected an IP address
                    forward . https://192.0.2.1/dns-query  | 2:11 | expected https:// with a host and no path, for the path is always /dns-query
                    forward . grpc://192.0.2.1             | 2:11 | 'forward' cannot ask upstreams over grpc://, expected dns://, tls:// or https://
                    forward . tls://192.0.2.1%a_b..c       | 2:11 | bad server name
                    forward . 192.0.2.1 {;blaatl;}         | 3:1  | unknown property 'blaatl' of 'forward'
                    forward . 192.0.2.1 {;except;}         | 3:1  | wrong number of arguments for 'except'
                    forward . 192.0.2.1 {;force_tcp yes;}  | 3:11 | wrong number of arguments for 'force_tcp', expected none
                    forward . 192.0.2.1 {;prefer_udp yes;} | 3:12 | wrong number of arguments for 'prefer_udp'
                    forward . 192.0.2.1 {;expire;}         | 3:1  | wrong number of arguments for 'expire'
                    forward . 192.0.2.1 {;expire 5;}       | 3:8  | 'expire', expected a duration of at least 0s, got '5'
                    forward . 192.0.2.1 {;expire -1s;}     | 3:8  | 'expire', expected a duration of at least 0s
                    forward . 192.0.2.1 {;max_age -1s;}    | 3:9  | 'max_age', expected a duration of at least 0s
                    forward . 192.0.2.1 {;max_age 5s;}     | 2:1  | 'max_age' must not be less than 'expire', expected at least 10.0s, got 5.0s
                    forward . 192.0.2.1 {;max_idle_conns -1;}       | 3:16 | expected an integer from 0 to
                    forward . 192.0.2.1 {;max_fails -1;}            | 3:11 | expected an unsigned integer from 0 to 4294967295
                    forward . 192.0.2.1 {;max_fails 4294967296;}    | 3:11 | expected an unsigned integer from 0 to 4294967295
                    forward . 192.0.2.1 {;max_connect_attempts a;}  | 3:22 | expected an unsigned integer
                    forward . 192.0.2.1 {;tls a b c d;}             | 3:11 | wrong number of arguments for 'tls', expected 0 to 3
                    forward . 192.0.2.1 {;tls_servername;}          | 3:1  | wrong number of arguments for 'tls_servername'
                    forward . 192.0.2.1 {;tls_servername a..b;}     | 3:16 | 'tls_servername', expected a host name
                    forward . tls://192.0.2.1%a {;tls_servername b;}| 2:1  | server name of 192.0.2.1:853 given twice
                    forward . 192.0.2.1 {;policy;}                  | 3:1  | wrong number of arguments for 'policy'
                    forward . 192.0.2.1 {;policy roundrobin;}       | 3:8  | expected one of random, round_robin, sequential, latency, got 'roundrobin', did you mean 'round_robin'?
                    forward . 192.0.2.1 {;health_check;}            | 3:1  | wrong number of arguments for 'health_check'
                    forward . 192.0.2.1 {;health_check 0.5;}        | 3:14 | 'health_check', expected a duration
                    forward . 192.0.2.1 {;health_check -1s;}        | 3:14 | 'health_check', expected a duration
                    forward . 192.0.2.1 {;health_check 1s rec;}     | 3:17 | expected no_rec or domain NAME, got 'rec'
                    forward . 192.0.2.1 {;health_check 1s domain;}  | 3:17 | expected no_rec or domain NAME, got 'domain'
                    forward . 192.0.2.1 {;health_check 1s domain a..b;} | 3:24 | has an empty label
                    forward . 192.0.2.1 {;max_concurrent many;}     | 3:16 | expected an integer from 0 to
                    forward . 192.0.2.1 {;max_concurrent -4;}       | 3:16 | expected an integer from 0 to
                    forward . 192.0.2.1 {;budget 0s;}               | 3:8  | 'budget', expected a duration of at least 1ms
                    forward . 192.0.2.1 {;hedge;}                   | 3:1  | 'hedge'
                    forward . 192.0.2.1 {;hedge 5;}                 | 3:7  | 'hedge', expected a percentage from 0% to 100%
                    forward . 192.0.2.1 {;hedge 101%;}              | 3:7  | 'hedge', expected a percentage from 0% to 100%
                    forward . 192.0.2.1 {;hedge on off;}            | 3:10 | 'hedge'
                    forward . 192.0.2.1 {;read_timeout 0s;}         | 3:14 | 'read_timeout', expected a duration of at least 1ns
                    forward . 192.0.2.1 {;source_address here;}     | 3:16 | 'source_address', expected an IP address
                    forward . 192.0.2.1 {;source_address;}          | 3:1  | wrong number of arguments for 'source_address'
                    forward . 192.0.2.1 {;next;}                    | 3:1  | wrong number of arguments for 'next'
                    forward . 192.0.2.1 {;next NOPE;}               | 3:6  | 'next', expected an RCODE such as NXDOMAIN, got 'NOPE'
                    forward . 192.0.2.1 {;next_on_nodata yes;}      | 3:16 | wrong number of arguments for 'next_on_nodata'
                    forward . 192.0.2.1 {;failover;}                | 3:1  | wrong number of arguments for 'failover'
                    forward . 192.0.2.1 {;failover NOERROR;}        | 3:10 | 'failover', expected an RCODE such as NXDOMAIN, not NOERROR
                    forward . 192.0.2.1 {;failfast_all_unhealthy_upstreams 1;} | 3:34 | wrong number of arguments
                    forward . 192.0.2.1 {;resolver;}                | 3:1  | wrong number of arguments for 'resolver'
                    forward . 192.0.2.1 {;resolver dns.example;}    | 3:10 | 'resolver', expected an IP address with an optional port, got 'dns.example'
                    forward . 192.0.2.1 {;doh_method;}              | 3:1  | wrong number of arguments for 'doh_method'
                    forward . 192.0.2.1 {;doh_method get;}          | 3:12 | 'doh_method', expected one of POST, GET, got 'get', did you mean 'GET'?
                    """)
    void read_badValue_isReportedAtItsPlace(String corefile, String position, String message) throws Exception {
        assertThat(problems(corefile.replace(';', '\n')))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("Corefile:" + position + ": ")
                        .contains(message));
    }

    @Test
    void read_moreThan15Upstreams_isAProblem() throws Exception {
        StringBuilder many = new StringBuilder("forward .");
        for (int i = 1; i <= 15; i++) {
            many.append(" 192.0.2.").append(i);
        }
        assertThat(read(many.toString()).upstreams()).hasSize(15);

        assertThat(problems(many.append(" 192.0.2.16").toString()))
                .containsExactly("Corefile:2:167: too many upstreams for 'forward', expected at most 15, got 16");
    }

    private static List<String> labels(ForwardConfig config) {
        return config.upstreams().stream().map(UpstreamTarget::label).toList();
    }

    private List<String> problems(String directive) throws Exception {
        Problems problems = new Problems(warning -> {});
        ForwardConfigReader.read(directive(directive), context(), problems);
        return problems.list().stream().map(Problem::toString).toList();
    }

    private ForwardConfig read(String directive) throws Exception {
        Problems problems = new Problems(warning -> warnings.add(warning.toString()));
        Optional<ForwardConfig> config = ForwardConfigReader.read(directive(directive), context(), problems);
        assertThat(problems.list()).isEmpty();
        return config.orElseThrow();
    }

    private BlockContext context() {
        return new FakeBlock(new FakeServer(directory), "example.org {\n}\n");
    }

    private static Directive directive(String text) throws Exception {
        CorefileSource source = CorefileSource.of("example.org {\n" + text + "\n}\n");
        return CorefileParser.parse(source, warning -> {})
                .getFirst()
                .directives()
                .getFirst();
    }
}
