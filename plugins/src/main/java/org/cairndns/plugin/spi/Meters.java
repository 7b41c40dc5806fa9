package org.cairndns.plugin.spi;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Metrics of the process by name.
 *
 * <p>Asking again for a name gives the same metric, so that counters survive reloads. No metric samples exemplars, for
 * there are no traces to link to. Any thread. What counts every query keeps its own numbers and registers a collector
 * with {@link #registry()} instead.
 */
public final class Meters {
    private final PrometheusRegistry registry;
    private final PrometheusRegistry aliases = new PrometheusRegistry();
    private final Map<String, Object> byName = new ConcurrentHashMap<>();

    public Meters(PrometheusRegistry registry) {
        this.registry = registry;
    }

    public PrometheusRegistry registry() {
        return registry;
    }

    /**
     * Metrics once more under names that others gave them, for dashboards and alerts that know only those. A page may leave
     * them out, so nothing is here alone.
     */
    public PrometheusRegistry aliases() {
        return aliases;
    }

    /** A counter; {@code name} ends in {@code _total}. */
    public Counter counter(String name, String help, String... labelNames) {
        return once(
                name,
                Counter.class,
                n -> Counter.builder()
                        .name(n)
                        .help(help)
                        .labelNames(labelNames)
                        .withoutExemplars()
                        .register(registry));
    }

    public Gauge gauge(String name, String help, String... labelNames) {
        return once(
                name,
                Gauge.class,
                n -> Gauge.builder()
                        .name(n)
                        .help(help)
                        .labelNames(labelNames)
                        .withoutExemplars()
                        .register(registry));
    }

    /** A histogram with these upper bounds, +Inf not among them. */
    public Histogram histogram(String name, String help, double[] upperBounds, String... labelNames) {
        return once(
                name,
                Histogram.class,
                n -> Histogram.builder()
                        .name(n)
                        .help(help)
                        .labelNames(labelNames)
                        .withoutExemplars()
                        .classicOnly()
                        .classicUpperBounds(upperBounds)
                        .register(registry));
    }

    /** Registers something of one's own under a name, once; the maker may ask for further metrics. */
    public <T> T once(String name, Class<T> type, Function<String, T> maker) {
        Object known = byName.get(name);
        return type.cast(known != null ? known : make(name, maker));
    }

    /** The map's own computeIfAbsent refuses makers that come back for more. */
    private synchronized Object make(String name, Function<String, ?> maker) {
        Object known = byName.get(name);
        if (known == null) {
            known = maker.apply(name);
            byName.put(name, known);
        }
        return known;
    }
}
