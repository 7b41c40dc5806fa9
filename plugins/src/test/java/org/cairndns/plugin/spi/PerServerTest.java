package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PerServerTest {
    @Test
    void of_sameServer_isMadeOnce() {
        PerServer<StringBuilder> table = new PerServer<>(StringBuilder::new);

        StringBuilder first = table.of("dns://:53");

        assertThat(table.of("dns://:53")).isSameAs(first).hasToString("dns://:53");
        assertThat(table.of("dns://:54")).isNotSameAs(first);
        assertThat(table.values()).hasSize(2);
    }
}
