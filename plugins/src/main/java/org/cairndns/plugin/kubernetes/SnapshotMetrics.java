package org.cairndns.plugin.kubernetes;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.cairndns.plugin.spi.Meters;

/** The {@code cairn_kubernetes_snapshot_*} metrics of the process, gauges being read when they are asked for. */
final class SnapshotMetrics implements MultiCollector {
    private static final String PREFIX = "cairn_kubernetes_snapshot_";

    private final SnapshotFiles files = new SnapshotFiles();
    private final Counter writes;

    private SnapshotMetrics(Meters meters) {
        this.writes = meters.counter(PREFIX + "writes_total", "Snapshots of a cluster that were written.", "outcome");
        meters.registry().register(this);
    }

    /** Those of the process. */
    static SnapshotMetrics of(Meters meters) {
        return meters.once("cairn_kubernetes_snapshot", SnapshotMetrics.class, name -> new SnapshotMetrics(meters));
    }

    /** The files that there are metrics for. */
    SnapshotFiles files() {
        return files;
    }

    /** A snapshot was written, or could not be. */
    void written(boolean success) {
        writes.labelValues(success ? "success" : "failure").inc();
    }

    @Override
    public MetricSnapshots collect() {
        GaugeSnapshot.Builder age = gauge(
                "age_seconds", "Time since a snapshot was last known to say what the cluster is; 0 while it does.");
        GaugeSnapshot.Builder octets = gauge("octets", "Size of a snapshot, 0 where there is none.");
        GaugeSnapshot.Builder inUse =
                gauge("in_use", "1 while answers come from a snapshot, as the API was not read yet, else 0.");
        for (ClusterSnapshot snapshot : files.owners()) {
            Labels labels = Labels.of("file", snapshot.file().toString());
            snapshot.ageSeconds().ifPresent(seconds -> age.dataPoint(point(labels, seconds)));
            octets.dataPoint(point(labels, (double) snapshot.octets()));
            inUse.dataPoint(point(labels, snapshot.isInUse() ? 1 : 0));
        }
        return MetricSnapshots.of(age.build(), octets.build(), inUse.build());
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name(PREFIX + name).help(help);
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }
}
