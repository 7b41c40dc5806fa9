package org.cairndns.plugin.debug;

import static org.assertj.core.api.Assertions.assertThat;

import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.junit.jupiter.api.Test;

class DebugPluginTest {
    @Test
    void setup_debug_turnsDebugLinesOnWithoutAHandler() {
        FakeBlock block = block("debug");

        assertThat(block.problems()).isEmpty();
        assertThat(block.settings().debug()).isTrue();
        assertThat(block.hasHandler()).isFalse();
    }

    @Test
    void setup_argument_isAProblemAtItsPlace() {
        assertThat(block("debug on").problems())
                .containsExactly("Corefile:2:7: wrong number of arguments for 'debug', expected none, got 1");
    }

    private static FakeBlock block(String directive) {
        return new FakeBlock(new FakeServer(), ".:53 {\n" + directive + "\n}\n", new DebugPlugin());
    }
}
