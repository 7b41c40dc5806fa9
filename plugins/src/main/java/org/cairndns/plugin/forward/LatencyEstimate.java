package org.cairndns.plugin.forward;

/**
 * What one upstream's responses usually take, learned from the last some hundred of them.
 *
 * <p>A histogram with four buckets per doubling, halved now and then so that old times fade. For one event loop.
 */
final class LatencyEstimate {
    private static final int SUB_BITS = 2;
    private static final int FIRST_OCTAVE = 16;
    private static final int BUCKETS = 64;

    /** Responses before anything is said to be learned, between two looks, and after which old ones fade. */
    private static final int MIN_SAMPLES = 20;

    private static final int REFRESH_SAMPLES = 32;
    private static final int FADE_SAMPLES = 1024;

    /** The average of an upstream that is not asked halves in this time, so that it is asked again some day. */
    private static final long FORGET_NANOS = 5_000_000_000L;

    private static final int MAX_HALVINGS = 20;

    private final int[] counts = new int[BUCKETS];
    private int samples;
    private int sinceRefresh = REFRESH_SAMPLES - MIN_SAMPLES;
    private long p95Nanos;
    private long averageNanos;
    private long lastNanos;

    /** Adds a response time; true if {@link #p95Nanos} may have changed. */
    boolean add(long nanos, long nowNanos) {
        average(nanos, nowNanos);
        counts[bucket(nanos)]++;
        samples++;
        if (++sinceRefresh < REFRESH_SAMPLES) {
            return false;
        }
        sinceRefresh = 0;
        p95Nanos = quantile();
        if (samples >= FADE_SAMPLES) {
            fade();
        }
        return true;
    }

    /** Notes for the average alone that a response is later than so many nanoseconds. */
    void addLate(long nanos, long nowNanos) {
        average(2 * nanos, nowNanos);
    }

    private void average(long nanos, long nowNanos) {
        long before = averageNanos(nowNanos);
        averageNanos = before == 0 ? nanos : before + (nanos - before) / 8;
        lastNanos = nowNanos;
    }

    /** Time that 95 of 100 responses do not exceed; 0 while too few came. */
    long p95Nanos() {
        return p95Nanos;
    }

    /** Moving average, fading while no response comes; 0 if none ever came. */
    long averageNanos(long nowNanos) {
        return averageNanos >> Math.min(MAX_HALVINGS, (nowNanos - lastNanos) / FORGET_NANOS);
    }

    private static int bucket(long nanos) {
        int octave = 63 - Long.numberOfLeadingZeros(nanos | 1L << FIRST_OCTAVE);
        int sub = (int) (nanos >>> octave - SUB_BITS) & (1 << SUB_BITS) - 1;
        return Math.min(BUCKETS - 1, (octave - FIRST_OCTAVE << SUB_BITS) + sub);
    }

    /** Largest time of a bucket, nanoseconds. */
    private static long bound(int bucket) {
        int octave = FIRST_OCTAVE + (bucket >> SUB_BITS);
        int sub = bucket & (1 << SUB_BITS) - 1;
        return (1L << SUB_BITS) + sub + 1 << octave - SUB_BITS;
    }

    private long quantile() {
        int above = samples / 20;
        int bucket = BUCKETS - 1;
        for (int seen = counts[bucket]; bucket > 0 && seen <= above; seen += counts[bucket]) {
            bucket--;
        }
        return bound(bucket);
    }

    private void fade() {
        samples = 0;
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] >>= 1;
            samples += counts[i];
        }
    }
}
