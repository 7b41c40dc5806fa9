package org.cairndns.plugin.multisocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.junit.jupiter.api.Test;

class MultisocketPluginTest {
    @Test
    void multisocket_withoutNumber_leavesItToTheServer() {
        assertThat(block("multisocket").problems()).isEmpty();
        assertThat(block("multisocket").settings().sockets()).isEmpty();
    }

    @Test
    void multisocket_withNumber_isThatMany() {
        assertThat(block("multisocket 1").settings().sockets()).hasValue(1);
        assertThat(block("multisocket 1024").settings().sockets()).hasValue(1024);
        assertThat(block("multisocket 2").hasHandler()).isFalse();
    }

    @Test
    void multisocket_wrongValue_isAProblemAtItsPlace() {
        for (String count : List.of("0", "-1", "1025", "many")) {
            assertThat(block("multisocket " + count).problems())
                    .containsExactly(
                            "Corefile:2:13: bad value for 'multisocket', expected an integer from 1 to 1024, got '"
                                    + count + "'");
        }
        assertThat(block("multisocket 1 2").problems())
                .containsExactly("Corefile:2:15: wrong number of arguments for 'multisocket', expected 0 to 1, got 2");
        assertThat(block("multisocket {\n }").problems())
                .containsExactly(
                        "Corefile:2:1: unexpected block, expected 'multisocket' on a line of its own, got '{'");
        assertThat(block("multisocket\nmultisocket").problems())
                .containsExactly("Corefile:3:1: 'multisocket' given twice, expected once per server block");
    }

    private static FakeBlock block(String directive) {
        return new FakeBlock(new FakeServer(), ". {\n" + directive + "\n}\n", new MultisocketPlugin());
    }
}
