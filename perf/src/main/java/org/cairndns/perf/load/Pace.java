package org.cairndns.perf.load;

/**
 * How fast and how long to ask.
 *
 * @param ratePerSecond 1..1,000,000
 * @param seconds 1..86,400
 * @param seed of arrivals by chance
 */
public record Pace(Arrivals arrivals, int ratePerSecond, int seconds, long seed) {
    public Pace {
        if (ratePerSecond < 1 || ratePerSecond > 1_000_000) {
            throw new IllegalArgumentException("queries per second must be 1..1000000, not " + ratePerSecond);
        }
        if (seconds < 1 || seconds > 86_400) {
            throw new IllegalArgumentException("seconds must be 1..86400, not " + seconds);
        }
    }

    /** The instants anew from the start. */
    Schedule schedule() {
        return new Schedule(arrivals, ratePerSecond, seconds, seed);
    }

    public Pace lasting(int otherSeconds) {
        return new Pace(arrivals, ratePerSecond, otherSeconds, seed);
    }
}
