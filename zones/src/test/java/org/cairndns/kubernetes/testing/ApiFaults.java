package org.cairndns.kubernetes.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** What is wrong with the way to an API at the moment; any thread. */
public final class ApiFaults {
    /** A refusal of some requests, by path and query. */
    record Refusal(Predicate<String> requests, int code, String headers) {}

    private static final long PAUSE_NANOS = 2_000_000;
    private static final Refusal NONE = new Refusal(request -> false, 200, "");

    private final AtomicLong events = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile Refusal refusal = NONE;
    private volatile Predicate<String> drops = type -> false;
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean cut;
    private volatile boolean stalled;

    /** Answers these requests, given by path and query, with a status instead of the API's own answer. */
    public void refuse(int code, Predicate<String> requests) {
        refusal = new Refusal(requests, code, "");
    }

    /** As {@link #refuse}, with the header that asks for a pause. */
    public void refuse(int code, Duration retryAfter, Predicate<String> requests) {
        refusal = new Refusal(requests, code, "Retry-After: " + retryAfter.toSeconds() + "\r\n");
    }

    /** Lets events of watches get lost that the filter takes by their type: ADDED, MODIFIED or DELETED. */
    public void drop(Predicate<String> types) {
        drops = types;
    }

    /** Lets one event of watches in so many get lost. */
    public void dropEvery(int count) {
        drops = type -> events.incrementAndGet() % count == 0;
    }

    /** Makes each answer late. */
    public void delay(Duration time) {
        delay = time;
    }

    /** Lets all connections hang from now on, open as they are; new ones are taken and not answered. */
    public void stall() {
        stalled = true;
    }

    /** All is well again, but for connections that were cut. */
    public void end() {
        refusal = NONE;
        drops = type -> false;
        delay = Duration.ZERO;
        cut = false;
        stalled = false;
    }

    /** Events that got lost. */
    public long dropped() {
        return dropped.get();
    }

    void cut(boolean now) {
        cut = now;
    }

    boolean isCut() {
        return cut;
    }

    Refusal refusal() {
        return refusal;
    }

    /** True if an event gets lost, which is counted. */
    boolean drops(String type) {
        boolean lost = !type.equals("BOOKMARK") && !type.equals("ERROR") && drops.test(type);
        if (lost) {
            dropped.incrementAndGet();
        }
        return lost;
    }

    /** Returns when there is something to say, which may be never. */
    void hold() {
        long endNanos = System.nanoTime() + delay.toNanos();
        while (stalled || System.nanoTime() - endNanos < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
