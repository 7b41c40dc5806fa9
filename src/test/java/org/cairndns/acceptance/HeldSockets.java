package org.cairndns.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections of a few client addresses that are of no use to anybody, until closed. For one thread. */
final class HeldSockets implements AutoCloseable {
    private static final int SMALL_BUFFER_OCTETS = 4096;

    private final List<SocketChannel> sockets = new ArrayList<>();

    /**
     * Opens connections, which the server may end at once.
     *
     * @param port of 127.0.0.1
     * @param clients addresses that they come from in turn, {@code 127.0.3.1} and following
     * @param first octets that each sends
     */
    static HeldSockets open(int port, int count, int clients, byte[] first) throws IOException {
        HeldSockets held = new HeldSockets();
        for (int i = 0; i < count; i++) {
            SocketChannel socket = SocketChannel.open()
                    .setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER_OCTETS)
                    .setOption(StandardSocketOptions.SO_SNDBUF, SMALL_BUFFER_OCTETS)
                    .bind(new InetSocketAddress("127.0.3." + (1 + i % clients), 0));
            held.sockets.add(socket);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            socket.configureBlocking(false);
            write(socket, ByteBuffer.wrap(first));
        }
        return held;
    }

    /** Sends the octets on each as often as the server takes them, at most so many times; how many it took in all. */
    long send(byte[] octets, int times) {
        long taken = 0;
        for (int round = 0; round < times; round++) {
            for (SocketChannel socket : sockets) {
                taken += write(socket, ByteBuffer.wrap(octets));
            }
        }
        return taken;
    }

    private static int write(SocketChannel socket, ByteBuffer octets) {
        try {
            return octets.hasRemaining() ? socket.write(octets) : 0;
        } catch (IOException e) {
            // The server has ended it.
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel socket : sockets) {
            socket.close();
        }
    }
}
