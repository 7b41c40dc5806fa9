package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DurationCountsTest {
    private static final long MILLI = 1_000_000;

    @Test
    void quantile_liesBetweenTheBoundsOfItsBucket() {
        // 90 in the bucket up to 0.25 ms, 10 in the one from 1 ms to 2 ms.
        DurationCounts counts = counts(90, 200_000, 10, 1_500_000);

        assertThat(counts.count()).isEqualTo(100);
        assertThat(counts.meanSeconds()).isCloseTo(0.00033, within(1e-9));
        assertThat(counts.quantileSeconds(0.45)).isCloseTo(0.000125, within(1e-9));
        assertThat(counts.quantileSeconds(0.95)).isCloseTo(0.0015, within(1e-9));
        assertThat(counts.quantileSeconds(1)).isCloseTo(0.002, within(1e-9));
    }

    @Test
    void since_countsOnlyWhatCameBetween() {
        DurationCounts before = counts(90, 200_000, 10, 1_500_000);
        DurationCounts now = counts(90, 200_000, 12, 1_500_000);

        assertThat(now.since(before).count()).isEqualTo(2);
        assertThat(now.since(before).meanSeconds()).isCloseTo(0.0015, within(1e-9));
    }

    @Test
    void empty_hasNoMeanAndNoQuantile() {
        DurationCounts empty = new DurationCounts();

        assertThat(empty.meanSeconds()).isNaN();
        assertThat(empty.quantileSeconds(0.99)).isNaN();
    }

    @Test
    void quantile_aboveTheLastBound_isThatBound() {
        assertThat(counts(1, 60_000 * MILLI, 0, 0).quantileSeconds(0.99)).isCloseTo(8.192, within(1e-9));
    }

    private static DurationCounts counts(int some, long nanos, int others, long otherNanos) {
        long[] slots = new long[DurationBuckets.COUNT + 1];
        slots[DurationBuckets.bucket(nanos)] += some;
        slots[DurationBuckets.bucket(otherNanos)] += others;
        slots[DurationBuckets.COUNT] = some * nanos + others * otherNanos;
        DurationCounts counts = new DurationCounts();
        counts.add(slots, 0);
        return counts;
    }
}
