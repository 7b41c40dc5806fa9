package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OtherSocketsTest {
    private static final List<String> LINES = List.of(
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops",
            "   12: 3500007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 39812 2 0 0",
            "   13: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 39813 2 0 0",
            "   14: 0100007F:8000 0100007F:0035 01 00000000:00000000 00:00000000 00000000     0        0 39814 2 0 0",
            "   15: B80D0120000000000000000001000000:0035 00000000000000000000000000000000:0000 07 00000000:00000000"
                    + " 00:00000000 00000000     0        0 39815 2 0 0");

    @Test
    void addresses_ofAList_areThoseThatReceiveFromAnybodyAndAreNotOurs() {
        assumeThat(ByteOrder.nativeOrder())
                .as("the list above is of a little-endian machine")
                .isEqualTo(ByteOrder.LITTLE_ENDIAN);

        assertThat(OtherSockets.addresses(LINES, Set.of("39813")))
                .containsExactlyInAnyOrder(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.53"), 53),
                        new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 53));
    }

    @Test
    void addresses_ofThisProcess_areNotAmongThem() throws IOException {
        try (DatagramSocket own = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            assertThat(OtherSockets.addresses()).doesNotContain((InetSocketAddress) own.getLocalSocketAddress());
        }
    }
}
