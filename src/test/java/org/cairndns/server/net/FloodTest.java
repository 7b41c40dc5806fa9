package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.testing.LeakWatch;
import org.cairndns.wire.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** One client that sends much more than is answered, and fifty that ask now and then. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the kernel's own calls are made on Linux only")
@ExtendWith(LeakWatch.class)
class FloodTest {
    private static final InetAddress SERVER = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress FLOODER = InetAddress.ofLiteral("127.0.0.2");
    private static final int CLIENTS = 50;
    private static final int ROUNDS = 40;
    private static final int WARM_UP_ROUNDS = 20;
    private static final int FIRST_ROUNDS = 6;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Makes the server slow enough for one sender to be far ahead of it: 20,000 answers a second. */
    private static final long HANDLER_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Set<Thread> floodersLoops = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    @Test
    void others_whileOneClientFloods_areAnswered() throws Exception {
        int answered;
        int afterwards;
        try (UdpServers servers = new UdpServers(SocketKind.NATIVE, 1, this::slowly)) {
            InetSocketAddress server = servers.open(SERVER);
            answered(server, WARM_UP_ROUNDS);
            Thread flooder = Thread.ofPlatform().start(() -> flood(server));
            // On a busy machine it takes a moment to notice the flood.
            answered(server, FIRST_ROUNDS);
            answered = answered(server, ROUNDS);
            over = true;
            flooder.join();
            afterwards = answered(server, 5);
        }
        assertThat(CLIENTS * ROUNDS - answered).as("lost").isLessThan(CLIENTS * ROUNDS / 5);
        assertThat(afterwards).as("answered once it is over").isEqualTo(CLIENTS * 5);
    }

    @Test
    void client_inAQueueOfItsOwn_isAnsweredByAllLoops() throws Exception {
        try (UdpServers servers = new UdpServers(SocketKind.NATIVE, 2, this::slowly)) {
            InetSocketAddress server = servers.open(SERVER);
            Thread flooder = Thread.ofPlatform().start(() -> flood(server));
            answered(server, FIRST_ROUNDS);
            floodersLoops.clear();
            answered(server, FIRST_ROUNDS);
            over = true;
            flooder.join();
        }
        assertThat(floodersLoops).hasSize(2);
    }

    private Reply slowly(Query query) {
        if (query.client().getAddress().equals(FLOODER)) {
            floodersLoops.add(Thread.currentThread());
        }
        long end = System.nanoTime() + HANDLER_NANOS;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        return new Reply.Failed(5, "asked");
    }

    private void flood(InetSocketAddress server) {
        try (DatagramChannel socket = open(FLOODER, server)) {
            ByteBuffer query = ByteBuffer.wrap(UdpServers.query(1));
            while (!over) {
                socket.write(query.rewind());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers to a query of each client in each of some rounds. */
    private static int answered(InetSocketAddress server, int rounds) throws IOException {
        List<DatagramChannel> clients = new ArrayList<>();
        int answers = 0;
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < CLIENTS; i++) {
                DatagramChannel client = open(InetAddress.ofLiteral("127.0.0." + (10 + i)), server);
                clients.add(client);
                client.register(selector, SelectionKey.OP_READ);
            }
            long nextNanos = System.nanoTime();
            for (int round = 0; round < rounds; round++) {
                ByteBuffer query = ByteBuffer.wrap(UdpServers.query(round));
                for (DatagramChannel client : clients) {
                    client.write(query.rewind());
                }
                nextNanos += ROUND_NANOS;
                answers += answersUntil(nextNanos, selector);
            }
            return answers + answersUntil(nextNanos + TimeUnit.SECONDS.toNanos(1), selector);
        } finally {
            for (DatagramChannel client : clients) {
                client.close();
            }
        }
    }

    private static int answersUntil(long endNanos, Selector selector) throws IOException {
        int answers = 0;
        ByteBuffer room = ByteBuffer.allocate(512);
        for (long left = endNanos - System.nanoTime(); left > 0; left = endNanos - System.nanoTime()) {
            selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            for (SelectionKey key : selector.selectedKeys()) {
                while (((DatagramChannel) key.channel()).read(room.clear()) > 0) {
                    answers++;
                }
            }
            selector.selectedKeys().clear();
        }
        return answers;
    }

    private static DatagramChannel open(InetAddress from, InetSocketAddress server) throws IOException {
        DatagramChannel client = DatagramChannel.open();
        client.configureBlocking(false);
        client.bind(new InetSocketAddress(from, 0));
        client.connect(server);
        return client;
    }
}
