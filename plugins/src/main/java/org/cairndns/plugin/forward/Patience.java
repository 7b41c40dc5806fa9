package org.cairndns.plugin.forward;

/**
 * How long one event loop waits for an upstream before it does something, by what it learned of the upstream: another one is
 * asked too, then another one is asked in its place, at last nobody waits any longer.
 *
 * <p>For that loop.
 */
final class Patience {
    /** Below this the pauses of our own process look like an upstream's. */
    private static final long MIN_LATE_NANOS = 10_000_000L;

    private static final long MAX_LATE_NANOS = 300_000_000L;

    /** While nothing is known. */
    private static final long UNKNOWN_LATE_NANOS = 100_000_000L;

    /** What opening a connection may add: three ways there and back for TLS, and its arithmetic. */
    private static final long OPENING_NANOS = 150_000_000L;

    /** Of the time that an exchange may take: so that there is time for a second one after it. */
    private static final int MIN_OVERDUE_PERCENT = 20;

    private static final int MAX_OVERDUE_PERCENT = 45;

    private final LatencyEstimate latency = new LatencyEstimate();
    private final long limitNanos;
    private final long minOverdueNanos;
    private final long maxOverdueNanos;
    private final DeadlineQueue over;
    private final DeadlineQueue overdue;
    private final DeadlineQueue late;
    private final DeadlineQueue lateOpening;

    Patience(ForwardConfig.Patience config) {
        this.limitNanos = config.readTimeoutNanos();
        // Who is there for when the first fails may not know what the first one knows.
        this.maxOverdueNanos = limitNanos / 100 * MAX_OVERDUE_PERCENT;
        this.minOverdueNanos = config.equal() ? limitNanos / 100 * MIN_OVERDUE_PERCENT : maxOverdueNanos;
        this.over = new DeadlineQueue(0);
        this.overdue = new DeadlineQueue(0, over);
        this.late = new DeadlineQueue(0, overdue);
        this.lateOpening = new DeadlineQueue(0, overdue);
        adapt();
    }

    /** Where an exchange waits at first. */
    DeadlineQueue first(boolean connected) {
        return connected ? late : lateOpening;
    }

    /** A response came on an open connection after so many nanoseconds. */
    void answered(long nanos, long nowNanos) {
        if (latency.add(nanos, nowNanos)) {
            adapt();
        }
    }

    /** An exchange is late by so many nanoseconds. */
    void late(long nanos, long nowNanos) {
        latency.addLate(nanos, nowNanos);
    }

    /** Moving average of the response times, 0 if none is known. */
    long averageNanos(long nowNanos) {
        return latency.averageNanos(nowNanos);
    }

    /** After this an exchange is late. */
    long lateNanos() {
        long p95 = latency.p95Nanos();
        long usual = p95 == 0 ? UNKNOWN_LATE_NANOS : Math.clamp(p95 + p95 / 4, MIN_LATE_NANOS, MAX_LATE_NANOS);
        return Math.min(overdueNanos(), usual);
    }

    private long overdueNanos() {
        return Math.clamp(4 * latency.p95Nanos(), minOverdueNanos, maxOverdueNanos);
    }

    private void adapt() {
        long lateNanos = lateNanos();
        long overdueNanos = overdueNanos();
        late.timeoutNanos(lateNanos);
        lateOpening.timeoutNanos(Math.min(overdueNanos, lateNanos + OPENING_NANOS));
        overdue.timeoutNanos(overdueNanos - lateNanos);
        over.timeoutNanos(limitNanos - overdueNanos);
    }

    /** Tells exchanges whose time is over. */
    void expire(long nowNanos) {
        late.expire(nowNanos);
        lateOpening.expire(nowNanos);
        overdue.expire(nowNanos);
        over.expire(nowNanos);
    }

    /** Has the loop look again when the next exchange's time is over. */
    void wake(LoopForwarder loop) {
        loop.wakeFor(late);
        loop.wakeFor(lateOpening);
        loop.wakeFor(overdue);
        loop.wakeFor(over);
    }

    boolean isEmpty() {
        return late.first() == null && lateOpening.first() == null && overdue.first() == null && over.first() == null;
    }
}
