package org.cairndns.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, with a deadline. */
public final class Await {
    /** Far more than anything takes, so that a busy machine does not fail a test. */
    public static final Duration LONG = Duration.ofSeconds(30);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Await() {}

    /**
     * What is waited for.
     *
     * @param <E> how looking may fail, which ends the wait
     */
    @FunctionalInterface
    public interface Condition<E extends Exception> {
        /** True if it holds now. */
        boolean holds() throws E;
    }

    /** Returns as soon as the condition holds; fails with {@code what} after {@link #LONG}. */
    public static <E extends Exception> void until(String what, Condition<E> condition) throws E {
        until(what, LONG, condition);
    }

    /** Returns as soon as the condition holds; fails with {@code what} after the limit. */
    public static <E extends Exception> void until(String what, Duration limit, Condition<E> condition) throws E {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError("after " + limit.toMillis() + " ms still not: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
