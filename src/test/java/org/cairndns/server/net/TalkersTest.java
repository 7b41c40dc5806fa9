package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TalkersTest {
    private final MemorySegment room = Arena.ofAuto().allocate(SocketAddresses.OCTETS, Long.BYTES);

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "fd00:1:2:3:4:5:6:7"})
    void client_withManyDatagramsAmongOthers_isNamed(String flooder) {
        boolean ipv6 = flooder.contains(":");
        Talkers talkers = new Talkers(ipv6);
        for (int i = 0; i < 48; i++) {
            count(talkers, ipv6 ? "fd00::" + Integer.toHexString(i + 1) : "10.2.0." + i);
            if (i % 3 == 0) {
                count(talkers, flooder);
            }
        }
        assertThat(talkers.top(8)).contains(InetAddress.ofLiteral(flooder));

        talkers.clear();
        assertThat(talkers.top(1)).isEmpty();
    }

    @Test
    void manyClients_withOneDatagramEach_areNotNamed() {
        Talkers talkers = new Talkers(false);
        for (int i = 0; i < 64; i++) {
            count(talkers, "10.2.0." + i);
        }
        assertThat(talkers.top(5)).isEmpty();
    }

    @Test
    void clientsElsewhere_areKnownByTheirAddress() {
        LaneClients clients =
                new LaneClients(List.of(InetAddress.ofLiteral("fd00::1"), InetAddress.ofLiteral("fd00::2")));
        write("fd00::2");
        assertThat(clients.has(room, 0)).isTrue();
        write("fd00::3");
        assertThat(clients.has(room, 0)).isFalse();
        assertThat(LaneClients.NONE.has(room, 0)).isFalse();
    }

    private void count(Talkers talkers, String client) {
        write(client);
        talkers.count(room, 0);
    }

    private void write(String client) {
        SocketAddresses.write(new InetSocketAddress(InetAddress.ofLiteral(client), 1053), room, 0);
    }
}
