package org.cairndns.plugin.cache;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
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
        CounterDataPoint successEvictions,
        CounterDataPoint denialEvictions) {
    /** Values of the {@code type} label. */
    static final String SUCCESS = "success";

    static final String DENIAL = "denial";

    /** The value of the {@code view} label: there are no views. */
    static final String NO_VIEW = "";

    private static final String COREDNS = "coredns_cache_";

    static CacheCounters of(Meters meters, String server, String zones) {
        return new CacheCounters(
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
                typed(meters, COREDNS + "evictions", "The count of cache evictions.", server, SUCCESS, zones),
                typed(meters, COREDNS + "evictions", "The count of cache evictions.", server, DENIAL, zones));
    }

    CounterDataPoint hits(boolean denial) {
        return denial ? denialHits : successHits;
    }

    CounterDataPoint evictions(boolean denial) {
        return denial ? denialEvictions : successEvictions;
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
