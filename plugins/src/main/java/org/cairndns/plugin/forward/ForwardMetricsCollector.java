package org.cairndns.plugin.forward;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/** Counts of upstreams in the form of CoreDNS's metrics since 1.11. */
final class ForwardMetricsCollector implements MultiCollector {
    private static final String PREFIX = "coredns_proxy_";
    private static final String OWN = "cairn_forward_";

    /** A counter that CoreDNS does not have, by its slot. */
    private record Own(int slot, String name, String help) {}

    private static final List<Own> OWN_COUNTERS = List.of(
            new Own(
                    ForwardMetrics.IGNORED,
                    "ignored_responses_total",
                    "Messages of upstreams that answer no query under way."),
            new Own(
                    ForwardMetrics.LATE,
                    "late_responses_total",
                    "Responses that came when another upstream had answered already."),
            new Own(ForwardMetrics.HEDGES, "hedges_total", "Queries sent because another upstream was late."),
            new Own(ForwardMetrics.HEDGE_WINS, "hedge_wins_total", "Such queries that were answered first."),
            new Own(
                    ForwardMetrics.HEDGES_WITHHELD,
                    "hedges_withheld_total",
                    "Late queries that no other upstream was asked for, as too many were sent twice already."),
            new Own(
                    ForwardMetrics.OTHER_CASE,
                    "case_mismatches_total",
                    "Responses with the question in other letter case than was sent."),
            new Own(
                    ForwardMetrics.OVER_STREAM,
                    "stream_retries_total",
                    "Queries sent again over TCP because of what came over UDP."));

    private final ForwardMetrics metrics;

    ForwardMetricsCollector(ForwardMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
        List<MetricFamilyDescriptor> all = new ArrayList<>(List.of(
                MetricFamilyDescriptor.histogram(PREFIX + "request_duration_seconds")
                        .build(),
                MetricFamilyDescriptor.counter(PREFIX + "healthcheck_failures_total")
                        .build(),
                MetricFamilyDescriptor.counter(PREFIX + "conn_cache_hits_total").build(),
                MetricFamilyDescriptor.counter(PREFIX + "conn_cache_misses_total")
                        .build()));
        for (Own own : OWN_COUNTERS) {
            all.add(MetricFamilyDescriptor.counter(OWN + own.name()).build());
        }
        return all;
    }

    @Override
    public MetricSnapshots collect() {
        UpstreamFamilies families = new UpstreamFamilies(PREFIX);
        CounterSnapshot.Builder[] owns = OWN_COUNTERS.stream()
                .map(own -> UpstreamFamilies.counter(OWN + own.name(), own.help()))
                .toArray(CounterSnapshot.Builder[]::new);
        List<String> upstreams = metrics.labels();
        for (int upstream = 0; upstream < upstreams.size(); upstream++) {
            Labels labels = Labels.of("proxy_name", "forward", "to", upstreams.get(upstream));
            for (int rcode = 0; rcode <= ForwardMetrics.RCODES; rcode++) {
                families.addDurations(
                        labels.add("rcode", UpstreamFamilies.rcode(rcode)), metrics.sums(upstream, rcode));
            }
            long[] counters = metrics.sums(upstream, ForwardMetrics.COUNTERS);
            families.addCounters(labels, counters);
            for (int i = 0; i < owns.length; i++) {
                UpstreamFamilies.add(
                        owns[i], labels, counters[OWN_COUNTERS.get(i).slot()]);
            }
        }
        return families.with(owns);
    }
}
