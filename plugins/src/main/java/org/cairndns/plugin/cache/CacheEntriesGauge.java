package org.cairndns.plugin.cache;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The metric {@code coredns_cache_entries} of all caches of the process, counted when it is asked for. */
final class CacheEntriesGauge {
    private final List<Source> sources = new CopyOnWriteArrayList<>();

    /** The entries of one cache. */
    interface Source {
        void show(GaugeWithCallback.Callback callback);
    }

    CacheEntriesGauge(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("coredns_cache_entries")
                .help("The number of elements in the cache.")
                .labelNames("server", "type", "zones", "view")
                .callback(callback -> sources.forEach(source -> source.show(callback)))
                .register(registry);
    }

    void add(Source source) {
        sources.add(source);
    }

    void remove(Source source) {
        sources.remove(source);
    }
}
