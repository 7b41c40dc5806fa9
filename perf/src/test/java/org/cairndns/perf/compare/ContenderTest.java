package org.cairndns.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContenderTest {
    @Test
    void of_label_isTheContender() {
        assertThat(Contender.of("knot-resolver")).isEqualTo(Contender.KNOT_RESOLVER);
    }

    @Test
    void of_unknownLabel_namesAllThereAre() {
        assertThatThrownBy(() -> Contender.of("bind"))
                .hasMessageStartingWith("'bind' is none of cairn, cairn-b, coredns, unbound");
    }
}
