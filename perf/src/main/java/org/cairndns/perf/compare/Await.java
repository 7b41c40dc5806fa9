package org.cairndns.perf.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Polling of a condition in short steps. */
final class Await {
    private static final long STEP_NANOS = 2_000_000;

    private Await() {}

    /** A condition that may fail to be read. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /**
     * Waits until the condition holds.
     *
     * @return how long that took in nanoseconds
     * @throws IOException if the limit is over or the process has ended
     */
    static long until(Duration limit, RunningProcess process, Condition condition)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            process.checkAlive();
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new IOException("not ready after " + limit.toSeconds() + " s");
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return System.nanoTime() - start;
    }
}
