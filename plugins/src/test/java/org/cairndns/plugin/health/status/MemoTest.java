package org.cairndns.plugin.health.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger made = new AtomicInteger();
    private final Memo memo = new Memo("text/plain", () -> "page " + made.incrementAndGet(), now::get);

    @Test
    void get_withinASecond_isTheSame() {
        assertThat(body()).isEqualTo("page 1");
        now.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(body()).isEqualTo("page 1");
        now.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(body()).isEqualTo("page 2");
    }

    @Test
    void get_manyAtOnce_isMadeOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> bodies = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                bodies.add(threads.submit(this::body));
            }
            for (Future<String> body : bodies) {
                assertThat(body.get()).isEqualTo("page 1");
            }
        }
        assertThat(made).hasValue(1);
    }

    private String body() {
        return new String(memo.get().body(), StandardCharsets.UTF_8);
    }
}
