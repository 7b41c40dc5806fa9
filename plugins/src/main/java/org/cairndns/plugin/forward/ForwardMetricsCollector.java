package org.cairndns.plugin.forward;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Arrays;
import java.util.List;
import org.cairndns.plugin.spi.DurationBuckets;
import org.cairndns.wire.Rcode;

/** Counts of upstreams in the form of CoreDNS's metrics; a series appears with its first event. */
final class ForwardMetricsCollector implements MultiCollector {
    private static final String DURATION = "coredns_proxy_request_duration_seconds";
    private static final String CHECK_FAILURES = "coredns_proxy_healthcheck_failures_total";
    private static final String REUSED = "coredns_proxy_conn_cache_hits_total";
    private static final String OPENED = "coredns_proxy_conn_cache_misses_total";
    private static final String IGNORED = "cairn_forward_ignored_responses_total";
    private static final double NANOS_PER_SECOND = 1e9;

    private final ForwardMetrics metrics;

    ForwardMetricsCollector(ForwardMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
        return List.of(
                MetricFamilyDescriptor.histogram(DURATION).build(),
                MetricFamilyDescriptor.counter(CHECK_FAILURES).build(),
                MetricFamilyDescriptor.counter(REUSED).build(),
                MetricFamilyDescriptor.counter(OPENED).build(),
                MetricFamilyDescriptor.counter(IGNORED).build());
    }

    @Override
    public MetricSnapshots collect() {
        Families families = new Families();
        List<String> labels = metrics.labels();
        for (int upstream = 0; upstream < labels.size(); upstream++) {
            Labels of = Labels.of("proxy_name", "forward", "to", labels.get(upstream));
            for (int rcode = 0; rcode <= ForwardMetrics.RCODES; rcode++) {
                families.addDurations(of.add("rcode", rcode(rcode)), metrics.sums(upstream, rcode));
            }
            families.addCounters(of, metrics.sums(upstream, ForwardMetrics.COUNTERS));
        }
        return families.snapshots();
    }

    private static String rcode(int rcode) {
        // One label for the RCODEs above, which do not occur in DNS today, keeps the series bounded.
        return rcode == ForwardMetrics.RCODES ? "other" : Rcode.isNamed(rcode) ? Rcode.text(rcode) : "" + rcode;
    }

    /** The metrics under way. */
    private static final class Families {
        private final HistogramSnapshot.Builder durations =
                HistogramSnapshot.builder().name(DURATION).help("Time from query to response of an upstream.");
        private final CounterSnapshot.Builder checkFailures = counter(CHECK_FAILURES, "Failed health checks.");
        private final CounterSnapshot.Builder reused =
                counter(REUSED, "Queries sent on a connection that was open already.");
        private final CounterSnapshot.Builder opened = counter(OPENED, "Queries for which a connection was opened.");
        private final CounterSnapshot.Builder ignored =
                counter(IGNORED, "Messages of upstreams that answer no query under way.");

        private static CounterSnapshot.Builder counter(String name, String help) {
            return CounterSnapshot.builder().name(name).help(help);
        }

        void addDurations(Labels labels, long[] sums) {
            long[] buckets = Arrays.copyOf(sums, DurationBuckets.COUNT);
            if (Arrays.stream(buckets).sum() > 0) {
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
            add(ignored, labels, sums[ForwardMetrics.IGNORED]);
        }

        private static void add(CounterSnapshot.Builder counter, Labels labels, long count) {
            if (count > 0) {
                counter.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(labels)
                        .value((double) count)
                        .build());
            }
        }

        MetricSnapshots snapshots() {
            return MetricSnapshots.of(
                    durations.build(), checkFailures.build(), reused.build(), opened.build(), ignored.build());
        }
    }
}
