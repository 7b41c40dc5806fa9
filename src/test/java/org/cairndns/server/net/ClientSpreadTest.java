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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ShedCounts;
import org.cairndns.plugin.spi.StreamTimeouts;
import org.cairndns.testing.Await;
import org.cairndns.testing.LeakWatch;
import org.cairndns.wire.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** Queries of one client port, such as a node-local cache has, over several sockets. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux spreads datagrams over the sockets of an address")
@ExtendWith(LeakWatch.class)
class ClientSpreadTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    /** No more than a client's socket holds in responses. */
    private static final int QUERIES = 360;

    private final Map<Thread, AtomicInteger> byLoop = new ConcurrentHashMap<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void queries_ofOnePort_reachAllSockets_whateverTheirNumber() throws Exception {
        gate.countDown();
        try (UdpServers servers = new UdpServers(SocketKind.NATIVE, 3, this::reply);
                DatagramSocket client = client()) {
            InetSocketAddress server = servers.open(LOOPBACK);
            for (int sockets : new int[] {3, 2, 1, 3}) {
                servers.last().apply(sockets(sockets));
                byLoop.clear();

                for (int id = 0; id < QUERIES; id++) {
                    send(client, server, query(id));
                }

                assertThat(answers(client)).isEqualTo(QUERIES);
                assertThat(byLoop).hasSize(sockets);
                assertThat(byLoop.values())
                        .allSatisfy(count -> assertThat(count.get()).isGreaterThan(QUERIES / sockets / 2));
            }
        }
    }

    @Test
    void socket_thatIsClosed_answersWhatItHas() throws Exception {
        try (UdpServers servers = new UdpServers(SocketKind.NATIVE, 2, this::reply);
                DatagramSocket one = client();
                DatagramSocket other = client()) {
            InetSocketAddress server = servers.open(LOOPBACK);
            for (int id = 0; id < QUERIES; id++) {
                send(one, server, query(id));
                send(other, server, query(id));
            }
            Thread reload = Thread.ofVirtual().start(() -> apply(servers.last()));
            Await.until("the reload waits for the loop", () -> reload.getState() == Thread.State.WAITING);
            gate.countDown();

            assertThat(answers(one)).isEqualTo(QUERIES);
            assertThat(answers(other)).isEqualTo(QUERIES);
            reload.join();
            assertThat(byLoop).hasSize(2);
        }
    }

    @Test
    void kernelThatRefuses_isLoggedOnce_andChangesNothing() {
        List<String> lines = new CopyOnWriteArrayList<>();
        java.util.logging.Handler log = new java.util.logging.Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(ClientSpread.class.getName());
        logger.addHandler(log);
        try {
            ClientSpread spread = new ClientSpread(true);
            spread.over(new NoSocket(), SpreadProgram.overAll(2));
            spread.over(new NoSocket(), SpreadProgram.overAll(3));
        } finally {
            logger.removeHandler(log);
        }
        assertThat(lines)
                .containsExactly("INFO each client's port is served by one of the event loops:"
                        + " setsockopt: Bad file descriptor");
    }

    /** A socket that the kernel does not know. */
    private static final class NoSocket implements UdpSocket {
        @Override
        public InetSocketAddress localAddress() {
            return new InetSocketAddress(LOOPBACK, 53);
        }

        @Override
        public OptionalInt descriptor() {
            return OptionalInt.of(-1);
        }

        @Override
        public boolean shed(Optional<ShedCounts> counts) {
            return false;
        }

        @Override
        public CompletableFuture<Void> end() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void awaitEnd(long nanos) {}

        @Override
        public void close() {}
    }

    private static void apply(UdpListener listener) {
        try {
            listener.apply(sockets(1));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ListenerSettings sockets(int count) {
        return new ListenerSettings(
                Optional.empty(), StreamTimeouts.NONE, OptionalInt.of(count), Optional.empty(), Set.of());
    }

    private Reply reply(Query query) {
        try {
            assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        byLoop.computeIfAbsent(Thread.currentThread(), thread -> new AtomicInteger())
                .incrementAndGet();
        return UdpSocketTest.portOfClient(query);
    }

    private static int answers(DatagramSocket client) throws IOException {
        Set<Short> ids = new HashSet<>();
        for (int i = 0; i < QUERIES; i++) {
            ids.add(receive(client).getShort(0));
        }
        return ids.size();
    }
}
