package org.cairndns.plugin.prometheus;

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
import java.util.Map;
import java.util.TreeMap;
import org.cairndns.plugin.spi.DurationBuckets;
import org.cairndns.wire.Rcode;

/**
 * Counts of queries in the form of CoreDNS's metrics: names, labels, buckets.
 *
 * <p>Series that differ only in labels a metric does not have are summed. A series appears with its first query.
 */
final class QueryMetricsCollector implements MultiCollector {
    private static final String REQUESTS = "coredns_dns_requests_total";
    private static final String DO_REQUESTS = "coredns_dns_do_requests_total";
    private static final String REQUEST_SIZE = "coredns_dns_request_size_bytes";
    private static final String RESPONSE_SIZE = "coredns_dns_response_size_bytes";
    private static final String DURATION = "coredns_dns_request_duration_seconds";
    private static final String RESPONSES = "coredns_dns_responses_total";
    private static final double NANOS_PER_SECOND = 1e9;

    private final QueryMetrics metrics;

    QueryMetricsCollector(QueryMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
        return List.of(
                MetricFamilyDescriptor.counter(REQUESTS).build(),
                MetricFamilyDescriptor.counter(DO_REQUESTS).build(),
                MetricFamilyDescriptor.histogram(REQUEST_SIZE).build(),
                MetricFamilyDescriptor.histogram(RESPONSE_SIZE).build(),
                MetricFamilyDescriptor.histogram(DURATION).build(),
                MetricFamilyDescriptor.counter(RESPONSES).build());
    }

    @Override
    public MetricSnapshots collect() {
        Families families = new Families();
        List<SeriesKey> keys = metrics.keys();
        for (int series = 0; series < keys.size(); series++) {
            families.add(keys.get(series), metrics.sums(series));
        }
        return families.snapshots();
    }

    /** The metrics under way: labels and sums, sorted so that a page is the same for the same counts. */
    private static final class Families {
        private final Map<Labels, Long> requests = new TreeMap<>();
        private final Map<Labels, Long> dnssecOk = new TreeMap<>();
        private final Map<Labels, long[]> querySizes = new TreeMap<>();
        private final Map<Labels, long[]> responseSizes = new TreeMap<>();
        private final Map<Labels, long[]> durations = new TreeMap<>();
        private final Map<Labels, Long> responses = new TreeMap<>();

        void add(SeriesKey key, long[] sums) {
            Labels block = Labels.of("server", key.server(), "zone", key.zone(), "view", key.view());
            Labels transport = block.add("proto", key.proto());
            Labels family = transport.add("family", key.family());
            for (int type = QuerySlots.TYPE; type < QuerySlots.TYPE + QuerySlots.types(); type++) {
                add(requests, family.add("type", QuerySlots.typeLabel(type)), sums[type]);
            }
            add(dnssecOk, block, sums[QuerySlots.DNSSEC_OK]);
            add(querySizes, transport, slice(sums, QuerySlots.QUERY_SIZE, QuerySlots.QUERY_SIZE_SUM));
            add(responseSizes, transport, slice(sums, QuerySlots.RESPONSE_SIZE, QuerySlots.RESPONSE_SIZE_SUM));
            add(durations, block, slice(sums, QuerySlots.DURATION, QuerySlots.DURATION_SUM_NANOS));
            for (int rcode = 0; rcode < QuerySlots.RCODE_SLOTS; rcode++) {
                // The other RCODEs do not occur in DNS today; one label for them all keeps the series bounded.
                String text = QuerySlots.isOtherRcode(rcode) ? "other" : Rcode.text(rcode);
                Labels labels = block.add("rcode", text);
                add(responses, labels.add("plugin", key.plugin()), sums[QuerySlots.WRITTEN + rcode]);
                add(responses, labels.add("plugin", ""), sums[QuerySlots.UNWRITTEN + rcode]);
            }
        }

        private static long[] slice(long[] sums, int firstBucket, int sumSlot) {
            return Arrays.copyOfRange(sums, firstBucket, sumSlot + 1);
        }

        private static void add(Map<Labels, Long> counts, Labels labels, long count) {
            if (count > 0) {
                counts.merge(labels, count, Long::sum);
            }
        }

        private static void add(Map<Labels, long[]> histograms, Labels labels, long[] bucketsAndSum) {
            if (Arrays.stream(bucketsAndSum).anyMatch(count -> count > 0)) {
                histograms.merge(labels, bucketsAndSum, Families::plus);
            }
        }

        private static long[] plus(long[] left, long[] right) {
            long[] sum = new long[left.length];
            Arrays.setAll(sum, i -> left[i] + right[i]);
            return sum;
        }

        MetricSnapshots snapshots() {
            double[] sizes = QuerySlots.sizeBounds();
            return MetricSnapshots.of(
                    counter(REQUESTS, "DNS queries per zone, protocol, family and type.", requests),
                    counter(DO_REQUESTS, "DNS queries with the DO bit set per zone.", dnssecOk),
                    histogram(REQUEST_SIZE, "Size of DNS queries.", querySizes, sizes, 1),
                    histogram(RESPONSE_SIZE, "Size of DNS responses.", responseSizes, sizes, 1),
                    histogram(
                            DURATION,
                            "Time from query to response.",
                            durations,
                            DurationBuckets.bounds(),
                            NANOS_PER_SECOND),
                    counter(RESPONSES, "DNS responses per zone, RCODE and plugin.", responses));
        }

        private static CounterSnapshot counter(String name, String help, Map<Labels, Long> counts) {
            CounterSnapshot.Builder snapshot =
                    CounterSnapshot.builder().name(name).help(help);
            counts.forEach((labels, count) -> snapshot.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(labels)
                    .value(count)
                    .build()));
            return snapshot.build();
        }

        /**
         * @param unit how many of the counted unit make one of the metric's
         */
        private static HistogramSnapshot histogram(
                String name, String help, Map<Labels, long[]> counts, double[] bounds, double unit) {
            HistogramSnapshot.Builder snapshot =
                    HistogramSnapshot.builder().name(name).help(help);
            counts.forEach((labels, bucketsAndSum) -> snapshot.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(labels)
                    .classicHistogramBuckets(
                            ClassicHistogramBuckets.of(bounds, Arrays.copyOf(bucketsAndSum, bounds.length)))
                    .sum(bucketsAndSum[bounds.length] / unit)
                    .build()));
            return snapshot.build();
        }
    }
}
