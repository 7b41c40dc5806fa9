package org.cairndns.server;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.cairndns.plugin.spi.Drain;

/**
 * Watch over the queries that still come to a server that leaves, until it may go.
 *
 * <p>Whoever sent a query last may send another one, and only time shows: a server goes when clients have found another
 * one. For one thread.
 */
final class Draining {
    /** Between two looks. */
    static final Duration PACE = Duration.ofMillis(50);

    private static final double NANOS_PER_SECOND = 1e9;
    private static final Duration RATED = Duration.ofSeconds(1);

    private final Drain limits;
    private final LongSupplier arrivals;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private long seen;
    private long lastArrivalNanos;
    private long ratedNanos;
    private long ratedCount;
    private double perSecond;

    /**
     * Begins to watch.
     *
     * @param arrivals queries so far, from any number on
     */
    Draining(Drain limits, LongSupplier arrivals, LongSupplier nanoTime) {
        this.limits = limits;
        this.arrivals = arrivals;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.lastArrivalNanos = startNanos;
        this.ratedNanos = startNanos;
        this.seen = arrivals.getAsLong();
        this.ratedCount = seen;
    }

    /**
     * Blocks until there is a reason to go; the reason.
     *
     * @param hurry ends the wait
     * @param listeners end their connections as they can once the least time is over
     */
    String await(CountDownLatch hurry, Listeners listeners) {
        boolean sentAway = false;
        try {
            Optional<String> reason = look();
            while (reason.isEmpty()) {
                if (hurry.await(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return "another signal came";
                }
                if (listeners.areRelieved()) {
                    return "another process has taken over";
                }
                if (!sentAway && isBeyondLeast()) {
                    sentAway = true;
                    listeners.sendAway();
                }
                reason = look();
            }
            return reason.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** The reason to go, in words for the log; empty while there is none. */
    Optional<String> look() {
        long now = nanoTime.getAsLong();
        note(now);
        long passed = now - startNanos;
        if (passed < limits.atLeast().toNanos()) {
            return Optional.empty();
        }
        if (limits.quiet().isZero()) {
            return Optional.of(seconds(passed) + " are over");
        }
        long quiet = now - lastArrivalNanos;
        if (quiet >= limits.quiet().toNanos()) {
            return Optional.of("no query for " + seconds(quiet));
        }
        if (passed >= limits.atMost().toNanos()) {
            return Optional.of("%s are over, %.0f queries a second still come".formatted(seconds(passed), perSecond));
        }
        return Optional.empty();
    }

    /** True once the least time is over. */
    boolean isBeyondLeast() {
        return nanoTime.getAsLong() - startNanos >= limits.atLeast().toNanos();
    }

    private void note(long now) {
        long count = arrivals.getAsLong();
        if (count != seen) {
            seen = count;
            lastArrivalNanos = now;
        }
        long rated = now - ratedNanos;
        if (rated >= RATED.toNanos()) {
            perSecond = (count - ratedCount) * NANOS_PER_SECOND / rated;
            ratedNanos = now;
            ratedCount = count;
        }
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / NANOS_PER_SECOND);
    }
}
