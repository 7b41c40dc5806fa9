package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long MILLI = 1_000_000L;

    private final Patience patience = of(2_000 * MILLI);

    private static Patience of(long limitNanos) {
        return new Patience(new ForwardConfig.Patience(limitNanos, limitNanos, 5, true));
    }

    private void answered(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            patience.answered(nanos, 0);
        }
    }

    @Test
    void late_nothingKnown_aTenthOfASecond() {
        assertThat(patience.lateNanos()).isEqualTo(100 * MILLI);
    }

    @Test
    void late_fastUpstream_notBelowOurOwnPauses() {
        answered(100, MILLI);

        assertThat(patience.lateNanos()).isEqualTo(10 * MILLI);
    }

    @Test
    void late_usualUpstream_itsTimeAndAQuarter() {
        answered(100, 40 * MILLI);

        assertThat(patience.lateNanos()).isBetween(50 * MILLI, 63 * MILLI);
    }

    @Test
    void late_slowUpstream_isBounded() {
        answered(100, 1_500 * MILLI);

        assertThat(patience.lateNanos()).isEqualTo(300 * MILLI);
    }

    @Test
    void late_shortReadTimeout_isNotBeyondAFifthOfIt() {
        assertThat(of(30 * MILLI).lateNanos()).isEqualTo(6 * MILLI);
    }
}
