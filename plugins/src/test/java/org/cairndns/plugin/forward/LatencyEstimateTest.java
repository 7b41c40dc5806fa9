package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyEstimateTest {
    private static final long MILLI = 1_000_000L;

    private final LatencyEstimate latency = new LatencyEstimate();

    private void add(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            latency.add(nanos, 0);
        }
    }

    @Test
    void p95_fewResponses_isNotKnown() {
        add(19, MILLI);

        assertThat(latency.p95Nanos()).isZero();
    }

    @Test
    void p95_oneInTenIsSlow_isTheSlowOnes() {
        for (int i = 0; i < 50; i++) {
            add(9, 20 * MILLI);
            add(1, 200 * MILLI);
        }

        assertThat(latency.p95Nanos()).isBetween(200 * MILLI, 250 * MILLI);
    }

    @Test
    void p95_oneInFiftyIsSlow_isTheOthers() {
        for (int i = 0; i < 20; i++) {
            add(49, 20 * MILLI);
            add(1, 200 * MILLI);
        }

        assertThat(latency.p95Nanos()).isBetween(20 * MILLI, 25 * MILLI);
    }

    @Test
    void p95_slowAgainAfterManyFastOnes_isLearnedWithinAHundred() {
        add(5_000, MILLI);
        add(100, 80 * MILLI);

        assertThat(latency.p95Nanos()).isBetween(80 * MILLI, 100 * MILLI);
    }

    @Test
    void p95_anyTime_isTaken() {
        add(32, 0);
        assertThat(latency.p95Nanos()).isPositive();

        add(1_000, Long.MAX_VALUE / 4);
        assertThat(latency.p95Nanos()).isGreaterThan(4_000 * MILLI);
    }

    @Test
    void average_noResponseForLong_fades() {
        add(100, 80 * MILLI);
        assertThat(latency.averageNanos(0)).isEqualTo(80 * MILLI);

        assertThat(latency.averageNanos(10_000 * MILLI)).isEqualTo(20 * MILLI);
    }
}
