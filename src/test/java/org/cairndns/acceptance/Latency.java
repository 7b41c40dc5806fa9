package org.cairndns.acceptance;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Times of something done often, measured again while the machine was busy with something else. */
final class Latency {
    private static final int ROUNDS = 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private Latency() {}

    /** Fails unless in one of twenty rounds the 99th percentile of so many calls is below the limit. */
    static void requireP99Below(String what, long limitNanos, int calls, Callable<?> call) throws Exception {
        long[] nanos = new long[calls];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < calls; i++) {
                long startNanos = System.nanoTime();
                call.call();
                nanos[i] = System.nanoTime() - startNanos;
            }
            Arrays.sort(nanos);
            long p99 = nanos[(calls * 99 + 99) / 100 - 1];
            System.out.printf(
                    "%s: %d calls, p50 %.3f ms, p99 %.3f ms, max %.3f ms%n",
                    what, calls, nanos[calls / 2] / 1e6, p99 / 1e6, nanos[calls - 1] / 1e6);
            if (p99 < limitNanos) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError(what + ": p99 not below " + limitNanos / 1e6 + " ms in " + ROUNDS + " rounds");
    }
}
