package org.cairndns.perf.load;

/**
 * Counts of times by their size, to one part in 128: buckets of one nanosecond at first, then 128 for each power of two.
 *
 * <p>Recording makes no objects. One thread at a time.
 */
final class LatencyHistogram {
    private static final int SUB_BITS = 7;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    /** Times from 2^40 ns on, some 18 minutes, count as the longest that has a bucket; the maximum stays exact. */
    private static final int MAX_BITS = 40;

    private final long[] counts = new long[(MAX_BITS - SUB_BITS + 1) * SUB_BUCKETS];
    private long count;
    private long maxNanos;

    /** Counts a time; a negative one counts as 0. */
    void record(long nanos) {
        long time = Math.max(0, nanos);
        counts[bucket(Math.min(time, (1L << MAX_BITS) - 1))]++;
        count++;
        maxNanos = Math.max(maxNanos, time);
    }

    /** Times counted so far. */
    long count() {
        return count;
    }

    /** The longest of them; 0 if there is none. */
    long maxNanos() {
        return maxNanos;
    }

    /**
     * The time that a part of all times does not exceed, rounded up to the end of its bucket.
     *
     * @param part 0..1, such as 0.999
     * @return 0 if nothing was counted
     */
    long nanosAt(double part) {
        long wanted = Math.max(1, (long) Math.ceil(part * count));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted) {
                return Math.min(lastOf(bucket), maxNanos);
            }
        }
        return maxNanos;
    }

    private static int bucket(long nanos) {
        if (nanos < SUB_BUCKETS) {
            return (int) nanos;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
        return (shift + 1) * SUB_BUCKETS + (int) (nanos >>> shift) - SUB_BUCKETS;
    }

    private static long lastOf(int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket;
        }
        int shift = bucket / SUB_BUCKETS - 1;
        long first = (long) (bucket % SUB_BUCKETS + SUB_BUCKETS) << shift;
        return first + (1L << shift) - 1;
    }
}
