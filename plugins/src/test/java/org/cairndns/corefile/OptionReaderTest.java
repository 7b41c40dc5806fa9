package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionReaderTest {
    private static final IntegerBounds TTL = new IntegerBounds(0, 3_600, 5);
    private static final DurationBounds EXPIRE =
            new DurationBounds(Duration.ofSeconds(1), Duration.ofMinutes(90), Duration.ofSeconds(10));
    private static final DurationBounds INTERVAL =
            new DurationBounds(Duration.ofSeconds(2), DurationBounds.UNBOUNDED, Duration.ofSeconds(30));

    private final List<Problem> warnings = new ArrayList<>();
    private final Problems problems = new Problems(warnings::add);

    private OptionReader reader(String line) throws CorefileException {
        Directive directive = CorefileParser.parse(CorefileSource.of(". {\n" + line + "\n}\n"), warning -> {})
                .get(0)
                .directives()
                .get(0);
        return new OptionReader(directive, problems);
    }

    private String problems() {
        return problems.list().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @CsvSource({"1s, 1000", "90m, 5400000", "1.5s, 1500", "1h30m, 5400000", "+2s, 2000"})
    void duration_inRange_value(String text, long millis) throws CorefileException {
        assertThat(reader("expire " + text).duration(EXPIRE)).isEqualTo(Duration.ofMillis(millis));
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"999ms", "91m", "5", "0", "-1s", "5 s", "x", "''"})
    void duration_bad_problemAndStandard(String text) throws CorefileException {
        assertThat(reader("expire \"" + text + "\"").duration(EXPIRE)).isEqualTo(Duration.ofSeconds(10));
        assertThat(problems())
                .isEqualTo("Corefile:2:8: bad value for 'expire', expected a duration from 1s to 1h30m, got '" + text
                        + "'");
    }

    @Test
    void duration_withoutUpperBound_saysSo() throws CorefileException {
        assertThat(reader("reload 1000h").duration(0, INTERVAL)).isEqualTo(Duration.ofHours(1000));
        reader("reload 1s").duration(0, INTERVAL);

        assertThat(problems())
                .isEqualTo("Corefile:2:8: bad value for 'reload', expected a duration of at least 2s, got '1s'");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3600, 3600", "+7, 7", "007, 7"})
    void integer_inRange_value(String text, int value) throws CorefileException {
        assertThat(reader("ttl " + text).integer(TTL)).isEqualTo(value);
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1", "3601", "5s", "1_000", "0x10", "99999999999999999999", "1.0", "٣"})
    void integer_bad_problemAndStandard(String text) throws CorefileException {
        assertThat(reader("ttl " + text).integer(TTL)).isEqualTo(5);
        assertThat(problems())
                .isEqualTo("Corefile:2:5: bad value for 'ttl', expected an integer from 0 to 3600, got '" + text + "'");
    }

    @Test
    void unsigned32_bounds_valueOrProblem() throws CorefileException {
        assertThat(reader("max_fails 4294967295").unsigned32(2)).isEqualTo(4_294_967_295L);
        assertThat(reader("max_fails 4294967296").unsigned32(2)).isEqualTo(2);
        assertThat(reader("max_fails +1").unsigned32(2)).isEqualTo(2);
        assertThat(reader("max_fails a b").unsigned32(2)).isEqualTo(2);
        assertThat(problems()).isEqualTo("""
                Corefile:2:11: bad value for 'max_fails', expected an unsigned integer from 0 to 4294967295, got '4294967296'
                Corefile:2:11: bad value for 'max_fails', expected an unsigned integer from 0 to 4294967295, got '+1'
                Corefile:2:13: wrong number of arguments for 'max_fails', expected 1, got 2""");
    }

    @Test
    void percentage_values_needThePercentSign() throws CorefileException {
        IntegerBounds bounds = new IntegerBounds(10, 90, 20);

        assertThat(reader("prefetch 10%").percentage(bounds)).isEqualTo(10);
        assertThat(reader("prefetch 1 1m 30%").percentage(2, bounds)).isEqualTo(30);
        assertThat(reader("prefetch 30").percentage(bounds)).isEqualTo(20);
        assertThat(reader("prefetch 91%").percentage(bounds)).isEqualTo(20);
        assertThat(reader("prefetch 10.5%").percentage(bounds)).isEqualTo(20);
        assertThat(problems()).isEqualTo("""
                Corefile:2:10: bad value for 'prefetch', expected a percentage from 10% to 90%, got '30'
                Corefile:2:10: bad value for 'prefetch', expected a percentage from 10% to 90%, got '91%'
                Corefile:2:10: bad value for 'prefetch', expected a percentage from 10% to 90%, got '10.5%'""");
    }

    @Test
    void word_unknown_problemWithSuggestion() throws CorefileException {
        List<String> policies = List.of("random", "round_robin", "sequential");

        assertThat(reader("policy sequential").word(policies)).isEqualTo("sequential");
        assertThat(reader("policy sequental").word(policies)).isEqualTo("random");
        assertThat(reader("policy Random").word(policies)).isEqualTo("random");
        assertThat(reader("policy").word(0, policies)).isEqualTo("random");
        assertThat(problems()).isEqualTo("""
                Corefile:2:8: bad value for 'policy', expected one of random, round_robin, sequential, got 'sequental', did you mean 'sequential'?
                Corefile:2:8: bad value for 'policy', expected one of random, round_robin, sequential, got 'Random', did you mean 'random'?
                Corefile:2:1: missing value for 'policy', expected one of random, round_robin, sequential, got end of line""");
    }

    @Test
    void ip_values_areLiteralsOnly() throws CorefileException {
        assertThat(reader("to 10.0.0.1").ip(0))
                .get()
                .extracting(ip -> ip.getHostAddress())
                .isEqualTo("10.0.0.1");
        assertThat(reader("to 2001:DB8::1").ip(0))
                .get()
                .extracting(ip -> ip.getHostAddress())
                .isEqualTo("2001:db8:0:0:0:0:0:1");
        assertThat(reader("to localhost").ip(0)).isEmpty();
        assertThat(reader("to 10.1").ip(0)).isEmpty();
        assertThat(problems()).isEqualTo("""
                Corefile:2:4: bad value for 'to', expected an IP address, got 'localhost'
                Corefile:2:4: bad value for 'to', expected an IP address, got '10.1'""");
    }

    @Test
    void cidr_values_hostBitsCleared() throws CorefileException {
        assertThat(reader("net 10.1.2.3/8").cidr(0)).get().hasToString("10.0.0.0/8");
        assertThat(reader("net 10.1.2.3").cidr(0)).isEmpty();
        assertThat(problems())
                .isEqualTo(
                        "Corefile:2:5: bad value for 'net', expected a network such as 10.0.0.0/8 or 2001:db8::/32, got '10.1.2.3'");
    }

    @Test
    void ipAndPort_values_defaultPortWhereNoneIsGiven() throws CorefileException {
        assertThat(reader("to 10.0.0.1").ipAndPort(0, 53)).contains(new HostPort("10.0.0.1", 53));
        assertThat(reader("to [fe80::1%eth0]:54").ipAndPort(0, 53)).contains(new HostPort("fe80::1%eth0", 54));
        assertThat(reader("to dns.example:53").ipAndPort(0, 53)).isEmpty();
        assertThat(problems())
                .isEqualTo(
                        "Corefile:2:4: bad value for 'to', expected an IP address with an optional port, got 'dns.example:53'");
    }

    @Test
    void listenAddress_values_portIsRequired() throws CorefileException {
        HostPort standard = new HostPort("", 8080);

        assertThat(reader("health :8081").listenAddress(0, standard)).isEqualTo(new HostPort("", 8081));
        assertThat(reader("health localhost:8081").listenAddress(0, standard))
                .isEqualTo(new HostPort("localhost", 8081));
        assertThat(reader("health [::1]:0").listenAddress(0, standard)).isEqualTo(new HostPort("::1", 0));
        assertThat(reader("health 10.0.0.1").listenAddress(0, standard)).isEqualTo(standard);
        assertThat(reader("health :99999").listenAddress(0, standard)).isEqualTo(standard);
        assertThat(problems()).isEqualTo("""
                Corefile:2:8: bad value for 'health', expected an address with a port, such as :8080 or [::1]:8080, got '10.0.0.1'
                Corefile:2:8: bad value for 'health', expected an address with a port, such as :8080 or [::1]:8080, got ':99999'""");
    }

    @Test
    void hasArgs_counts_problemAtTheFirstOneTooManyOrTheName() throws CorefileException {
        assertThat(reader("a 1 2").hasArgs(2)).isTrue();
        assertThat(reader("a").hasArgs(0)).isTrue();
        assertThat(reader("a 1 2").hasArgs(0)).isFalse();
        assertThat(reader("b 1 2 3").hasArgs(1, 2)).isFalse();
        assertThat(reader("c").hasArgs(1, Integer.MAX_VALUE)).isFalse();
        assertThat(problems()).isEqualTo("""
                Corefile:2:3: wrong number of arguments for 'a', expected none, got 2
                Corefile:2:7: wrong number of arguments for 'b', expected 1 to 2, got 3
                Corefile:2:1: wrong number of arguments for 'c', expected at least 1, got 0""");
    }

    @Test
    void properties_unknown_reportedAndLeftOut() throws CorefileException {
        OptionReader health = reader("health {\n lamduck 5s\n lameduck 5s\n zzz\n}");

        assertThat(health.properties(List.of("lameduck")))
                .extracting(OptionReader::name)
                .containsExactly("lameduck");
        assertThat(reader("ready {\n x\n}").properties(List.of())).isEmpty();
        assertThat(problems()).isEqualTo("""
                Corefile:3:2: unknown property 'lamduck' of 'health', expected one of lameduck, did you mean 'lameduck'?
                Corefile:5:2: unknown property 'zzz' of 'health', expected one of lameduck
                Corefile:3:2: unknown property 'x' of 'ready', expected none""");
    }

    @Test
    void noBlock_block_problem() throws CorefileException {
        reader("loop").noBlock();
        reader("loop {\n}").noBlock();

        assertThat(problems())
                .isEqualTo("Corefile:2:1: unexpected block, expected 'loop' on a line of its own, got '{'");
    }

    @Test
    void fallthroughZones_arguments_zonesOrRoot() throws CorefileException {
        assertThat(reader("fallthrough").fallthroughZones()).containsExactly(".");
        assertThat(reader("fallthrough in-addr.arpa 10.0.0.0/8").fallthroughZones())
                .containsExactly("in-addr.arpa.", "10.in-addr.arpa.");
        assertThat(reader("fallthrough a..b").fallthroughZones()).isEmpty();
        assertThat(problems()).isEmpty();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void severalBadValues_oneExceptionWithAll() throws CorefileException {
        OptionReader forward = reader("forward {\n max_fails x\n expire 1\n}");
        List<OptionReader> properties = forward.properties(List.of("max_fails", "expire"));
        properties.get(0).unsigned32(2);
        properties.get(1).duration(EXPIRE);
        properties.get(1).fail("two");

        assertThat(forward.position()).hasToString("Corefile:2:1");
        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOfSatisfying(
                        CorefileException.class,
                        exception -> assertThat(exception.problems()).hasSize(3));
    }
}
