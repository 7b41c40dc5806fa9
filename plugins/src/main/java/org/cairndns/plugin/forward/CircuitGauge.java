package org.cairndns.plugin.forward;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.Report;
import org.cairndns.plugin.spi.Report.Upstream.State;
import org.cairndns.plugin.spi.Reports;

/**
 * The metric {@code cairn_forward_circuit}: how many directives have their circuit to an upstream in each state; made of what
 * the directives report when it is asked for.
 */
final class CircuitGauge {
    private static final String NAME = "cairn_forward_circuit";

    private CircuitGauge() {}

    /** Registers it with the process's metrics on first use. */
    static void register(Meters meters) {
        Reports reports = Reports.of(meters);
        meters.once(
                NAME,
                GaugeWithCallback.class,
                name -> GaugeWithCallback.builder()
                        .name(name)
                        .help("Directives whose circuit to the upstream is in this state.")
                        .labelNames("proxy_name", "to", "state")
                        .callback(gauge -> show(reports, gauge))
                        .register(meters.registry()));
    }

    private static void show(Reports reports, GaugeWithCallback.Callback gauge) {
        Map<String, Map<State, Integer>> counts = new TreeMap<>();
        for (Report report : reports.all()) {
            if (report instanceof Report.Upstream upstream) {
                counts.computeIfAbsent(upstream.address(), address -> new EnumMap<>(State.class))
                        .merge(upstream.state(), 1, Integer::sum);
            }
        }
        counts.forEach((address, byState) -> {
            for (State state : State.values()) {
                gauge.call(
                        byState.getOrDefault(state, 0),
                        "forward",
                        address,
                        state.name().toLowerCase(Locale.ROOT));
            }
        });
    }
}
