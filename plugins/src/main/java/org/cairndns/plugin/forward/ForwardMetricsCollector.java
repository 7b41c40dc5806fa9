package org.cairndns.plugin.forward;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

/** Counts of upstreams in the form of CoreDNS's metrics since 1.11. */
final class ForwardMetricsCollector implements MultiCollector {
    private static final String PREFIX = "coredns_proxy_";
    private static final String IGNORED = "cairn_forward_ignored_responses_total";

    private final ForwardMetrics metrics;

    ForwardMetricsCollector(ForwardMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
        return List.of(
                MetricFamilyDescriptor.histogram(PREFIX + "request_duration_seconds")
                        .build(),
                MetricFamilyDescriptor.counter(PREFIX + "healthcheck_failures_total")
                        .build(),
                MetricFamilyDescriptor.counter(PREFIX + "conn_cache_hits_total").build(),
                MetricFamilyDescriptor.counter(PREFIX + "conn_cache_misses_total")
                        .build(),
                MetricFamilyDescriptor.counter(IGNORED).build());
    }

    @Override
    public MetricSnapshots collect() {
        UpstreamFamilies families = new UpstreamFamilies(PREFIX);
        CounterSnapshot.Builder ignored =
                UpstreamFamilies.counter(IGNORED, "Messages of upstreams that answer no query under way.");
        List<String> upstreams = metrics.labels();
        for (int upstream = 0; upstream < upstreams.size(); upstream++) {
            Labels labels = Labels.of("proxy_name", "forward", "to", upstreams.get(upstream));
            for (int rcode = 0; rcode <= ForwardMetrics.RCODES; rcode++) {
                families.addDurations(
                        labels.add("rcode", UpstreamFamilies.rcode(rcode)), metrics.sums(upstream, rcode));
            }
            long[] counters = metrics.sums(upstream, ForwardMetrics.COUNTERS);
            families.addCounters(labels, counters);
            UpstreamFamilies.add(ignored, labels, counters[ForwardMetrics.IGNORED]);
        }
        return families.with(ignored);
    }
}
