package org.cairndns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SaveTimesTest {
    private final SaveTimes times = new SaveTimes(0);

    private boolean isDue(long revision, long seconds) {
        return times.isDue(revision, TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void isDue_oneChange_onceItHasSettled() {
        assertThat(isDue(1, 100)).isFalse();
        assertThat(isDue(1, 101)).isFalse();
        assertThat(isDue(1, 102)).isTrue();
    }

    @Test
    void isDue_changesWithoutEnd_waitsFifteenSeconds() {
        for (int i = 0; i < 15; i++) {
            assertThat(isDue(i, 100 + i)).isFalse();
        }
        assertThat(isDue(15, 115)).isTrue();
    }

    @Test
    void isDue_afterAFailure_pausesFifteenSeconds() {
        isDue(1, 100);
        assertThat(isDue(1, 102)).isTrue();
        times.attempted(TimeUnit.SECONDS.toNanos(102));

        assertThat(isDue(1, 116)).isFalse();
        assertThat(isDue(1, 117)).isTrue();
    }

    @Test
    void isDue_changeAfterASave_startsAnew() {
        isDue(1, 100);
        times.attempted(TimeUnit.SECONDS.toNanos(102));
        times.nothingUnsaved();

        assertThat(isDue(2, 103)).isFalse();
        assertThat(isDue(2, 105)).isTrue();
    }
}
