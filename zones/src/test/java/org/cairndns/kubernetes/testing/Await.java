package org.cairndns.kubernetes.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, with a deadline. */
public final class Await {
    /** Far more than anything takes, so that a busy machine does not fail a test. */
    public static final Duration LONG = Duration.ofSeconds(30);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Await() {}

    /** Returns as soon as the condition holds; fails with {@code what} after {@link #LONG}. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, LONG, condition);
    }

    /** Returns as soon as the condition holds; fails with {@code what} after the limit. */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError("after " + limit.toMillis() + " ms still not: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
