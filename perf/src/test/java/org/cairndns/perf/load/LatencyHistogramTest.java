package org.cairndns.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    @Test
    void nanosAt_nothingCounted_isZero() {
        LatencyHistogram times = new LatencyHistogram();

        assertThat(times.nanosAt(0.99)).isZero();
        assertThat(times.maxNanos()).isZero();
    }

    @Test
    void nanosAt_smallTimes_isExact() {
        LatencyHistogram times = new LatencyHistogram();
        for (int nanos = 1; nanos <= 100; nanos++) {
            times.record(nanos);
        }

        assertThat(times.nanosAt(0.5)).isEqualTo(50);
        assertThat(times.nanosAt(0.99)).isEqualTo(99);
        assertThat(times.nanosAt(1)).isEqualTo(100);
    }

    @Test
    void nanosAt_anyTimes_isThatOfTheSortedTimesToOnePercent() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        LatencyHistogram times = new LatencyHistogram();
        long[] all = new long[10_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (long) Math.exp(random.nextDouble() * Math.log(1e10));
            times.record(all[i]);
        }
        Arrays.sort(all);

        for (double part : new double[] {0.01, 0.5, 0.99, 0.999, 0.9999}) {
            long exact = all[(int) Math.ceil(part * all.length) - 1];
            assertThat(times.nanosAt(part))
                    .isGreaterThanOrEqualTo(exact)
                    .isCloseTo(exact, Percentage.withPercentage(1));
        }
        assertThat(times.maxNanos()).isEqualTo(all[all.length - 1]);
    }

    @Test
    void record_timesBeyondTheBuckets_keepTheirMaximum() {
        LatencyHistogram times = new LatencyHistogram();
        times.record(Long.MAX_VALUE);
        times.record(-5);

        assertThat(times.count()).isEqualTo(2);
        assertThat(times.maxNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(times.nanosAt(0.5)).isZero();
    }

    @Test
    void percentiles_ofTimes_areInMilliseconds() {
        LatencyHistogram times = new LatencyHistogram();
        times.record(2_000_000);

        Percentiles percentiles = Percentiles.of(times);

        assertThat(percentiles.p50Millis()).isEqualTo(2, within(0.02));
        assertThat(percentiles.maxMillis()).isEqualTo(2);
    }
}
