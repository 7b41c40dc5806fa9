package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Server block keys that are accepted; {@link CorefileProblemsTest} has the others. */
final class ZoneKeyTest {
    private static final Position POSITION = new Position("Corefile", 1, 1);

    private final List<Problem> warnings = new ArrayList<>();

    private List<String> zoneKeys(String key) {
        Problems problems = new Problems(warnings::add);
        List<ZoneKey> zoneKeys = ZoneKeys.parse(List.of(new Token(key, POSITION)), problems);
        assertThat(problems.list()).isEmpty();
        assertThat(zoneKeys).extracting(ZoneKey::position).containsOnly(POSITION);
        return zoneKeys.stream().map(ZoneKey::toString).toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            .,                      dns://.
            .:53,                   dns://.:53
            .:0,                    dns://.:0
            .:+5353,                dns://.:5353
            .:0053,                 dns://.:53
            dns://.,                dns://.
            Example.ORG,            dns://example.org.
            example.org.,           dns://example.org.
            example.org:1053,       dns://example.org.:1053
            tls://example.org,      tls://example.org.
            quic://example.org:853, quic://example.org.:853
            grpc://.,               grpc://.
            https://.:8443,         https://.:8443
            https3://.,             https3://.
            *.example.org,          dns://*.example.org.
            _tcp.example.org,       dns://_tcp.example.org.
            xn--bcher-kva.example,  dns://xn--bcher-kva.example.
            bücher.example,         dns://b\\195\\188cher.example.
            a\\ü.org,               dns://a\\195\\188.org.
            a\\5\\98.org,            dns://a598.org.
            a\\.b.org,              dns://a\\.b.org.
            a\\065.org,             dns://a\\065.org.
            10.0.0.1,               dns://10.0.0.1.
            10.0.0.0/8,             dns://10.in-addr.arpa.
            10.1.2.3/16,            dns://1.10.in-addr.arpa.
            10.0.0.0/24:1053,       dns://0.0.10.in-addr.arpa.:1053
            10.1.2.3/32,            dns://3.2.1.10.in-addr.arpa.
            0.0.0.0/0,              dns://in-addr.arpa.
            tls://10.0.0.0/24,      tls://0.0.10.in-addr.arpa.
            2001:db8::/32,          dns://8.b.d.0.1.0.0.2.ip6.arpa.
            2001:db8::/32:1053,     dns://8.b.d.0.1.0.0.2.ip6.arpa.:1053
            1::/0,                  dns://ip6.arpa.
            10.0.0.0/15,            dns://0.10.in-addr.arpa. dns://1.10.in-addr.arpa.
            10.0.0.0/31:5,          dns://0.0.0.10.in-addr.arpa.:5 dns://1.0.0.10.in-addr.arpa.:5
            2001:db8::/31,          dns://8.b.d.0.1.0.0.2.ip6.arpa. dns://9.b.d.0.1.0.0.2.ip6.arpa.
            0/25.2.0.192.in-addr.arpa, dns://0/25.2.0.192.in-addr.arpa.
            """)
    void parse_key_zones(String key, String expected) {
        assertThat(zoneKeys(key)).containsExactly(expected.split(" "));
        assertThat(warnings).isEmpty();
    }

    @Test
    void parse_prefixOffTheBoundary_allZonesAtTheNextBoundary() {
        assertThat(zoneKeys("10.1.0.0/17"))
                .isEqualTo(IntStream.range(0, 128)
                        .mapToObj(i -> "dns://" + i + ".1.10.in-addr.arpa.")
                        .toList());
        assertThat(zoneKeys("10.1.2.128/17")).first().isEqualTo("dns://0.1.10.in-addr.arpa.");
        assertThat(zoneKeys("2001:db8::/29")).hasSize(8);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            example.org:http, example.org:http.
            example.org{,     example.org{.
            10.0.0.0/33,      10.0.0.0/33.
            a b,              a b.
            """)
    void parse_oddName_acceptedWithWarning(String key, String zone) {
        assertThat(zoneKeys(key)).containsExactly("dns://" + zone);
        assertThat(warnings)
                .singleElement()
                .hasToString("Corefile:1:1: key '" + key + "' is read as the zone name '" + zone
                        + "', expected [scheme://]zone[:port]");
    }

    @Test
    void parse_unknownScheme_acceptedWithWarning() {
        assertThat(zoneKeys("htps://example.org")).containsExactly("dns://htps://example.org.");
        assertThat(warnings)
                .singleElement()
                .hasToString("Corefile:1:1: unknown scheme 'htps' is read as part of the "
                        + "zone name, expected one of dns, tls, quic, grpc, https, https3, did you mean 'https'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS://x", "http://x"})
    void parse_schemeInOtherSpelling_isNoScheme(String key) {
        assertThat(zoneKeys(key).get(0)).startsWith("dns://");
        assertThat(warnings).hasSize(1);
    }

    @Test
    void zoneArguments_severalForms_onlyZonesRemain() throws CorefileException {
        ServerBlock block = CorefileParser.parse(
                        CorefileSource.of(
                                "A.org 10.0.0.0/15:1053 {\n x b.ORG tls://c.org:853 10.0.0.0/15 a..b . d:99999\n y\n z a..b\n}\n"),
                        warnings::add)
                .get(0);
        Problems problems = new Problems(warnings::add);

        assertThat(ZoneNames.parseZoneArguments(block.directives().get(0).args(), block, problems))
                .containsExactly("b.org.", "c.org.", "0.10.in-addr.arpa.", "1.10.in-addr.arpa.", ".", "d.");
        assertThat(ZoneNames.parseZoneArguments(block.directives().get(1).args(), block, problems))
                .containsExactly("a.org.", "0.10.in-addr.arpa.", "1.10.in-addr.arpa.");
        assertThat(ZoneNames.parseZoneArguments(block.directives().get(2).args(), block, problems))
                .isEmpty();
        assertThat(problems.list()).isEmpty();
        assertThat(warnings)
                .extracting(Problem::toString)
                .containsExactly(
                        "Corefile:2:38: zone 'a..b' is left out, expected labels of 1 to 63 octets, got 0",
                        "Corefile:4:4: zone 'a..b' is left out, expected labels of 1 to 63 octets, got 0");
    }

    @Test
    void schemes_defaultPorts_areTheUsualOnes() {
        assertThat(Scheme.values()).extracting(Scheme::defaultPort).containsExactly(53, 853, 853, 443, 443, 443);
    }
}
