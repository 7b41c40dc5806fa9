package org.cairndns.plugin.health.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.cairndns.plugin.spi.DurationBuckets;
import org.cairndns.plugin.spi.Totals;
import org.cairndns.plugin.spi.Totals.Count;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void reading_isWhatCameBetween() {
        History history = new History(counted(0, 100, 10, 40, 20));

        history.add(counted(5, 350, 60, 140, 95));

        Reading reading = history.readings().getFirst();
        assertThat(reading.queriesPerSecond()).isEqualTo(50);
        assertThat(reading.servfailPerSecond()).isEqualTo(10);
        assertThat(reading.servfailPercent()).isEqualTo(20);
        assertThat(reading.cacheHitPercent()).isEqualTo(75);
        assertThat(reading.meanSeconds()).isCloseTo(0.0001, within(1e-9));
        assertThat(reading.p99Seconds()).isCloseTo(0.0002475, within(1e-9));
    }

    @Test
    void reading_ofNothing_hasNoTimesAndNoParts() {
        History history = new History(counted(0, 100, 10, 40, 20));

        history.add(counted(5, 100, 10, 40, 20));

        Reading reading = history.readings().getFirst();
        assertThat(reading.queriesPerSecond()).isZero();
        assertThat(reading.servfailPercent()).isNaN();
        assertThat(reading.cacheHitPercent()).isNaN();
        assertThat(reading.meanSeconds()).isNaN();
        assertThat(reading.p99Seconds()).isNaN();
    }

    @Test
    void readings_aDay_are180AtMost() {
        History history = new History(counted(0, 0, 0, 0, 0));
        for (int i = 1; i <= 17_280; i++) {
            history.add(counted(5 * i, i, 0, 0, 0));
        }

        assertThat(history.readings()).hasSize(180);
        assertThat(history.readings().getLast().atNanos()
                        - history.readings().getFirst().atNanos())
                .isEqualTo(Duration.ofSeconds(895).toNanos());
    }

    @Test
    void lastMinute_reachesBackAMinuteAndUpToNow() {
        History history = new History(counted(0, 0, 0, 0, 0));
        for (int i = 1; i <= 100; i++) {
            history.add(counted(5 * i, 100 * i, 0, 0, 0));
        }

        Reading minute = history.lastMinute(counted(502, 10_200, 0, 0, 0));

        // From the reading at 440 s with 8,800 queries.
        assertThat(minute.queriesPerSecond()).isCloseTo(1_400 / 62.0, within(1e-9));
    }

    private static Counted counted(int seconds, int queries, int failed, int asked, int hits) {
        Totals totals = new Totals();
        totals.add(Count.QUERIES, queries);
        totals.add(Count.SERVFAIL, failed);
        totals.add(Count.CACHE_REQUESTS, asked);
        totals.add(Count.CACHE_HITS, hits);
        long[] slots = new long[DurationBuckets.COUNT + 1];
        slots[0] = queries;
        slots[DurationBuckets.COUNT] = queries * 100_000L;
        totals.durations().add(slots, 0);
        return new Counted(seconds * SECOND, totals);
    }
}
