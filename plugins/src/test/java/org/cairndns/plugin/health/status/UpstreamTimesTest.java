package org.cairndns.plugin.health.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.cairndns.plugin.spi.DurationBuckets;
import org.cairndns.plugin.spi.DurationCounts;
import org.cairndns.plugin.spi.Report;
import org.junit.jupiter.api.Test;

class UpstreamTimesTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final UpstreamTimes times = new UpstreamTimes(0, List.of());

    @Test
    void of_firstMinute_countsFromTheStart() {
        UpstreamTimes.Times first = times.of(upstream("a", 300), MINUTE / 2);

        assertThat(first.responsesPerSecond()).isCloseTo(10, within(1e-9));
        assertThat(first.meanSeconds()).isCloseTo(0.0001, within(1e-9));
        assertThat(first.p95Seconds()).isCloseTo(0.0002375, within(1e-9));
    }

    @Test
    void of_later_countsTheLastOneToTwoMinutes() {
        times.turn(MINUTE, List.of(upstream("a", 6_000)));
        times.turn(2 * MINUTE, List.of(upstream("a", 6_600)));

        assertThat(times.of(upstream("a", 7_200), 3 * MINUTE).responsesPerSecond())
                .isCloseTo(10, within(1e-9));
    }

    @Test
    void of_silentUpstream_hasNoTimes() {
        times.turn(MINUTE, List.of(upstream("a", 50)));
        times.turn(2 * MINUTE, List.of(upstream("a", 50)));

        UpstreamTimes.Times silent = times.of(upstream("a", 50), 3 * MINUTE);
        assertThat(silent.responsesPerSecond()).isZero();
        assertThat(silent.meanSeconds()).isNaN();
    }

    @Test
    void of_upstreamThatCameWithAReload_countsFromTheFirstLook() {
        times.turn(MINUTE, List.of());
        times.turn(2 * MINUTE, List.of());

        assertThat(times.of(upstream("a", 1_000_000), 3 * MINUTE).responsesPerSecond())
                .isZero();
        assertThat(times.of(upstream("a", 1_000_120), 3 * MINUTE).responsesPerSecond())
                .isCloseTo(1, within(1e-9));
    }

    private static Report.Upstream upstream(String address, long responses) {
        long[] slots = new long[DurationBuckets.COUNT + 1];
        slots[0] = responses;
        slots[DurationBuckets.COUNT] = responses * 100_000;
        DurationCounts durations = new DurationCounts();
        durations.add(slots, 0);
        return new Report.Upstream(address, ".", Report.Upstream.State.UP, "", durations, 0);
    }
}
