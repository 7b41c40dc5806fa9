package org.cairndns.plugin.forward;

/** Pace of all checks of a directive together, however many upstreams are down; any thread. */
final class ProbePace {
    private static final long MIN_INTERVAL_NANOS = 10_000_000L;

    private final long intervalNanos;
    private long freeNanos;
    private boolean started;

    /**
     * @param intervalNanos time between two checks; at least 10 ms is kept
     */
    ProbePace(long intervalNanos) {
        this.intervalNanos = Math.max(MIN_INTERVAL_NANOS, intervalNanos);
    }

    /** Takes the next free moment and gives the time until then, nanoseconds. */
    synchronized long delayNanos(long nowNanos) {
        if (!started || freeNanos - nowNanos < 0) {
            started = true;
            freeNanos = nowNanos;
        }
        long delay = freeNanos - nowNanos;
        freeNanos += intervalNanos;
        return delay;
    }
}
