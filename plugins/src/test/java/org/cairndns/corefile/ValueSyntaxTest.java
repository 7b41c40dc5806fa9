package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations, addresses, networks and host-port pairs; the accepted values were compared with Go's own readers. */
final class ValueSyntaxTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "2.5, 2.5", "-1, -1", "+3., 3", ".5, 0.5", "1e3, 1000", "1.5E-1, 0.15"})
    void decimal_digitsPointAndExponent_number(String text, double number) {
        assertThat(GoNumbers.decimal(text)).contains(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "e3", "1e", "1d", "NaN", "Infinity", "0x10", "1_000", "1 ", "--1", "1.2.3"})
    void decimal_anythingElse_empty(String text) {
        assertThat(GoNumbers.decimal(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "+0, 0",
        "1ns, 1",
        "1us, 1000",
        "1µs, 1000",
        "1μs, 1000",
        "1ms, 1000000",
        "1s, 1000000000",
        "1m, 60000000000",
        "1h, 3600000000000",
        "1h30m, 5400000000000",
        "1m1m, 120000000000",
        "-1.5s, -1500000000",
        ".5s, 500000000",
        "1.s, 1000000000",
        "0.3333333333333333333h, 1200000000000",
        "0.333333333333333333h, 1199999999999",
        "0.9999999999999999999m, 59999999999",
        "0.1234567891234ms, 123456",
        "9223372036854775807ns, 9223372036854775807"
    })
    void duration_goSpelling_nanoseconds(String text, long nanos) {
        assertThat(GoNumbers.duration(text)).contains(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                ".s",
                ".",
                "-",
                "1d",
                "1S",
                "1 s",
                "1s ",
                "1s2",
                "--1s",
                "1e3s",
                "0x1s",
                "00",
                "9223372036854775808ns",
                "2562048h",
                "99999999999999999999s"
            })
    void duration_other_empty(String text) {
        assertThat(GoNumbers.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "1500, 1s500ms", "5400000, 1h30m", "-1, -1ms", "90061001, 25h1m1s1ms"})
    void text_duration_withoutZeroParts(long millis, String text) {
        assertThat(GoNumbers.text(Duration.ofMillis(millis))).isEqualTo(text);
        assertThat(GoNumbers.duration(text)).contains(Duration.ofMillis(millis));
    }

    @Test
    void text_smallDuration_microAndNanoseconds() {
        assertThat(GoNumbers.text(Duration.ofNanos(1_002_003))).isEqualTo("1ms2us3ns");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, 0:0:0:0:0:0:0:0",
        "::1, 0:0:0:0:0:0:0:1",
        "FE80::1, fe80:0:0:0:0:0:0:1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "64:ff9b::1.2.3.4, 64:ff9b:0:0:0:0:102:304",
        "::ffff:1.2.3.4, 1.2.3.4"
    })
    void ip_literal_address(String text, String address) {
        assertThat(IpLiterals.parse(text))
                .get()
                .extracting(InetAddress::getHostAddress)
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "256.1.1.1",
                "1.2.3.4 ",
                "1.2.3.",
                "localhost",
                "[::1]",
                "::1%lo",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "::g",
                "::1.2.3.04",
                "1.2.3.4::"
            })
    void ip_other_empty(String text) {
        assertThat(IpLiterals.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0/8",
        "10.1.2.3/0, 0.0.0.0/0",
        "10.1.2.3/32, 10.1.2.3/32",
        "10.1.2.255/31, 10.1.2.254/31",
        "10.1.2.3/08, 10.0.0.0/8",
        "2001:db8:ffff::/33, 2001:db8:8000:0:0:0:0:0/33",
        "::ffff:10.1.2.3/104, 10.0.0.0/8"
    })
    void cidr_network_hostBitsCleared(String text, String network) {
        assertThat(Cidr.parse(text)).get().hasToString(network);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0/8",
                "::/129",
                "::1%lo/64",
                "x/8"
            })
    void cidr_other_empty(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @Test
    void cidr_contains_sameFamilyOnly() {
        Cidr network = Cidr.parse("10.0.0.0/9").orElseThrow();

        assertThat(network.contains(InetAddress.ofLiteral("10.127.255.255"))).isTrue();
        assertThat(network.contains(InetAddress.ofLiteral("10.128.0.0"))).isFalse();
        assertThat(network.contains(InetAddress.ofLiteral("a00::"))).isFalse();
        assertThatThrownBy(() -> new Cidr(InetAddress.ofLiteral("10.0.0.0"), 33))
                .hasMessage("prefixLength: expected 0 to 32, got 33");
    }

    @ParameterizedTest
    @CsvSource({
        ":53, '', 53",
        "10.0.0.1, 10.0.0.1, 7",
        "10.0.0.1:53, 10.0.0.1, 53",
        "10.0.0.1:, 10.0.0.1, 7",
        "::1, ::1, 7",
        "[::1], ::1, 7",
        "[::1]:53, ::1, 53",
        "fe80::1%eth0, fe80::1%eth0, 7",
        "[fe80::1%eth0]:53, fe80::1%eth0, 53",
        "localhost, localhost, 7",
        "localhost:0, localhost, 0"
    })
    void hostPort_text_parts(String text, String host, int port) {
        assertThat(HostPort.parse(text, 7)).contains(new HostPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:b",
                "a:65536",
                "a:-1",
                "a:+1",
                "a:1:2",
                "[::1",
                "[::1]x",
                "[::1]x:53",
                "a]:53",
                "::g",
                "[a[b]:1"
            })
    void hostPort_other_empty(String text) {
        assertThat(HostPort.parse(text, 7)).isEmpty();
    }

    @Test
    void hostPort_toString_bracketsAroundIpv6() {
        assertThat(new HostPort("::1", 53)).hasToString("[::1]:53");
        assertThat(new HostPort("", 53)).hasToString(":53");
        assertThat(new HostPort("fe80::1%eth0", 53).address())
                .get()
                .extracting(InetAddress::getHostAddress)
                .isEqualTo("fe80:0:0:0:0:0:0:1");
        assertThat(new HostPort("localhost", 53).address()).isEmpty();
    }

    @Test
    void bounds_minAboveMax_rejected() {
        assertThatThrownBy(() -> new IntegerBounds(2, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DurationBounds(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CorefileException(java.util.List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
