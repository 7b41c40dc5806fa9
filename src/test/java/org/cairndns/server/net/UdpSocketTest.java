package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.testing.LeakWatch;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** UDP sockets of every kind, asked by clients of both address families on loopback. */
@ExtendWith(LeakWatch.class)
class UdpSocketTest {
    private static final InetAddress IPV4 = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress IPV6 = InetAddress.ofLiteral("::1");
    private static final int QUERIES = 150;

    @ParameterizedTest
    @EnumSource
    void queries_ofBothFamiliesMixed_eachClientGetsItsOwn(SocketKind kind) throws Exception {
        try (Servers servers = new Servers(kind, UdpSocketTest::portOfClient);
                DatagramSocket four = client();
                DatagramSocket six = client()) {
            InetSocketAddress toFour = servers.open(IPV4);
            InetSocketAddress toSix = servers.open(IPV6);
            for (int id = 0; id < QUERIES; id++) {
                send(four, toFour, query(id));
                send(six, toSix, query(id));
            }

            assertThat(answers(four, QUERIES)).isEqualTo(QUERIES);
            assertThat(answers(six, QUERIES)).isEqualTo(QUERIES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void replies_fromOtherThreads_reachTheirClients(SocketKind kind) throws Exception {
        Handler late = query -> {
            Reply.Pending pending = new Reply.Pending();
            Thread.ofVirtual().start(() -> pending.complete(portOfClient(query)));
            return pending;
        };
        try (Servers servers = new Servers(kind, late);
                DatagramSocket client = client()) {
            InetSocketAddress server = servers.open(IPV4);
            for (int id = 0; id < QUERIES; id++) {
                send(client, server, query(id));
            }

            assertThat(answers(client, QUERIES)).isEqualTo(QUERIES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void garbageAndFailures_betweenQueries_hurtNobodyElse(SocketKind kind) throws Exception {
        Handler handler = query -> {
            if (query.qname().toString().startsWith("fail")) {
                throw new IllegalStateException("on purpose");
            }
            return query.qname().toString().startsWith("drop") ? Reply.Dropped.INSTANCE : portOfClient(query);
        };
        try (Servers servers = new Servers(kind, handler);
                DatagramSocket client = client()) {
            InetSocketAddress server = servers.open(IPV4);
            send(client, server, new byte[0]);
            send(client, server, new byte[] {1, 2, 3});
            send(client, server, new byte[5000]);
            send(client, server, query(7, "drop.example."));
            send(client, server, query(8, "fail.example."));
            send(client, server, query(9, "a.example."));

            Set<Integer> ids = new HashSet<>();
            while (!ids.contains(9)) {
                ids.add((int) receive(client).getShort(0));
            }
            assertThat(ids).contains(8).doesNotContain(7);
        }
    }

    /** Not for NIO: the JDK frees the port when its selector next looks. */
    @ParameterizedTest
    @EnumSource(names = {"NATIVE", "EPOLL"})
    void port_ofAClosedListener_isFree_thatOfAnOpenOneIsNot(SocketKind kind) throws Exception {
        try (Servers servers = new Servers(kind, UdpSocketTest::portOfClient)) {
            InetSocketAddress server = servers.open(IPV4);
            assertThatThrownBy(() -> new DatagramSocket(server)).isInstanceOf(IOException.class);
            servers.closeListeners();
            try (DatagramSocket socket = new DatagramSocket(server)) {
                assertThatThrownBy(() -> servers.open(server))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("listen udp 127.0.0.1:" + socket.getLocalPort() + ": ")
                        .hasMessageContaining("another process listens there");
            }
        }
    }

    /** Listeners on loops of their own. */
    private static final class Servers implements AutoCloseable {
        private final EventLoops loops;
        private final Handler handler;
        private final List<UdpListener> listeners = new ArrayList<>();

        Servers(SocketKind kind, Handler handler) {
            this.loops = new EventLoops(1, kind);
            this.handler = handler;
        }

        InetSocketAddress open(InetAddress address) throws IOException {
            return open(new InetSocketAddress(address, 0));
        }

        InetSocketAddress open(InetSocketAddress address) throws IOException {
            UdpListener listener =
                    new UdpListener(loops, address, "dns://:53", Runners.of(handler), ListenerSettings.DEFAULT);
            listeners.add(listener);
            return listener.localAddress();
        }

        void closeListeners() {
            listeners.forEach(UdpListener::close);
        }

        @Override
        public void close() throws InterruptedException {
            closeListeners();
            assertThat(loops.group().shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    /** A response whose address ends in the client's port. */
    private static Reply portOfClient(Query query) {
        int port = query.client().getPort();
        byte[] address = {10, 0, (byte) (port >> 8), (byte) port};
        Response response = new ResponseBuilder(query.qname())
                .address(Section.ANSWER, query.qname(), 5, address)
                .build();
        return new Reply.Answered(response);
    }

    private static DatagramSocket client() throws IOException {
        DatagramSocket socket = new DatagramSocket();
        socket.setReceiveBufferSize(1 << 20);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(DatagramSocket client, InetSocketAddress to, byte[] octets) throws IOException {
        client.send(new DatagramPacket(octets, octets.length, to));
    }

    private static ByteBuffer receive(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        client.receive(packet);
        return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    }

    /** Number of different ids among responses that carry the port of this client. */
    private static int answers(DatagramSocket client, int count) throws IOException {
        Set<Short> ids = new HashSet<>();
        for (int i = 0; i < count; i++) {
            ByteBuffer response = receive(client);
            assertThat(response.getShort(response.limit() - 2)).isEqualTo((short) client.getLocalPort());
            ids.add(response.getShort(0));
        }
        return ids.size();
    }

    private static byte[] query(int id) throws IOException {
        return query(id, "a.example.");
    }

    private static byte[] query(int id, String name) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, 1));
        query.getHeader().setID(id);
        return query.toWire();
    }
}
