package org.cairndns.plugin.shed;

import static org.assertj.core.api.Assertions.assertThat;

import org.cairndns.plugin.spi.ShedCounts;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.junit.jupiter.api.Test;

class ShedPluginTest {
    private final FakeServer server = new FakeServer();

    @Test
    void shed_inAPlainBlock_isASettingWithCounters() {
        FakeBlock block = block(".", "shed");
        assertThat(block.problems()).isEmpty();
        assertThat(block.hasHandler()).isFalse();

        ShedCounts counts = block.settings().shed().orElseThrow();
        counts.query("dns://:53");
        counts.query("dns://:53");
        counts.response("dns://:53");

        assertThat(server.metrics("coredns_shed"))
                .containsExactlyInAnyOrder(
                        "coredns_shed_dropped_total{reason=\"query\",server=\"dns://:53\"} 2.0",
                        "coredns_shed_dropped_total{reason=\"response\",server=\"dns://:53\"} 1.0");
    }

    @Test
    void setup_wrongShape_isAProblem() {
        assertThat(block(".", "shed 5").problems())
                .containsExactly("Corefile:2:6: wrong number of arguments for 'shed', expected none, got 1");
        assertThat(block(".", "shed {\n }").problems())
                .containsExactly("Corefile:2:1: unexpected block, expected 'shed' on a line of its own, got '{'");
        assertThat(block(".", "shed\nshed").problems())
                .containsExactly("Corefile:3:1: 'shed' given twice, expected once per server block");
    }

    @Test
    void shed_inABlockWithAnotherScheme_isAProblem() {
        assertThat(block(". tls://.", "shed").problems())
                .containsExactly(
                        "Corefile:2:1: 'shed' is for UDP, expected dns:// keys only in its block, got 'tls://.'");
    }

    private FakeBlock block(String keys, String directives) {
        return new FakeBlock(server, keys + " {\n" + directives + "\n}\n", new ShedPlugin());
    }
}
