package org.cairndns.plugin.health.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.cairndns.plugin.health.status.ConditionLog.Ended;
import org.cairndns.plugin.health.status.ConditionLog.Lasting;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.testing.LogCapture;
import org.junit.jupiter.api.Test;

class ConditionLogTest {
    private final PluginLog log = PluginLog.of("test");
    private final Conditions conditions = Conditions.of(new Meters(new PrometheusRegistry()));
    private final AtomicLong now = new AtomicLong(10);
    private final ConditionLog watched = new ConditionLog(now::get);

    @Test
    void watch_conditionThatBeganBefore_isThere() {
        try (LogCapture lines = new LogCapture()) {
            conditions.begin(log, "port_taken", ":8080", "in use");
            conditions.watch(watched);

            assertThat(watched.lasting()).containsExactly(new Lasting("port_taken", ":8080", "in use", 10));
            assertThat(lines.lines()).hasSize(1);
        }
    }

    @Test
    void begun_again_keepsItsTimeWithTheNewMessage() {
        try (LogCapture lines = new LogCapture()) {
            conditions.watch(watched);
            conditions.begin(log, "upstream_down", "a", "timeout");
            now.set(20);
            conditions.begin(log, "upstream_down", "a", "refused");

            assertThat(watched.lasting()).containsExactly(new Lasting("upstream_down", "a", "refused", 10));
            assertThat(lines.lines()).hasSize(2);
        }
    }

    @Test
    void ended_isKeptWithBothTimes_untilTooManyCame() {
        try (LogCapture lines = new LogCapture()) {
            conditions.watch(watched);
            conditions.begin(log, "upstream_down", "a", "timeout");
            now.set(20);
            conditions.drop("upstream_down", "a");
            assertThat(watched.lasting()).isEmpty();
            assertThat(watched.ended())
                    .containsExactly(new Ended(new Lasting("upstream_down", "a", "timeout", 10), 20));

            for (int i = 0; i < 1_000; i++) {
                conditions.begin(log, "upstream_down", "b" + i, "timeout");
                conditions.end(log, "upstream_down", "b" + i, "up");
            }

            assertThat(watched.ended()).hasSize(ConditionLog.MAX_ENDED);
            assertThat(watched.ended().getFirst().what().subject()).isEqualTo("b999");
            assertThat(lines.lines()).isNotEmpty();
        }
    }

    @Test
    void unwatch_hearsNothingMore() {
        try (LogCapture lines = new LogCapture()) {
            conditions.watch(watched);
            conditions.unwatch(watched);
            conditions.begin(log, "upstream_down", "a", "timeout");

            assertThat(watched.lasting()).isEmpty();
            assertThat(lines.lines()).hasSize(1);
        }
    }
}
