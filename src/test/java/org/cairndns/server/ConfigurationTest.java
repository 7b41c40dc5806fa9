package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private final Configuration configuration = new Configuration("");

    @Test
    void awaitHolds_manyThatNeverCome_takesAsLongAsTheLongest() {
        for (int i = 1; i <= 20; i++) {
            configuration.holds.add(new Configuration.Hold(new CompletableFuture<>(), Duration.ofMillis(20L * i)));
        }
        long startNanos = System.nanoTime();

        configuration.awaitHolds();

        // One after the other they would take 4.2 seconds.
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                .isBetween(Duration.ofMillis(400), Duration.ofSeconds(3));
    }

    @Test
    void awaitHolds_oneThatComes_isNotWaitedForAnyLonger() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        configuration.holds.add(new Configuration.Hold(done, Duration.ofMinutes(1)));
        done.completeOnTimeout(true, 10, TimeUnit.MILLISECONDS);
        long startNanos = System.nanoTime();

        configuration.awaitHolds();

        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(30));
    }
}
