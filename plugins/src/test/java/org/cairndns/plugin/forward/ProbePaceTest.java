package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbePaceTest {
    private static final long HALF = 500_000_000L;

    private final ProbePace pace = new ProbePace(HALF);

    @Test
    void delay_manyAtOnce_oneEachHalfSecond() {
        assertThat(pace.delayNanos(7)).isZero();
        assertThat(pace.delayNanos(7)).isEqualTo(HALF);
        assertThat(pace.delayNanos(7)).isEqualTo(2 * HALF);
    }

    @Test
    void delay_afterAWhile_startsAnew() {
        pace.delayNanos(0);

        assertThat(pace.delayNanos(10 * HALF)).isZero();
        assertThat(pace.delayNanos(10 * HALF + 1)).isEqualTo(HALF - 1);
    }
}
