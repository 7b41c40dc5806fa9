package org.cairndns.plugin.spi;

/** Buckets of CoreDNS's histograms of durations: bounds of 0.25 ms times 2^k for k from 0 to 15, the last one open. */
public final class DurationBuckets {
    private static final int BOUNDS = 16;
    private static final long FIRST_BOUND_NANOS = 250_000;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Number of buckets, the one without an upper bound among them. */
    public static final int COUNT = BOUNDS + 1;

    private DurationBuckets() {}

    /** Bucket of a duration, 0..{@link #COUNT} - 1. */
    public static int bucket(long nanos) {
        int bucket = 0;
        long bound = FIRST_BOUND_NANOS;
        while (bucket < BOUNDS && nanos > bound) {
            bucket++;
            bound <<= 1;
        }
        return bucket;
    }

    /** Upper bounds in seconds, the last one infinite. */
    public static double[] bounds() {
        double[] bounds = new double[COUNT];
        for (int i = 0; i < BOUNDS; i++) {
            bounds[i] = (FIRST_BOUND_NANOS << i) / NANOS_PER_SECOND;
        }
        bounds[BOUNDS] = Double.POSITIVE_INFINITY;
        return bounds;
    }
}
