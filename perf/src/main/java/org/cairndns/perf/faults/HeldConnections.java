package org.cairndns.perf.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections to a server that are of no use: half of them say nothing, half send a query octet by octet, one a second.
 *
 * <p>A thread of its own, until closed. What the server ends stays ended.
 */
final class HeldConnections implements AutoCloseable {
    private static final long STEP_MILLIS = 100;

    /** Length and header of a query that never comes to its end: 512 octets would take more than eight minutes. */
    private static final byte[] DRIBBLE = {2, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0};

    private final Selector selector;
    private final List<Held> idle = new ArrayList<>();
    private final List<Held> dribbling = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("held").daemon().unstarted(this::run);
    private volatile boolean over;

    /** One of them. */
    private static final class Held {
        private final SocketChannel channel;
        private final long openedNanos = System.nanoTime();
        private volatile long endedNanos;
        private int sent;

        private Held(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private HeldConnections(Selector selector) {
        this.selector = selector;
    }

    /**
     * Opens them.
     *
     * @param port of 127.0.0.1
     * @param each how many of each kind
     */
    static HeldConnections open(int port, int each) throws IOException {
        HeldConnections held = new HeldConnections(Selector.open());
        for (int i = 0; i < each; i++) {
            held.idle.add(held.connect(port));
            held.dribbling.add(held.connect(port));
        }
        held.thread.start();
        return held;
    }

    private Held connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        channel.configureBlocking(false);
        Held held = new Held(channel);
        channel.register(selector, SelectionKey.OP_READ, held);
        return held;
    }

    private void run() {
        try {
            while (!over) {
                selector.select(STEP_MILLIS);
                for (SelectionKey key : selector.selectedKeys()) {
                    read((Held) key.attachment());
                }
                selector.selectedKeys().clear();
                dribbling.forEach(HeldConnections::dribble);
            }
        } catch (IOException e) {
            System.err.println("held connections: " + e.getMessage());
        }
    }

    private static void read(Held held) {
        try {
            if (held.channel.read(ByteBuffer.allocate(64)) < 0) {
                end(held);
            }
        } catch (IOException e) {
            end(held);
        }
    }

    private static void dribble(Held held) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - held.openedNanos);
        if (held.endedNanos != 0 || held.sent > seconds) {
            return;
        }
        try {
            held.channel.write(ByteBuffer.wrap(DRIBBLE, held.sent % DRIBBLE.length, 1));
            held.sent++;
        } catch (IOException e) {
            end(held);
        }
    }

    private static void end(Held held) {
        held.endedNanos = System.nanoTime();
        try {
            held.channel.close();
        } catch (IOException e) {
            System.err.println("held connection: " + e.getMessage());
        }
    }

    /** Those that dribble and are still open. */
    long dribbling() {
        return dribbling.stream().filter(held -> held.endedNanos == 0).count();
    }

    /** Those that say nothing and are still open. */
    long idle() {
        return idle.stream().filter(held -> held.endedNanos == 0).count();
    }

    /** The longest time that one which dribbles was open and is ended; 0 if none is. */
    double longestDribbleSeconds() {
        return dribbling.stream()
                        .filter(held -> held.endedNanos != 0)
                        .mapToLong(held -> held.endedNanos - held.openedNanos)
                        .max()
                        .orElse(0)
                / 1e9;
    }

    @Override
    public void close() throws IOException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : List.copyOf(selector.keys())) {
            key.channel().close();
        }
        selector.close();
    }
}
