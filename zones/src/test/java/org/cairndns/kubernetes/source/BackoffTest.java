package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void next_afterFailures_doublesWithinLimitsAndBeginsAnew() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(5));
        long[] limitsMillis = {100, 200, 400, 800, 1000, 1000, 1000};
        for (long limit : limitsMillis) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(limit / 2), Duration.ofMillis(limit));
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
    }
}
