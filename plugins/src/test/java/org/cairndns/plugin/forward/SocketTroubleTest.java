package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.PortUnreachableException;
import org.junit.jupiter.api.Test;

class SocketTroubleTest {
    @Test
    void words_causeWithMessage_areIts() {
        assertThat(SocketTrouble.words(new IOException("outer", new IOException("Connection refused"))))
                .isEqualTo("Connection refused");
    }

    @Test
    void words_callOfTheKernelInFront_isLeftOut() {
        assertThat(SocketTrouble.words(new IOException("recvAddress(..) failed with error(-111): Connection refused")))
                .isEqualTo("Connection refused");
    }

    @Test
    void words_causeWithoutMessage_areThoseOfItsName() {
        Throwable cause = new IOException("null: /192.0.2.1:53", new PortUnreachableException());

        assertThat(SocketTrouble.words(cause)).isEqualTo("port unreachable");
    }
}
