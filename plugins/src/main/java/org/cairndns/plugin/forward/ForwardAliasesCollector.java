package org.cairndns.plugin.forward;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

/**
 * The same counts under the names that CoreDNS had up to 1.10, by which much-used dashboards and alerts still ask.
 *
 * <p>Made of the same numbers when they are asked for. Source: CoreDNS plugin/forward/metrics.go at dcc3d7601.
 */
final class ForwardAliasesCollector implements MultiCollector {
    private static final String PREFIX = "coredns_forward_";
    private static final String REQUESTS = PREFIX + "requests_total";
    private static final String RESPONSES = PREFIX + "responses_total";

    private final ForwardMetrics metrics;

    ForwardAliasesCollector(ForwardMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
        return List.of(
                MetricFamilyDescriptor.counter(REQUESTS).build(),
                MetricFamilyDescriptor.counter(RESPONSES).build(),
                MetricFamilyDescriptor.histogram(PREFIX + "request_duration_seconds")
                        .build(),
                MetricFamilyDescriptor.counter(PREFIX + "healthcheck_failures_total")
                        .build(),
                MetricFamilyDescriptor.counter(PREFIX + "conn_cache_hits_total").build(),
                MetricFamilyDescriptor.counter(PREFIX + "conn_cache_misses_total")
                        .build());
    }

    @Override
    public MetricSnapshots collect() {
        UpstreamFamilies families = new UpstreamFamilies(PREFIX);
        CounterSnapshot.Builder requests = UpstreamFamilies.counter(REQUESTS, "Queries that an upstream answered.");
        CounterSnapshot.Builder responses = UpstreamFamilies.counter(RESPONSES, "Responses of an upstream by RCODE.");
        List<String> upstreams = metrics.labels();
        for (int upstream = 0; upstream < upstreams.size(); upstream++) {
            Labels labels = Labels.of("to", upstreams.get(upstream));
            long answered = 0;
            for (int rcode = 0; rcode <= ForwardMetrics.RCODES; rcode++) {
                long[] sums = metrics.sums(upstream, rcode);
                Labels withRcode = labels.add("rcode", UpstreamFamilies.rcode(rcode));
                families.addDurations(withRcode, sums);
                UpstreamFamilies.add(responses, withRcode, UpstreamFamilies.responses(sums));
                answered += UpstreamFamilies.responses(sums);
            }
            UpstreamFamilies.add(requests, labels, answered);
            families.addCounters(labels, metrics.sums(upstream, ForwardMetrics.COUNTERS));
        }
        return families.with(requests, responses);
    }
}
