package org.cairndns.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients with fixed source ports that send queries at a fixed rate, whatever comes back, on a thread of their own; a query
 * without an answer after three seconds is lost.
 */
final class UdpLoad implements AutoCloseable {
    private static final long LOST_AFTER_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final List<DatagramChannel> sockets = new ArrayList<>();
    private final List<Map<Integer, Long>> waiting = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
    private final List<byte[]> queries;
    private final long gapNanos;
    private final CompletableFuture<Void> done;
    private volatile boolean ending;
    private long sent;
    private int strange;

    /** What came of it. */
    record Result(long sent, long lost, int strange) {}

    /**
     * Starts to send.
     *
     * @param queries sent in turn, with other ids
     */
    UdpLoad(int port, int clients, int perSecond, List<byte[]> queries) throws IOException {
        this.queries = queries;
        this.gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (int i = 0; i < clients; i++) {
            DatagramChannel socket = DatagramChannel.open();
            // Pods: one that asks for all of them would get a queue of its own when the machine is busy.
            socket.bind(new InetSocketAddress("127.0.1." + (i + 1), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.configureBlocking(false);
            sockets.add(socket);
            waiting.add(new HashMap<>());
        }
        done = CompletableFuture.runAsync(
                this::run, task -> Thread.ofPlatform().daemon().start(task));
    }

    private void run() {
        try {
            long dueNanos = System.nanoTime();
            while (!ending) {
                for (; System.nanoTime() - dueNanos >= 0; dueNanos += gapNanos) {
                    send((int) sent++);
                }
                sockets.forEach(this::receive);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            long endNanos = System.nanoTime() + LOST_AFTER_NANOS;
            while (lost() > 0 && System.nanoTime() - endNanos < 0) {
                sockets.forEach(this::receive);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(int number) throws IOException {
        int socket = number % sockets.size();
        int id = number / sockets.size() & 0xffff;
        byte[] query = queries.get(number % queries.size());
        buffer.clear().put(query).putShort(0, (short) id).flip();
        waiting.get(socket).put(id, System.nanoTime());
        try {
            sockets.get(socket).write(buffer);
        } catch (IOException e) {
            // The kernel tells of a port that was closed when an earlier query came; that one stays lost.
            buffer.rewind();
            sockets.get(socket).write(buffer);
        }
    }

    private void receive(DatagramChannel socket) {
        int index = sockets.indexOf(socket);
        try {
            for (buffer.clear(); socket.read(buffer) > 0; buffer.clear()) {
                boolean answered = (buffer.get(3) & 0x0f) == 0 && buffer.getShort(6) > 0;
                if (waiting.get(index).remove(buffer.getShort(0) & 0xffff) == null || !answered) {
                    strange++;
                }
            }
        } catch (IOException e) {
            // As above.
        }
    }

    private long lost() {
        return waiting.stream().mapToLong(Map::size).sum();
    }

    /** Stops sending and waits for what is on the way. */
    Result end() throws Exception {
        ending = true;
        done.get(30, TimeUnit.SECONDS);
        return new Result(sent, lost(), strange);
    }

    @Override
    public void close() throws IOException {
        ending = true;
        for (DatagramChannel socket : sockets) {
            socket.close();
        }
    }
}
