package org.cairndns.kubernetes.source;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The pauses between attempts: doubled after each failure up to a limit, half of each random. */
final class Backoff {
    private final long minNanos;
    private final long maxNanos;
    private final RandomGenerator random;
    private long nextNanos;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.minNanos = min.toNanos();
        this.maxNanos = max.toNanos();
        this.random = random;
        this.nextNanos = minNanos;
    }

    /** The pause before the next attempt. */
    Duration next() {
        long nanos = nextNanos;
        nextNanos = Math.min(maxNanos, nanos * 2);
        return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
    }

    /** A pause as after many failures. */
    Duration longest() {
        nextNanos = maxNanos;
        return next();
    }

    /** Begins anew with the shortest pause. */
    void reset() {
        nextNanos = minNanos;
    }
}
