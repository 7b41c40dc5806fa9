package org.cairndns.plugin.health.status;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cairndns.plugin.spi.DurationCounts;
import org.cairndns.plugin.spi.Report;

/** What upstreams took lately: their counts of one to two minutes ago, to be compared with those of now. Any thread. */
final class UpstreamTimes {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double P95 = 0.95;

    private Counts older;
    private Counts newer;

    /** Turns so far; until the second one {@link #older} is of the start. */
    private int turns;

    private record Counts(long atNanos, Map<String, DurationCounts> byAddress) {
        static Counts of(long atNanos, List<Report> reports) {
            Map<String, DurationCounts> counts = new HashMap<>();
            for (Report report : reports) {
                if (report instanceof Report.Upstream upstream) {
                    counts.put(upstream.address(), upstream.durations());
                }
            }
            return new Counts(atNanos, counts);
        }
    }

    /** How an upstream answered; a time is not a number where nothing was answered. */
    record Times(double responsesPerSecond, double meanSeconds, double p95Seconds) {}

    UpstreamTimes(long nowNanos, List<Report> reports) {
        this.older = Counts.of(nowNanos, reports);
        this.newer = older;
    }

    /** To be called once a minute. */
    synchronized void turn(long nowNanos, List<Report> reports) {
        turns++;
        older = newer;
        newer = Counts.of(nowNanos, reports);
    }

    /** Since one to two minutes ago. */
    synchronized Times of(Report.Upstream upstream, long nowNanos) {
        DurationCounts since = upstream.durations().since(before(upstream));
        double seconds = (nowNanos - older.atNanos) / NANOS_PER_SECOND;
        return new Times(since.count() / seconds, since.meanSeconds(), since.quantileSeconds(P95));
    }

    private DurationCounts before(Report.Upstream upstream) {
        if (turns < 2) {
            return older.byAddress.getOrDefault(upstream.address(), new DurationCounts());
        }
        // One that came with a reload may have counts from long ago: what matters begins with the first look at it.
        return older.byAddress.computeIfAbsent(
                upstream.address(),
                address -> newer.byAddress.computeIfAbsent(address, unseen -> upstream.durations()));
    }
}
