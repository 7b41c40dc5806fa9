package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.RepeatedLooks;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    @Test
    void look_thatThrows_isRepeatedAllTheSame() throws Exception {
        CountDownLatch exceptions = new CountDownLatch(3);
        CountDownLatch errors = new CountDownLatch(3);
        RepeatedLooks looks = new RepeatedLooks();
        try (Background background = new Background(1)) {
            looks.every(
                    Duration.ofMillis(1),
                    () -> {
                        exceptions.countDown();
                        throw new IllegalStateException("unreadable");
                    },
                    background);
            background.scheduleAtFixedRate(
                    () -> {
                        errors.countDown();
                        throw new AssertionError("broken");
                    },
                    1,
                    1,
                    TimeUnit.MILLISECONDS);

            assertThat(exceptions.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(errors.await(30, TimeUnit.SECONDS)).isTrue();
            looks.stop();
            background.shutdownNow();
        }
    }
}
