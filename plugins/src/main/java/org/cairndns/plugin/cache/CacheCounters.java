package org.cairndns.plugin.cache;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cairndns.plugin.spi.Meters;

/**
 * Counters of one cache for one server address.
 *
 * @param server metrics name of the server, such as {@code dns://:53}
 */
record CacheCounters(
        String server,
        CounterDataPoint requests,
        CounterDataPoint misses,
        CounterDataPoint coalesced,
        CounterDataPoint successHits,
        CounterDataPoint denialHits,
        CounterDataPoint prefetches,
        CounterDataPoint servedStale,
        Evictions successEvictions,
        Evictions denialEvictions) {
    /** Values of the {@code type} label. */
    static final String SUCCESS = "success";

    static final String DENIAL = "denial";

    /** The value of the {@code view} label: there are no views. */
    static final String NO_VIEW = "";

    private static final String COREDNS = "coredns_cache_";

    static CacheCounters of(Meters meters, String server, String zones) {
        CacheCounters counters = new CacheCounters(
                server,
                counter(meters, COREDNS + "requests", "The count of cache requests.", server, zones),
                counter(meters, COREDNS + "misses", "The count of cache misses.", server, zones),
                counter(
                        meters,
                        "cairn_cache_coalesced",
                        "Queries that waited for the reply to an equal one.",
                        server,
                        zones),
                typed(meters, COREDNS + "hits", "The count of cache hits.", server, SUCCESS, zones),
                typed(meters, COREDNS + "hits", "The count of cache hits.", server, DENIAL, zones),
                counter(
                        meters,
                        COREDNS + "prefetch",
                        "The number of times the cache has prefetched an item.",
                        server,
                        zones),
                counter(
                        meters,
                        COREDNS + "served_stale",
                        "The number of requests served from stale entries.",
                        server,
                        zones),
                Evictions.of(meters, server, SUCCESS, zones),
                Evictions.of(meters, server, DENIAL, zones));
        CacheTotals.of(meters).add(counters);
        return counters;
    }

    CounterDataPoint hits(boolean denial) {
        return denial ? denialHits : successHits;
    }

    /** Counts an entry that left for others. */
    void evicted(boolean denial, Reason reason) {
        Evictions evictions = denial ? denialEvictions : successEvictions;
        evictions.all().inc();
        evictions.byReason().get(reason.ordinal()).inc();
    }

    /** Why an entry leaves for others. */
    enum Reason {
        /** There were as many entries as there may be. */
        ENTRIES,
        /** There were as many octets as there may be. */
        OCTETS,
        /** Its TTL was over, so it was the first to go where one had to. */
        EXPIRED
    }

    /**
     * Counters of the entries of one kind that left for others.
     *
     * @param byReason in the order of {@link Reason}
     */
    record Evictions(CounterDataPoint all, List<CounterDataPoint> byReason) {
        private static Evictions of(Meters meters, String server, String type, String zones) {
            return new Evictions(
                    typed(meters, COREDNS + "evictions", "The count of cache evictions.", server, type, zones),
                    Arrays.stream(Reason.values())
                            .map(reason -> byReason(meters, reason, server, type, zones))
                            .toList());
        }

        private static CounterDataPoint byReason(
                Meters meters, Reason reason, String server, String type, String zones) {
            return meters.counter(
                            "cairn_cache_evictions_total",
                            "Entries that left the cache for others, by what there was too little of.",
                            "server",
                            "type",
                            "reason",
                            "zones",
                            "view")
                    .labelValues(server, type, reason.name().toLowerCase(Locale.ROOT), zones, NO_VIEW);
        }
    }

    private static CounterDataPoint counter(Meters meters, String name, String help, String server, String zones) {
        return meters.counter(name + "_total", help, "server", "zones", "view").labelValues(server, zones, NO_VIEW);
    }

    private static CounterDataPoint typed(
            Meters meters, String name, String help, String server, String type, String zones) {
        return meters.counter(name + "_total", help, "server", "type", "zones", "view")
                .labelValues(server, type, zones, NO_VIEW);
    }
}
