package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.server.net.UdpServers.client;
import static org.cairndns.server.net.UdpServers.query;
import static org.cairndns.server.net.UdpServers.receive;
import static org.cairndns.server.net.UdpServers.send;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.cairndns.testing.LeakWatch;
import org.cairndns.testing.Thrower;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers that throw whatever can be thrown, behind UDP sockets of every kind. */
@ExtendWith(LeakWatch.class)
class ThrownErrorsTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    /** Netty's loops sleep for a second at what is thrown where they call. */
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    @ParameterizedTest
    @EnumSource
    void query_whoseHandlerThrows_isServfailAndTheLoopGoesOnAtOnce(SocketKind kind) throws Exception {
        try (UdpServers servers = new UdpServers(kind, 1, new Thrower(Thread::startVirtualThread));
                DatagramSocket client = client()) {
            InetSocketAddress server = servers.open(LOOPBACK);
            rcode(client, server, 0, "warm");
            int id = 0;
            for (String way : Thrower.WAYS) {
                long start = System.nanoTime();

                assertThat(rcode(client, server, ++id, way)).as(way).isEqualTo(Rcode.SERVFAIL);
                assertThat(rcode(client, server, ++id, "next"))
                        .as("after " + way)
                        .isEqualTo(Rcode.NOERROR);

                assertThat(System.nanoTime() - start).as("time of " + way).isLessThan(SOON_NANOS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void queries_besideOnesWhoseHandlersThrow_areAllAnswered(SocketKind kind) throws Exception {
        int times = 20;
        try (UdpServers servers = new UdpServers(kind, 1, new Thrower(Thread::startVirtualThread));
                DatagramSocket client = client()) {
            InetSocketAddress server = servers.open(LOOPBACK);
            int sent = 0;
            for (int i = 0; i < times; i++) {
                for (String way : Thrower.WAYS) {
                    send(client, server, query(sent++, way + ".example."));
                    send(client, server, query(sent++, "next.example."));
                }
            }
            int[] counts = new int[16];
            for (int i = 0; i < sent; i++) {
                counts[receive(client).get(3) & 0xf]++;
            }
            assertThat(counts[Rcode.SERVFAIL]).isEqualTo(sent / 2);
            assertThat(counts[Rcode.NOERROR]).isEqualTo(sent / 2);
        }
    }

    private static int rcode(DatagramSocket client, InetSocketAddress server, int id, String label) throws Exception {
        send(client, server, query(id, label + ".example."));
        ByteBuffer response = receive(client);
        assertThat(response.getShort(0)).isEqualTo((short) id);
        return response.get(3) & 0xf;
    }
}
