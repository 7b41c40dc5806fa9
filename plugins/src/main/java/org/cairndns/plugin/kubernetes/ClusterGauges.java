package org.cairndns.plugin.kubernetes;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.Report;
import org.cairndns.plugin.spi.Reporter;
import org.cairndns.plugin.spi.Reports;

/** The {@code cairn_kubernetes_*} metrics of all clusters of the process, read when they are asked for. */
final class ClusterGauges implements MultiCollector, Reporter {
    private final List<Cluster> clusters = new CopyOnWriteArrayList<>();

    private ClusterGauges() {}

    /** Those of the process. */
    static ClusterGauges of(Meters meters) {
        return meters.once("cairn_kubernetes", ClusterGauges.class, name -> {
            ClusterGauges gauges = new ClusterGauges();
            meters.registry().register(gauges);
            Reports.of(meters).add(gauges);
            return gauges;
        });
    }

    void add(Cluster cluster) {
        clusters.add(cluster);
    }

    void remove(Cluster cluster) {
        clusters.remove(cluster);
    }

    @Override
    public List<Report> reports() {
        List<Report> reports = new ArrayList<>();
        for (Cluster cluster : clusters) {
            reports.add(cluster.report());
        }
        return reports;
    }

    @Override
    public MetricSnapshots collect() {
        GaugeSnapshot.Builder synced = gauge("synced", "1 once all objects of a cluster were read, else 0.");
        GaugeSnapshot.Builder objects = gauge("objects", "Objects of a cluster that are known.");
        GaugeSnapshot.Builder age =
                gauge("last_event_age_seconds", "Time since the Kubernetes API was last heard of, bookmarks included.");
        GaugeSnapshot.Builder stale =
                gauge("stale", "1 while no watch brings changes, so that answers are from before, else 0.");
        CounterSnapshot.Builder reconnects = CounterSnapshot.builder()
                .name("cairn_kubernetes_reconnects")
                .help("Lists and watches of the Kubernetes API that were begun anew.");
        CounterSnapshot.Builder audits = CounterSnapshot.builder()
                .name("cairn_kubernetes_audits")
                .help("Comparisons of what is known with what the Kubernetes API has.");
        CounterSnapshot.Builder divergences = CounterSnapshot.builder()
                .name("cairn_kubernetes_divergence")
                .help("Objects that such a comparison found missing, outdated or left over.");
        long now = System.nanoTime();
        for (Cluster cluster : clusters) {
            String source = cluster.settings().access().toString();
            synced.dataPoint(point(Labels.of("source", source), cluster.index().isSynced() ? 1 : 0));
            for (ObjectKind kind : cluster.settings().kinds()) {
                objects.dataPoint(point(labels(source, kind), cluster.index().count(kind)));
            }
            cluster.status().forEach((kind, status) -> {
                double seconds = (now - status.lastEventNanos()) / (double) TimeUnit.SECONDS.toNanos(1);
                age.dataPoint(point(labels(source, kind), Math.max(0, seconds)));
                stale.dataPoint(point(labels(source, kind), status.connected() ? 0 : 1));
                reconnects.dataPoint(count(labels(source, kind), status.reconnects()));
                audits.dataPoint(count(labels(source, kind), status.audits()));
                divergences.dataPoint(count(labels(source, kind), status.divergences()));
            });
        }
        return MetricSnapshots.of(
                synced.build(),
                objects.build(),
                age.build(),
                stale.build(),
                reconnects.build(),
                audits.build(),
                divergences.build());
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name("cairn_kubernetes_" + name).help(help);
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static CounterDataPointSnapshot count(Labels labels, long value) {
        return CounterDataPointSnapshot.builder()
                .labels(labels)
                .value((double) value)
                .build();
    }

    private static Labels labels(String source, ObjectKind kind) {
        return Labels.of("source", source, "kind", label(kind));
    }

    /** Value of the label {@code kind}. */
    static String label(ObjectKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
