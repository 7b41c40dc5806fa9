package org.cairndns.perf.load;

/**
 * The instants at which the queries of a run are due, whatever the server does meanwhile.
 *
 * <p>Asking for the next instant makes no objects. One thread.
 */
final class Schedule {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double[] gapNanos;
    private final double endNanos;
    private double dueNanos;
    private int gap;

    /**
     * A schedule that begins at 0.
     *
     * @param ratePerSecond 1..1,000,000
     */
    Schedule(Arrivals arrivals, int ratePerSecond, int seconds, long seed) {
        double[] gaps = arrivals.gaps(seed);
        this.gapNanos = new double[gaps.length];
        for (int i = 0; i < gaps.length; i++) {
            gapNanos[i] = gaps[i] * NANOS_PER_SECOND / ratePerSecond;
        }
        this.endNanos = seconds * NANOS_PER_SECOND;
    }

    /** True once all instants were taken. */
    boolean isOver() {
        return dueNanos >= endNanos;
    }

    /** The instant of the next query in nanoseconds from the start of the run. */
    long dueNanos() {
        return (long) dueNanos;
    }

    /** Goes on to the query after that. */
    void take() {
        dueNanos += gapNanos[gap];
        gap = gap + 1 == gapNanos.length ? 0 : gap + 1;
    }
}
