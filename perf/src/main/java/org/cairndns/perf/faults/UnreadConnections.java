package org.cairndns.perf.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Connections whose clients ask as long as they are let and read nothing; in the place of one that the server ends comes another.
 *
 * <p>A thread of its own, until closed.
 */
final class UnreadConnections implements AutoCloseable {
    private static final int CLIENTS = 8;
    private static final int BUFFER_OCTETS = 16 * 1024;
    private static final int QUERIES = 200;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final int port;
    private final byte[] burst;
    private final SocketChannel[] sockets;
    private final Thread thread = Thread.ofPlatform().name("unread").daemon().unstarted(this::run);
    private volatile boolean over;
    private final AtomicLong ended = new AtomicLong();

    private UnreadConnections(int port, int count, byte[] burst) {
        this.port = port;
        this.burst = burst;
        this.sockets = new SocketChannel[count];
    }

    /**
     * Opens them.
     *
     * @param port of 127.0.0.1
     * @param name whose addresses they ask for
     */
    static UnreadConnections open(int port, int count, String name) throws IOException {
        byte[] query = Message.newQuery(Record.newRecord(Name.fromString(name + "."), Type.A, DClass.IN))
                .toWire();
        ByteBuffer burst = ByteBuffer.allocate(QUERIES * (2 + query.length));
        for (int i = 0; i < QUERIES; i++) {
            burst.putShort((short) query.length).put(query);
        }
        UnreadConnections unread = new UnreadConnections(port, count, burst.array());
        for (int i = 0; i < count; i++) {
            unread.sockets[i] = unread.connect(i);
        }
        unread.thread.start();
        return unread;
    }

    private SocketChannel connect(int number) throws IOException {
        SocketChannel socket = SocketChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_OCTETS)
                .setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_OCTETS)
                .bind(new InetSocketAddress("127.0.5." + (1 + number % CLIENTS), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        socket.configureBlocking(false);
        return socket;
    }

    private void run() {
        try {
            while (!over) {
                for (int i = 0; i < sockets.length && !over; i++) {
                    if (!asks(sockets[i])) {
                        ended.incrementAndGet();
                        sockets[i].close();
                        sockets[i] = connect(i);
                    }
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            System.err.println("unread connections: " + e.getMessage());
        }
    }

    /** Sends what the socket takes; false if the server has ended the connection. */
    private boolean asks(SocketChannel socket) {
        try {
            socket.write(ByteBuffer.wrap(burst));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Those that the server has ended so far. */
    long ended() {
        return ended.get();
    }

    @Override
    public void close() throws IOException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SocketChannel socket : sockets) {
            socket.close();
        }
    }
}
