package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.cairndns.plugin.spi.Drain;
import org.junit.jupiter.api.Test;

/** When a server that was told to end may go, by a clock of the test's. */
class DrainingTest {
    private static final Drain LIMITS = new Drain(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(20));

    private long nowNanos = 1;
    private long arrivals = 100;

    @Test
    void look_nobodyAsks_endsWithTheLeastTime() {
        Draining draining = draining(LIMITS);

        pass(draining, 4_950);
        assertThat(draining.look()).isEmpty();
        assertThat(draining.isBeyondLeast()).isFalse();
        nowNanos += 50_000_000;
        assertThat(draining.look()).contains("no query for 5.0 s");
        assertThat(draining.isBeyondLeast()).isTrue();
    }

    @Test
    void look_queriesComeForAWhile_endsOnceThereWasNoneForTheQuietTime() {
        Draining draining = draining(LIMITS);
        for (int i = 0; i < 7; i++) {
            arrivals += 10;
            pass(draining, 1_000);
        }

        pass(draining, 950);
        assertThat(draining.look()).isEmpty();
        nowNanos += 50_000_000;
        assertThat(draining.look()).contains("no query for 2.0 s");
    }

    @Test
    void look_queriesComeOnAndOn_endsAtTheLimitAndSaysHowMany() {
        Draining draining = draining(LIMITS);
        int seconds = 0;
        while (draining.look().isEmpty()) {
            for (int i = 0; i < 10; i++) {
                arrivals += 3;
                pass(draining, 100);
            }
            seconds++;
        }

        assertThat(seconds).isEqualTo(20);
        assertThat(draining.look()).contains("20.0 s are over, 30 queries a second still come");
    }

    @Test
    void look_noQuietTime_endsWithTheLeastTimeWhateverComes() {
        Draining draining = draining(LIMITS.withQuiet(Duration.ZERO));
        arrivals++;

        pass(draining, 5_000);
        assertThat(draining.look()).contains("5.0 s are over");
    }

    private Draining draining(Drain limits) {
        return new Draining(limits, () -> arrivals, () -> nowNanos);
    }

    private void pass(Draining draining, long millis) {
        for (long passed = 0; passed < millis; passed += 50) {
            draining.look();
            nowNanos += 50_000_000;
        }
    }
}
