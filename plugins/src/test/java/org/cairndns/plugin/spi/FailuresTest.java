package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.cairndns.plugin.spi.Failures.Failure;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final Meters meters = new Meters(new PrometheusRegistry());
    private final Failures failures = Failures.of(meters);

    @Test
    void add_nobodyWatches_isForgotten() {
        add("timeout", 1);
        assertThat(failures.latest()).isEmpty();

        failures.watch();
        add("timeout", 2);
        failures.unwatch();
        add("timeout", 3);

        assertThat(failures.latest()).containsExactly(new Failure(Rcode.SERVFAIL, "timeout", 1, 2));
    }

    @Test
    void add_sameReason_isCountedWithTheLatestTimeAndComesFirst() {
        failures.watch();
        add("timeout", 1);
        add("refused", 2);
        Failures.of(meters).add(new Reply.Failed(Rcode.SERVFAIL, "timeout"), 3);

        assertThat(failures.latest())
                .containsExactly(
                        new Failure(Rcode.SERVFAIL, "timeout", 2, 3), new Failure(Rcode.SERVFAIL, "refused", 1, 2));
    }

    @Test
    void add_moreReasonsThanFit_oldestGo() {
        failures.watch();
        for (int i = 0; i < 100_000; i++) {
            add("reason " + i, i);
        }

        assertThat(failures.latest()).hasSize(Failures.MAX_REASONS);
        assertThat(failures.latest().getFirst().reason()).isEqualTo("reason 99999");
    }

    @Test
    void add_endlessReason_isCut() {
        failures.watch();
        add("x".repeat(100_000), 1);

        assertThat(failures.latest().getFirst().reason()).hasSize(203).endsWith("x...");
    }

    private void add(String reason, long nanos) {
        failures.add(new Reply.Failed(Rcode.SERVFAIL, reason), nanos);
    }
}
