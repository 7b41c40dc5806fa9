package org.cairndns.plugin.spi;

import java.time.Duration;

/**
 * How long a server that was told to end goes on answering.
 *
 * @param atLeast whether queries come or not
 * @param quiet after that until no query has come for this long; zero ends without looking
 * @param atMost but no longer than this in all
 */
public record Drain(Duration atLeast, Duration quiet, Duration atMost) {
    /** Longer than clients are quiet that ask all the time; a resolver's own time-outs are no reason, as nothing is lost. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** With the goodbyes behind it less than the 30 s after which Kubernetes kills. */
    private static final Duration MOST = Duration.ofSeconds(20);

    /** Less than the 10 s after which {@code docker stop} kills. */
    private static final Duration MOST_UNASKED = Duration.ofSeconds(8);

    /** Where nothing is configured. */
    public static final Drain STANDARD = new Drain(Duration.ZERO, QUIET, MOST_UNASKED);

    /** Ends at once. */
    public static final Drain NONE = new Drain(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public Drain {
        if (atMost.compareTo(atLeast) < 0) {
            throw new IllegalArgumentException("at most " + atMost + " is less than " + atLeast);
        }
    }

    /** At least this long, and with the usual limit where that is the longer one. */
    public Drain withAtLeast(Duration lameduck) {
        return new Drain(lameduck, quiet, longer(lameduck, MOST));
    }

    public Drain withQuiet(Duration wanted) {
        return new Drain(atLeast, wanted, atMost);
    }

    /** No longer than this, or than the least time where that is longer. */
    public Drain withAtMost(Duration limit) {
        return new Drain(atLeast, quiet, longer(atLeast, limit));
    }

    /** What satisfies both. */
    public Drain and(Drain other) {
        return new Drain(longer(atLeast, other.atLeast), longer(quiet, other.quiet), longer(atMost, other.atMost));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
