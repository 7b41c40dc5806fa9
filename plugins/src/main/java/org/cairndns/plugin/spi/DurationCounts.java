package org.cairndns.plugin.spi;

/** How many durations fell into each of the {@link DurationBuckets}, with their sum. Not thread-safe. */
public final class DurationCounts {
    private static final double NANOS_PER_SECOND = 1e9;

    private final long[] buckets = new long[DurationBuckets.COUNT];
    private long sumNanos;

    /** Adds the counts of buckets that begin at a place of an array, and the sum right behind them. */
    public void add(long[] from, int start) {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] += from[start + i];
        }
        sumNanos += from[start + buckets.length];
    }

    /** Adds all of others. */
    void add(DurationCounts others) {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] += others.buckets[i];
        }
        sumNanos += others.sumNanos;
    }

    /** What was counted since an earlier state of the same counts. */
    public DurationCounts since(DurationCounts before) {
        DurationCounts since = new DurationCounts();
        for (int i = 0; i < buckets.length; i++) {
            since.buckets[i] = Math.max(0, buckets[i] - before.buckets[i]);
        }
        since.sumNanos = Math.max(0, sumNanos - before.sumNanos);
        return since;
    }

    /** How many there are. */
    public long count() {
        long count = 0;
        for (long bucket : buckets) {
            count += bucket;
        }
        return count;
    }

    /** Their mean, seconds; not a number without any. */
    public double meanSeconds() {
        return sumNanos / NANOS_PER_SECOND / count();
    }

    /**
     * What a part of them did not exceed, seconds: even between the bounds of its bucket, as Prometheus has it. Not a number
     * without any; the largest bound where it lies above.
     *
     * @param part 0 to 1
     */
    public double quantileSeconds(double part) {
        double rank = part * count();
        double[] bounds = DurationBuckets.bounds();
        double below = 0;
        for (int i = 0; i < buckets.length - 1; i++) {
            if (buckets[i] > 0 && below + buckets[i] >= rank) {
                double lower = i == 0 ? 0 : bounds[i - 1];
                return lower + (bounds[i] - lower) * (rank - below) / buckets[i];
            }
            below += buckets[i];
        }
        return count() == 0 ? Double.NaN : bounds[buckets.length - 2];
    }
}
