package org.cairndns.plugin.forward;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.plugin.spi.DurationBuckets;
import org.cairndns.plugin.spi.DurationCounts;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.ThreadCounters;

/**
 * Counts of all upstreams of the process, the {@code coredns_proxy_*} and {@code coredns_forward_*} metrics.
 *
 * <p>An upstream has one series of counters, and one histogram of durations per RCODE; all have {@link #SLOTS} slots. Any
 * thread.
 */
final class ForwardMetrics {
    /** RCODEs with a histogram of their own; all others share one. */
    static final int RCODES = 24;

    /** Series of an upstream: a histogram per RCODE, one for the others, the counters. */
    static final int SERIES = RCODES + 2;

    static final int COUNTERS = RCODES + 1;

    /** Buckets of a histogram with the sum behind them; counters take less. */
    static final int SLOTS = DurationBuckets.COUNT + 1;

    static final int SUM_NANOS = DurationBuckets.COUNT;

    /** Slots of the counters: one per {@link ConnectionKind} from these on, then single ones. */
    static final int REUSED = 0;

    static final int OPENED = 4;
    static final int CHECK_FAILURES = 8;
    static final int IGNORED = 9;
    static final int LATE = 10;
    static final int HEDGES = 11;
    static final int HEDGE_WINS = 12;
    static final int OTHER_CASE = 13;
    static final int OVER_STREAM = 14;
    static final int HEDGES_WITHHELD = 15;

    private final ThreadCounters counters = new ThreadCounters(SLOTS);
    private final List<String> labels = new ArrayList<>();
    private final CounterDataPoint allDown;
    private final CounterDataPoint rejected;

    private ForwardMetrics(Meters meters) {
        this.allDown = meters.counter(
                "coredns_forward_healthcheck_broken_total",
                "Queries that found every upstream down, so that one was tried in spite of it.");
        this.rejected = meters.counter(
                "coredns_forward_max_concurrent_rejects_total",
                "Queries refused because max_concurrent others were under way.");
    }

    /** The process's counts, registered with its metrics on first use. */
    static ForwardMetrics of(Meters meters) {
        return meters.once("coredns_forward", ForwardMetrics.class, name -> {
            ForwardMetrics metrics = new ForwardMetrics(meters);
            meters.registry().register(new ForwardMetricsCollector(metrics));
            meters.aliases().register(new ForwardAliasesCollector(metrics));
            return metrics;
        });
    }

    void allDown() {
        allDown.inc();
    }

    void rejected() {
        rejected.inc();
    }

    /** Counts of an upstream for the calling thread, which alone may use them. */
    UpstreamCounters countersOf(UpstreamAddress address) {
        return new UpstreamCounters(counters.mine(), SERIES * number(address.label()));
    }

    private synchronized int number(String label) {
        int known = labels.indexOf(label);
        if (known >= 0) {
            return known;
        }
        labels.add(label);
        return labels.size() - 1;
    }

    /** Labels {@code to} of the upstreams so far; the place of each is its number. */
    synchronized List<String> labels() {
        return List.copyOf(labels);
    }

    /** Durations of all responses of an upstream, by its label. */
    DurationCounts durations(String label) {
        int upstream = number(label);
        DurationCounts durations = new DurationCounts();
        for (int rcode = 0; rcode <= RCODES; rcode++) {
            durations.add(sums(upstream, rcode), 0);
        }
        return durations;
    }

    /** Checks of an upstream that failed, by its label. */
    long failedChecks(String label) {
        return sums(number(label), COUNTERS)[CHECK_FAILURES];
    }

    long[] sums(int upstream, int series) {
        return counters.sums(SERIES * upstream + series);
    }
}
