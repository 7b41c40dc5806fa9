package org.cairndns.plugin.forward;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Arrays;
import org.cairndns.plugin.spi.DurationBuckets;
import org.cairndns.wire.Rcode;

/** One scrape of the metrics of upstreams, under names that begin alike; a series appears with its first event. */
final class UpstreamFamilies {
    private static final double NANOS_PER_SECOND = 1e9;

    private final HistogramSnapshot.Builder durations;
    private final CounterSnapshot.Builder checkFailures;
    private final CounterSnapshot.Builder reused;
    private final CounterSnapshot.Builder opened;

    /**
     * @param prefix {@code coredns_proxy_} or the like
     */
    UpstreamFamilies(String prefix) {
        durations = HistogramSnapshot.builder()
                .name(prefix + "request_duration_seconds")
                .help("Time from query to response of an upstream.");
        checkFailures = counter(prefix + "healthcheck_failures_total", "Failed health checks.");
        reused = counter(prefix + "conn_cache_hits_total", "Queries sent on a connection that was open already.");
        opened = counter(prefix + "conn_cache_misses_total", "Queries for which a connection was opened.");
    }

    static CounterSnapshot.Builder counter(String name, String help) {
        return CounterSnapshot.builder().name(name).help(help);
    }

    /** Adds a series unless nothing was counted. */
    static void add(CounterSnapshot.Builder counter, Labels labels, long count) {
        if (count > 0) {
            counter.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(labels)
                    .value((double) count)
                    .build());
        }
    }

    /** Value of the label {@code rcode} of a histogram's place. */
    static String rcode(int place) {
        // One label for the RCODEs above, which do not occur in DNS today, keeps the series bounded.
        return place == ForwardMetrics.RCODES ? "other" : Rcode.isNamed(place) ? Rcode.text(place) : "" + place;
    }

    /** How many durations a histogram holds. */
    static long responses(long[] sums) {
        return Arrays.stream(sums, 0, DurationBuckets.COUNT).sum();
    }

    void addDurations(Labels labels, long[] sums) {
        if (responses(sums) > 0) {
            long[] buckets = Arrays.copyOf(sums, DurationBuckets.COUNT);
            durations.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(labels)
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(DurationBuckets.bounds(), buckets))
                    .sum(sums[ForwardMetrics.SUM_NANOS] / NANOS_PER_SECOND)
                    .build());
        }
    }

    void addCounters(Labels labels, long[] sums) {
        for (ConnectionKind kind : ConnectionKind.values()) {
            Labels withKind = labels.add("proto", kind.label());
            add(reused, withKind, sums[ForwardMetrics.REUSED + kind.ordinal()]);
            add(opened, withKind, sums[ForwardMetrics.OPENED + kind.ordinal()]);
        }
        add(checkFailures, labels, sums[ForwardMetrics.CHECK_FAILURES]);
    }

    /** These metrics with others. */
    MetricSnapshots with(CounterSnapshot.Builder... others) {
        MetricSnapshots.Builder all = MetricSnapshots.builder()
                .metricSnapshot(durations.build())
                .metricSnapshot(checkFailures.build())
                .metricSnapshot(reused.build())
                .metricSnapshot(opened.build());
        for (CounterSnapshot.Builder other : others) {
            all.metricSnapshot(other.build());
        }
        return all.build();
    }
}
