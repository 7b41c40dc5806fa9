package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.server.net.UdpServers.client;
import static org.cairndns.server.net.UdpServers.query;
import static org.cairndns.server.net.UdpServers.receive;
import static org.cairndns.server.net.UdpServers.send;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.testing.LeakWatch;
import org.cairndns.wire.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One socket for all local addresses, asked at several of them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the kernel's own calls are made on Linux only")
@ExtendWith(LeakWatch.class)
class WildcardUdpTest {
    private static final InetAddress ANY4 = InetAddress.ofLiteral("0.0.0.0");
    private static final InetAddress ANY6 = InetAddress.ofLiteral("::");

    private final Set<InetAddress> asked = ConcurrentHashMap.newKeySet();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void response_ofOneSocket_leavesFromTheAddressThatWasAsked(boolean late) throws Exception {
        Handler handler = late ? this::replyLate : this::reply;
        try (UdpServers servers = new UdpServers(SocketKind.NATIVE, 1, handler)) {
            int port4 = servers.open(ANY4).getPort();
            int port6 = servers.open(ANY6).getPort();

            for (String address : new String[] {"127.0.0.1", "127.0.0.7", "127.8.9.10"}) {
                assertAnswers(InetAddress.ofLiteral(address), port4);
            }
            assertAnswers(InetAddress.ofLiteral("::1"), port6);
        }
    }

    @Test
    void addresses_moreThanAreRemembered_areAllAnsweredFrom() throws Exception {
        try (UdpServers servers = new UdpServers(SocketKind.NATIVE, 1, this::reply)) {
            int port = servers.open(ANY4).getPort();
            for (int round = 0; round < 2; round++) {
                for (int i = 1; i <= 150; i++) {
                    assertAnswers(InetAddress.ofLiteral("127.0.1." + i), port);
                }
            }
        }
    }

    private void assertAnswers(InetAddress address, int port) throws IOException {
        asked.clear();
        try (DatagramSocket client = client()) {
            // A connected socket does not see what comes from elsewhere.
            client.connect(new InetSocketAddress(address, port));
            send(client, new InetSocketAddress(address, port), query(7));
            assertThat(receive(client).getShort(0)).isEqualTo((short) 7);
        }
        assertThat(asked).as("as the plugins see it").containsExactly(address);
    }

    private Reply reply(Query query) {
        asked.add(query.listener().localAddress().getAddress());
        return UdpSocketTest.portOfClient(query);
    }

    private Reply replyLate(Query query) {
        Reply.Pending pending = new Reply.Pending();
        Thread.ofVirtual().start(() -> pending.complete(reply(query)));
        return pending;
    }
}
