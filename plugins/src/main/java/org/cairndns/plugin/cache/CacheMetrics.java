package org.cairndns.plugin.cache;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.PerServer;
import org.jspecify.annotations.Nullable;

/** Metrics of one cache, with a set of counters per server address that asks it. Any thread. */
final class CacheMetrics {
    private final Meters meters;
    private final String zones;
    private final CacheEntriesGauge.Source entries;
    private final PerServer<CacheCounters> byServer;

    /** What to show the sizes of, known once the handlers are put together. */
    private volatile @Nullable CacheTable table;

    CacheMetrics(Meters meters, String zones) {
        this.meters = meters;
        this.zones = zones;
        this.byServer = new PerServer<>(server -> CacheCounters.of(meters, server, zones));
        this.entries = this::callEntries;
        // Nothing can be dropped for answering another question here, yet dashboards expect the name.
        meters.counter(
                "coredns_cache_drops_total",
                "The number of responses that are not cached, because the reply is malformed.",
                "server",
                "zones",
                "view");
    }

    CacheCounters of(String server) {
        return byServer.of(server);
    }

    /** Says whose sizes to show. */
    void use(CacheTable used) {
        table = used;
    }

    /** Shows the sizes of the cache with the other metrics. */
    void showEntries() {
        gauge().add(entries);
    }

    void hideEntries() {
        gauge().remove(entries);
    }

    private CacheEntriesGauge gauge() {
        return meters.once(
                "coredns_cache_entries", CacheEntriesGauge.class, name -> new CacheEntriesGauge(meters.registry()));
    }

    private void callEntries(GaugeWithCallback.Callback callback) {
        CacheTable shown = table;
        if (shown == null) {
            return;
        }
        for (CacheCounters counters : byServer.values()) {
            String server = counters.server();
            callback.call(shown.successCount(), server, CacheCounters.SUCCESS, zones, CacheCounters.NO_VIEW);
            callback.call(shown.denialCount(), server, CacheCounters.DENIAL, zones, CacheCounters.NO_VIEW);
        }
    }
}
