package org.cairndns.plugin.prometheus;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import org.cairndns.plugin.spi.ServerControl;
import org.cairndns.plugin.spi.ServerControl.EnabledPlugin;

/** The metric {@code coredns_plugin_enabled}: 1 per handler of each server block that runs now. */
final class EnabledPluginsCollector implements Collector {
    private static final String NAME = "coredns_plugin_enabled";

    private final ServerControl control;

    EnabledPluginsCollector(ServerControl control) {
        this.control = control;
    }

    @Override
    public MetricFamilyDescriptor getMetricFamilyDescriptor() {
        return MetricFamilyDescriptor.gauge(NAME)
                .labelNames("server", "zone", "view", "name")
                .build();
    }

    @Override
    public MetricSnapshot collect() {
        GaugeSnapshot.Builder snapshot =
                GaugeSnapshot.builder().name(NAME).help("Handlers per server block, zone and view.");
        for (EnabledPlugin plugin : control.enabledPlugins()) {
            Labels labels = Labels.of(
                    "server", plugin.server(), "zone", plugin.zone(), "view", plugin.view(), "name", plugin.name());
            snapshot.dataPoint(
                    GaugeDataPointSnapshot.builder().labels(labels).value(1).build());
        }
        return snapshot.build();
    }
}
