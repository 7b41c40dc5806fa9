package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairndns.server.net.UdpServers.client;
import static org.cairndns.server.net.UdpServers.query;
import static org.cairndns.server.net.UdpServers.receive;
import static org.cairndns.server.net.UdpServers.send;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.StreamTimeouts;
import org.cairndns.testing.Await;
import org.cairndns.testing.LeakWatch;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** UDP sockets of every kind, asked by clients of both address families on loopback. */
@ExtendWith(LeakWatch.class)
class UdpSocketTest {
    private static final InetAddress IPV4 = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress IPV6 = InetAddress.ofLiteral("::1");
    private static final int QUERIES = 150;
    private static final ListenerSettings ONE_SOCKET =
            new ListenerSettings(Optional.empty(), StreamTimeouts.NONE, OptionalInt.of(1), Optional.empty(), Set.of());

    @ParameterizedTest
    @EnumSource
    void queries_ofBothFamiliesMixed_eachClientGetsItsOwn(SocketKind kind) throws Exception {
        try (UdpServers servers = new UdpServers(kind, 1, UdpSocketTest::portOfClient);
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
    @EnumSource(names = {"NATIVE", "EPOLL"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "sockets of one process share a port on Linux only")
    void descriptors_socketsThatAnswerTheirLastQueries_areLeftOutAtOnce(SocketKind kind) throws Exception {
        BlockingQueue<Reply.Pending> held = new LinkedBlockingQueue<>();
        Handler holding = query -> {
            Reply.Pending pending = new Reply.Pending();
            held.add(pending);
            return pending;
        };
        try (UdpServers servers = new UdpServers(kind, 2, holding)) {
            InetSocketAddress server = servers.open(IPV4);
            assertThat(servers.last().descriptors()).hasSize(2);
            for (int id = 0; id < QUERIES; id++) {
                try (DatagramSocket client = client()) {
                    send(client, server, query(id));
                }
            }
            Await.until("both sockets have queries", () -> held.size() == QUERIES);
            CompletableFuture<Void> reload = CompletableFuture.runAsync(() -> apply(servers.last(), ONE_SOCKET));

            Await.until("one is left out", () -> servers.last().descriptors().size() == 1);

            assertThat(reload).as("waits for the last queries").isNotDone();
            held.forEach(pending -> pending.complete(Reply.Dropped.INSTANCE));
            reload.join();
        }
    }

    private static void apply(UdpListener listener, ListenerSettings settings) {
        try {
            listener.apply(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        try (UdpServers servers = new UdpServers(kind, 1, late);
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
    void clients_thatAreGone_doNotStopTheSocket(SocketKind kind) throws Exception {
        BlockingQueue<Reply.Pending> waiting = new LinkedBlockingQueue<>();
        Handler handler = query -> {
            if (!query.qname().toString().startsWith("gone")) {
                return portOfClient(query);
            }
            Reply.Pending pending = new Reply.Pending();
            waiting.add(pending);
            return pending;
        };
        try (UdpServers servers = new UdpServers(kind, 1, handler);
                DatagramSocket client = client()) {
            InetSocketAddress server = servers.open(IPV4);
            for (int i = 0; i < 20; i++) {
                try (DatagramSocket gone = client()) {
                    send(gone, server, query(i, "gone.example."));
                    Reply.Pending pending = waiting.poll(10, TimeUnit.SECONDS);
                    gone.close();
                    // "Port unreachable" comes back for this one.
                    pending.complete(new Reply.Failed(5, "on purpose"));
                }
                send(client, server, query(i));
                assertThat(receive(client).getShort(0)).isEqualTo((short) i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::1", "::"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the kernel's own calls are made on Linux only")
    void replies_underWayAtTheEnd_areSent_newQueriesAreTurnedAway(String address) throws Exception {
        BlockingQueue<Reply.Pending> waiting = new LinkedBlockingQueue<>();
        Handler handler = query -> {
            Reply.Pending pending = new Reply.Pending();
            waiting.add(pending);
            return pending;
        };
        InetAddress bound = InetAddress.ofLiteral(address);
        try (UdpServers servers = new UdpServers(SocketKind.NATIVE, 2, handler);
                DatagramSocket client = client();
                DatagramSocket other = client()) {
            InetAddress asked = SocketAddresses.loopbackOf(bound);
            InetSocketAddress server =
                    new InetSocketAddress(asked, servers.open(bound).getPort());
            client.connect(server);
            for (int id = 0; id < 20; id++) {
                send(client, server, query(id));
            }
            Await.until("queries under way", () -> waiting.size() == 20);
            servers.last().close();

            other.connect(server);
            assertThatThrownBy(() -> {
                        send(other, server, query(99));
                        receive(other);
                    })
                    .isInstanceOf(PortUnreachableException.class);
            waiting.forEach(pending -> pending.complete(new Reply.Failed(5, "on purpose")));
            Set<Short> ids = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                ids.add(receive(client).getShort(0));
            }
            assertThat(ids).hasSize(20);
            servers.last().awaitEnd(TimeUnit.SECONDS.toNanos(10));
            try (DatagramSocket next = new DatagramSocket(server)) {
                assertThat(next.isBound()).isTrue();
            }
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the kernel's own calls are made on Linux only")
    void end_withAReplyThatNeverComes_isOverInTime() throws Exception {
        BlockingQueue<Query> taken = new LinkedBlockingQueue<>();
        Handler never = query -> {
            taken.add(query);
            return new Reply.Pending();
        };
        try (UdpServers servers = new UdpServers(SocketKind.NATIVE, 1, never);
                DatagramSocket client = client()) {
            InetSocketAddress server = servers.open(IPV4);
            send(client, server, query(1));
            assertThat(taken.poll(10, TimeUnit.SECONDS)).isNotNull();

            servers.last().close();
            servers.last().awaitEnd(1);

            try (DatagramSocket next = new DatagramSocket(server)) {
                assertThat(next.isBound()).isTrue();
            }
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
        try (UdpServers servers = new UdpServers(kind, 1, handler);
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
        try (UdpServers servers = new UdpServers(kind, 1, UdpSocketTest::portOfClient)) {
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

    /** A response whose address ends in the client's port. */
    static Reply portOfClient(Query query) {
        int port = query.client().getPort();
        byte[] address = {10, 0, (byte) (port >> 8), (byte) port};
        Response response = new ResponseBuilder(query.qname())
                .address(Section.ANSWER, query.qname(), 5, address)
                .build();
        return new Reply.Answered(response);
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
}
