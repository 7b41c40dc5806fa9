package org.cairndns.plugin.forward;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Order in which a query tries the upstreams; any thread. */
enum Policy {
    /** A new random order for every query. */
    RANDOM,
    /** The first one changes with every query, the others follow in the order of the Corefile. */
    ROUND_ROBIN,
    /** The order of the Corefile. */
    SEQUENTIAL,
    /** The faster one of two that a random order gives, then this order. */
    LATENCY;

    /** The upstream to start with, out of {@code count}. */
    int first(int count, AtomicInteger turn, RandomGenerator random) {
        return switch (this) {
            case RANDOM, LATENCY -> count == 1 ? 0 : random.nextInt(count);
            case ROUND_ROBIN -> Integer.remainderUnsigned(turn.incrementAndGet(), count);
            case SEQUENTIAL -> 0;
        };
    }

    /**
     * The upstream at a later place.
     *
     * @param place 1 to {@code count} - 1
     * @param first what {@link #first} gave
     * @param tried bit per upstream that was at an earlier place
     */
    int next(int place, int first, long tried, int count, RandomGenerator random) {
        return switch (this) {
            case RANDOM, LATENCY -> untried(tried, random.nextInt(count - place));
            case ROUND_ROBIN -> place <= first ? place - 1 : place;
            case SEQUENTIAL -> place;
        };
    }

    private static int untried(long tried, int skip) {
        long left = ~tried;
        for (int i = 0; i < skip; i++) {
            left &= left - 1;
        }
        return Long.numberOfTrailingZeros(left);
    }
}
