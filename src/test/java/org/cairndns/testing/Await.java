package org.cairndns.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, with a deadline. */
public final class Await {
    /** Far more than anything takes, so that a busy machine does not fail a test. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /** Returns as soon as the condition holds; fails with {@code what} after 30 seconds. */
    public static void until(String what, Callable<Boolean> condition) throws Exception {
        until(what, LIMIT, condition);
    }

    /** Returns as soon as the condition holds; fails with {@code what} after {@code limit}. */
    public static void until(String what, Duration limit, Callable<Boolean> condition) throws Exception {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError("after " + limit.toSeconds() + " s still not: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
