package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import org.cairndns.plugin.testing.LogCapture;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Meters meters = new Meters(registry);
    private final Conditions conditions = Conditions.of(meters);
    private final PluginLog log = PluginLog.of("forward");

    @Test
    void condition_thatLasts_isOneLineAndOne() {
        try (LogCapture lines = new LogCapture()) {
            conditions.begin(log, "upstream_loops", "192.0.2.1:53", "192.0.2.1:53 loops");
            Conditions.of(meters).begin(log, "upstream_loops", "192.0.2.1:53", "192.0.2.1:53 loops");

            assertThat(lines.lines()).containsExactly("WARNING plugin/forward: 192.0.2.1:53 loops");
            assertThat(value()).isEqualTo(1);
        }
    }

    @Test
    void condition_thatEnds_isZeroAndMayBeginAgain() {
        try (LogCapture lines = new LogCapture()) {
            conditions.end(log, "upstream_loops", "192.0.2.1:53", "never was");
            conditions.begin(log, "upstream_loops", "192.0.2.1:53", "loops");
            conditions.end(log, "upstream_loops", "192.0.2.1:53", "is well");
            assertThat(value()).isZero();
            conditions.begin(log, "upstream_loops", "192.0.2.1:53", "loops");

            assertThat(lines.lines())
                    .containsExactly(
                            "WARNING plugin/forward: loops",
                            "INFO plugin/forward: is well",
                            "WARNING plugin/forward: loops");
            assertThat(value()).isEqualTo(1);
        }
    }

    @Test
    void condition_whoseObserverIsGone_endsWithoutALine() {
        try (LogCapture lines = new LogCapture()) {
            conditions.begin(log, "upstream_loops", "192.0.2.1:53", "loops");
            conditions.drop("upstream_loops", "192.0.2.1:53");

            assertThat(lines.lines()).containsExactly("WARNING plugin/forward: loops");
            assertThat(value()).isZero();
        }
    }

    /** Two zones of one file, or the directives before and after a reload. */
    @Test
    void condition_thatTwoSay_lastsForAsLongAsOneOfThem() {
        Object first = new Object();
        Object second = new Object();
        try (LogCapture lines = new LogCapture()) {
            conditions.begin(first, log, "file_unusable", "db", "no such file");
            conditions.begin(second, log, "file_unusable", "db", "no such file");
            conditions.begin(first, log, "file_unusable", "db", "no such file");
            conditions.end(first, log, "file_unusable", "db", "is read again");
            assertThat(value()).isEqualTo(1);
            conditions.drop(first, "file_unusable", "db");
            assertThat(value()).isEqualTo(1);
            conditions.end(second, log, "file_unusable", "db", "is read again");

            assertThat(value()).isZero();
            assertThat(lines.lines())
                    .containsExactly("WARNING plugin/forward: no such file", "INFO plugin/forward: is read again");
        }
    }

    private double value() {
        return ((GaugeSnapshot) registry.scrape(name -> name.equals("cairn_condition")).stream()
                        .findFirst()
                        .orElseThrow())
                .getDataPoints()
                .getFirst()
                .getValue();
    }
}
