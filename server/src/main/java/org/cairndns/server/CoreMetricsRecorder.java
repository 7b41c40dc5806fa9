package org.cairndns.server;

import io.prometheus.metrics.core.metrics.Counter;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.server.query.CoreMetrics;
import org.cairndns.wire.Query;

/** Counts of the core itself in the process's metrics. */
final class CoreMetricsRecorder implements CoreMetrics {
    private final Counter panics;

    private CoreMetricsRecorder(Counter panics) {
        this.panics = panics;
    }

    static CoreMetricsRecorder of(Meters meters) {
        return new CoreMetricsRecorder(
                meters.counter("coredns_panics_total", "A metrics that counts the number of panics."));
    }

    @Override
    public void dropped(Query query, int rcode) {}

    @Override
    public void panicked() {
        panics.inc();
    }
}
