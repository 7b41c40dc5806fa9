package org.cairndns.plugin.cache;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cairndns.plugin.spi.Meters;

/** A metric with a size of each cache of the process, taken when it is asked for. */
final class CacheSizeGauge {
    private final List<Source> sources = new CopyOnWriteArrayList<>();

    /** The sizes of one cache. */
    interface Source {
        void show(Sink sink);
    }

    /** Takes sizes; those with equal labels are added up, as of two blocks with views for one zone. */
    interface Sink {
        void add(String server, String type, String zones, double size);
    }

    private CacheSizeGauge(PrometheusRegistry registry, String name, String help) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("server", "type", "zones", "view")
                .callback(this::call)
                .register(registry);
    }

    private void call(GaugeWithCallback.Callback callback) {
        Map<List<String>, Double> sums = new LinkedHashMap<>();
        Sink sink = (server, type, zones, size) ->
                sums.merge(List.of(server, type, zones, CacheCounters.NO_VIEW), size, Double::sum);
        sources.forEach(source -> source.show(sink));
        sums.forEach((labels, size) -> callback.call(size, labels.toArray(String[]::new)));
    }

    /** The gauge of a name, the same one for all caches. */
    static CacheSizeGauge of(Meters meters, String name, String help) {
        return meters.once(name, CacheSizeGauge.class, n -> new CacheSizeGauge(meters.registry(), name, help));
    }

    void add(Source source) {
        sources.add(source);
    }

    void remove(Source source) {
        sources.remove(source);
    }
}
