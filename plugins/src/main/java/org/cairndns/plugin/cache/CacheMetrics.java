package org.cairndns.plugin.cache;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.Arrays;
import org.cairndns.plugin.spi.Meters;

/**
 * Metrics of one cache, with a set of counters per server address that asks it.
 *
 * <p>Any thread: the table of addresses is replaced as a whole under this object's lock, and read without it.
 */
final class CacheMetrics {
    private final Meters meters;
    private final String zones;
    private final CacheEntriesGauge.Source entries;
    private volatile CacheCounters[] byServer = {};

    CacheMetrics(Meters meters, String zones, CacheTable table) {
        this.meters = meters;
        this.zones = zones;
        this.entries = callback -> callEntries(table, callback);
        // Nothing can be dropped for answering another question here, yet dashboards expect the name.
        meters.counter(
                "coredns_cache_drops_total",
                "The number of responses that are not cached, because the reply is malformed.",
                "server",
                "zones",
                "view");
    }

    CacheCounters of(String server) {
        for (CacheCounters counters : byServer) {
            if (counters.server().equals(server)) {
                return counters;
            }
        }
        return added(server);
    }

    private synchronized CacheCounters added(String server) {
        for (CacheCounters counters : byServer) {
            if (counters.server().equals(server)) {
                return counters;
            }
        }
        CacheCounters[] more = Arrays.copyOf(byServer, byServer.length + 1);
        more[byServer.length] = CacheCounters.of(meters, server, zones);
        byServer = more;
        return more[more.length - 1];
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

    private void callEntries(CacheTable table, GaugeWithCallback.Callback callback) {
        for (CacheCounters counters : byServer) {
            String server = counters.server();
            callback.call(table.successCount(), server, CacheCounters.SUCCESS, zones, CacheCounters.NO_VIEW);
            callback.call(table.denialCount(), server, CacheCounters.DENIAL, zones, CacheCounters.NO_VIEW);
        }
    }
}
