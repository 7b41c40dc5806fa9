package org.cairndns.perf.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CpuLimitTest {

    @Test
    void hold_aBusyProcess_isThrottled() throws Exception {
        Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try (CpuLimit limit = limit()) {
            limit.hold(busy.pid());
            long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (limit.throttledPeriods() == 0 && System.nanoTime() < endNanos) {
                Thread.onSpinWait();
            }
            assertThat(limit.throttledPeriods()).isPositive();
        } finally {
            busy.destroyForcibly().waitFor();
        }
    }

    private static CpuLimit limit() {
        try {
            return CpuLimit.of(0.05);
        } catch (IOException e) {
            System.out.println("skipped: " + e.getMessage());
            return abort(e.getMessage());
        }
    }
}
