package org.cairndns.plugin.health.status;

import org.cairndns.plugin.spi.DurationCounts;
import org.cairndns.plugin.spi.Totals;
import org.cairndns.plugin.spi.Totals.Count;

/**
 * How it went between two moments; what did not happen at all has no number for how it went.
 *
 * @param atNanos the later moment
 */
record Reading(
        long atNanos,
        double queriesPerSecond,
        double servfailPerSecond,
        double meanSeconds,
        double p99Seconds,
        double cacheHitPercent) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double P99 = 0.99;
    private static final double HUNDRED = 100;

    /** What was counted between the two. */
    static Reading between(Counted before, Counted now) {
        Totals from = before.totals();
        Totals to = now.totals();
        double seconds = (now.atNanos() - before.atNanos()) / NANOS_PER_SECOND;
        DurationCounts durations = to.durations().since(from.durations());
        return new Reading(
                now.atNanos(),
                grown(from, to, Count.QUERIES) / seconds,
                grown(from, to, Count.SERVFAIL) / seconds,
                durations.meanSeconds(),
                durations.quantileSeconds(P99),
                HUNDRED * grown(from, to, Count.CACHE_HITS) / grown(from, to, Count.CACHE_REQUESTS));
    }

    /** Part of the queries, 0 to 100. */
    double servfailPercent() {
        return HUNDRED * servfailPerSecond / queriesPerSecond;
    }

    private static double grown(Totals from, Totals to, Count count) {
        return Math.max(0, to.of(count) - from.of(count));
    }
}
