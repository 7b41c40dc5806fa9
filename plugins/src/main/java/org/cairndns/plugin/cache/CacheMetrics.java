package org.cairndns.plugin.cache;

import java.util.List;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.PerServer;
import org.cairndns.plugin.spi.Report;
import org.cairndns.plugin.spi.Reporter;
import org.cairndns.plugin.spi.Reports;
import org.jspecify.annotations.Nullable;

/** Metrics of one cache, with a set of counters per server address that asks it. Any thread. */
final class CacheMetrics implements Reporter {
    private final Meters meters;
    private final String zones;
    private final CacheSizeGauge.Source entries;
    private final CacheSizeGauge.Source octets;
    private final PerServer<CacheCounters> byServer;

    /** What to show the sizes of, known once the handlers are put together. */
    private volatile @Nullable CacheTable table;

    CacheMetrics(Meters meters, String zones) {
        this.meters = meters;
        this.zones = zones;
        this.byServer = new PerServer<>(server -> CacheCounters.of(meters, server, zones));
        this.entries = this::callEntries;
        this.octets = this::callOctets;
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
    void showSizes() {
        entriesGauge().add(entries);
        octetsGauge().add(octets);
        Reports.of(meters).add(this);
    }

    void hideSizes() {
        entriesGauge().remove(entries);
        octetsGauge().remove(octets);
        Reports.of(meters).remove(this);
    }

    @Override
    public List<Report> reports() {
        CacheTable shown = table;
        return shown == null
                ? List.of()
                : List.of(new Report.Cache(zones, (long) (shown.successCount() + shown.denialCount()), (long)
                        (shown.successOctets() + shown.denialOctets())));
    }

    private CacheSizeGauge entriesGauge() {
        return CacheSizeGauge.of(meters, "coredns_cache_entries", "The number of elements in the cache.");
    }

    private CacheSizeGauge octetsGauge() {
        return CacheSizeGauge.of(meters, "cairn_cache_octets", "Heap that the entries of the cache take, in octets.");
    }

    private void callEntries(CacheSizeGauge.Sink sink) {
        CacheTable shown = table;
        if (shown != null) {
            call(sink, shown.successCount(), shown.denialCount());
        }
    }

    private void callOctets(CacheSizeGauge.Sink sink) {
        CacheTable shown = table;
        if (shown != null) {
            call(sink, shown.successOctets(), shown.denialOctets());
        }
    }

    private void call(CacheSizeGauge.Sink sink, double success, double denial) {
        for (CacheCounters counters : byServer.values()) {
            String server = counters.server();
            sink.add(server, CacheCounters.SUCCESS, zones, success);
            sink.add(server, CacheCounters.DENIAL, zones, denial);
        }
    }
}
