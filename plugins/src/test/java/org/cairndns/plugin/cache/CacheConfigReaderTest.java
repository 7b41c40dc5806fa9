package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.corefile.CorefileParser;
import org.cairndns.corefile.CorefileSource;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.wire.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheConfigReaderTest {
    private final List<String> warnings = new ArrayList<>();

    @Test
    void read_nothingGiven_coreDnsDefaults() throws Exception {
        CacheConfig config = read("cache");

        CacheConfig.Limits success = new CacheConfig.Limits(10_000, 3600, 5, List.of());
        CacheConfig.Limits denial = new CacheConfig.Limits(10_000, 1800, 5, List.of());
        CacheConfig.Prefetch prefetch =
                new CacheConfig.Prefetch(0, Duration.ofMinutes(1).toNanos(), 10);
        assertThat(config)
                .isEqualTo(new CacheConfig(
                        List.of("example.org."),
                        success,
                        denial,
                        5,
                        prefetch,
                        CacheConfig.ServeStale.OFF,
                        86_400,
                        0,
                        false));
    }

    @Test
    void read_everyOption_isTaken() throws Exception {
        CacheConfig config = read("""
                cache 30 Example.com 10.0.0.0/8 {
                  success 2000 300 10
                  denial 3000 60 0
                  max_bytes 16MB
                  prefetch 3 2m 20%
                  serve_stale 2h verify 250ms 10s 30s
                  serve_stale_policy PREFER_positive
                  stale_if_error 1h
                  servfail 1m
                  disable success a.org b.org
                  disable denial
                  keepttl
                }""");

        assertThat(config)
                .isEqualTo(new CacheConfig(
                        List.of("example.com.", "10.in-addr.arpa."),
                        new CacheConfig.Limits(2000, 300, 10, List.of(DomainName.of("a.org"), DomainName.of("b.org"))),
                        new CacheConfig.Limits(3000, 60, 0, List.of(DomainName.ROOT)),
                        60,
                        new CacheConfig.Prefetch(3, Duration.ofMinutes(2).toNanos(), 20),
                        new CacheConfig.ServeStale(
                                7200,
                                true,
                                Duration.ofMillis(250).toNanos(),
                                10,
                                Duration.ofSeconds(30).toNanos(),
                                true),
                        3_600,
                        16 << 20,
                        true));
    }

    @Test
    void read_ttlAlone_setsBothCapsAndKeepsZones() throws Exception {
        CacheConfig config = read("cache 30");

        assertThat(config.success().maxTtlSeconds()).isEqualTo(30);
        assertThat(config.denial().maxTtlSeconds()).isEqualTo(30);
        assertThat(config.zones()).containsExactly("example.org.");
    }

    @Test
    void read_capacityBelowCoreDnsLeast_isRaised() throws Exception {
        assertThat(read("cache {\n success 10\n denial -5\n}").success().capacity())
                .isEqualTo(1024);
    }

    @Test
    void read_serveStaleImmediate_takesTtlThenRecheck() throws Exception {
        CacheConfig.ServeStale stale =
                read("cache {\n serve_stale 30m Immediate 15s 1m\n}").stale();

        assertThat(stale)
                .isEqualTo(new CacheConfig.ServeStale(
                        1800, false, 0, 15, Duration.ofMinutes(1).toNanos(), false));
    }

    @Test
    void read_serveStaleAgain_startsOver() throws Exception {
        CacheConfig.ServeStale stale = read("cache {\n serve_stale 30m verify 1s 5s 5s\n serve_stale\n}")
                .stale();

        assertThat(stale).isEqualTo(new CacheConfig.ServeStale(3600, false, 0, 0, 0, false));
    }

    @Test
    void read_staleIfErrorOff_isOff() throws Exception {
        assertThat(read("cache {\n stale_if_error off\n}").staleIfErrorSeconds())
                .isZero();
    }

    @Test
    void read_fourthCapacityArgument_isAWarning() throws Exception {
        read("cache {\n success 2000 30 5 7\n}");

        assertThat(warnings)
                .containsExactly("Corefile:3:20: 'success' reads capacity, TTL and minimum TTL, "
                        + "the rest of the line is ignored");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    cache 0                        | 2:7  | expected an integer from 1 to
                    cache -1                       | 2:7  | expected an integer from 1 to
                    cache { ;success;}             | 3:1  | wrong number of arguments for 'success'
                    cache { ;success many;}        | 3:9  | 'success', expected an integer
                    cache { ;success 9 0;}         | 3:11 | expected an integer from 1 to
                    cache { ;denial 9 1 -1;}       | 3:12 | expected an integer from 0 to
                    cache { ;max_bytes;}           | 3:1  | wrong number of arguments for 'max_bytes'
                    cache { ;max_bytes 1000;}      | 3:11 | expected a size of at least 1048576 octets
                    cache { ;max_bytes lots;}      | 3:11 | such as 16MB or 16777216, got 'lots'
                    cache { ;prefetch;}            | 3:1  | wrong number of arguments for 'prefetch'
                    cache { ;prefetch -1;}         | 3:10 | expected an integer from 0 to
                    cache { ;prefetch 1 5;}        | 3:12 | 'prefetch', expected a duration
                    cache { ;prefetch 1 5s 10;}    | 3:15 | expected a percentage from 10% to 90%
                    cache { ;prefetch 1 5s 9%;}    | 3:15 | expected a percentage from 10% to 90%
                    cache { ;prefetch 1 5s 9% 1;}  | 3:18 | wrong number of arguments for 'prefetch'
                    cache { ;serve_stale -1s;}     | 3:13 | 'serve_stale', expected a duration of at least 0s
                    cache { ;serve_stale 1h soon;} | 3:16 | expected immediate or verify, got 'soon'
                    cache { ;serve_stale 1h verify -1s;}            | 3:23 | expected a duration
                    cache { ;serve_stale 1h immediate 1500ms;}      | 3:26 | expected a TTL of whole seconds
                    cache { ;serve_stale 1h immediate 0 6m;}        | 3:28 | expected a duration from 0s to 5m
                    cache { ;serve_stale 1h immediate 0 1m 1;}      | 3:31 | wrong number of arguments
                    cache { ;serve_stale 1h verify 0 0 0 0;}        | 3:29 | wrong number of arguments
                    cache { ;serve_stale_policy prefer_positive;}   | 2:1  | needs 'serve_stale'
                    cache { ;serve_stale;serve_stale_policy any;}   | 4:20 | expected prefer_positive, got 'any'
                    cache { ;serve_stale;serve_stale_policy;}       | 4:1  | wrong number of arguments
                    cache { ;stale_if_error;}      | 3:1  | wrong number of arguments for 'stale_if_error'
                    cache { ;stale_if_error 0;}    | 3:16 | expected a duration from 1s to 168h
                    cache { ;stale_if_error 8760h;} | 3:16 | expected a duration from 1s to 168h
                    cache { ;servfail;}            | 3:1  | wrong number of arguments for 'servfail'
                    cache { ;servfail 6m;}         | 3:10 | expected a duration from 0s to 5m
                    cache { ;disable;}             | 3:1  | wrong number of arguments for 'disable'
                    cache { ;disable all;}         | 3:9  | expected one of success, denial, got 'all'
                    cache { ;keepttl yes;}         | 3:9  | wrong number of arguments for 'keepttl'
                    cache { ;prefecth 1;}          | 3:1  | unknown property 'prefecth' of 'cache'
                    cache;cache                    | 3:1  | once per server block
                    """)
    void read_badValue_isReportedAtItsPlace(String corefile, String position, String message) throws Exception {
        Problems problems = new Problems(warning -> {});
        read(corefile.replace(';', '\n'), problems);

        assertThat(problems.list())
                .extracting(Problem::toString)
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("Corefile:" + position + ": ")
                        .contains(message));
    }

    private CacheConfig read(String directive) throws Exception {
        Problems problems = new Problems(warning -> warnings.add(warning.toString()));
        CacheConfig config = read(directive, problems);
        assertThat(problems.list()).isEmpty();
        return config;
    }

    private static CacheConfig read(String directive, Problems problems) throws Exception {
        CorefileSource source = CorefileSource.of("example.org {\n" + directive + "\n}\n");
        ServerBlock block = CorefileParser.parse(source, warning -> {}).getFirst();
        List<Directive> occurrences = block.directives();
        return CacheConfigReader.read(occurrences, block, problems);
    }
}
