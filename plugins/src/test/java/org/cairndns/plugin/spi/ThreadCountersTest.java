package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadCountersTest {
    private static final int TIMES = 20_000;

    private final ThreadCounters counters = new ThreadCounters(3);

    @Test
    void sums_moreThreadsThanShards_nothingIsLost() throws Exception {
        int threads = ThreadCounters.MAX_SHARDS + 8;
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread.Builder builder = i % 8 == 0 ? Thread.ofVirtual() : Thread.ofPlatform();
            running.add(builder.start(() -> count(go)));
        }

        go.countDown();
        long seen = 0;
        while (running.stream().anyMatch(Thread::isAlive)) {
            long now = counters.sums(7)[2];
            assertThat(now).isGreaterThanOrEqualTo(seen);
            seen = now;
            Thread.onSpinWait();
        }

        assertThat(counters.sums(7)).containsExactly(0, 0, (long) threads * TIMES);
        assertThat(counters.sums(6)).containsExactly(0, 0, 0);
    }

    private void count(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < TIMES; i++) {
            ThreadCounters.Shard shard = counters.mine();
            shard.add(shard.counters(7), 2, 1);
        }
    }
}
