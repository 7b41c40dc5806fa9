package org.cairndns.perf.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A TCP port of 127.0.0.1 that another program has. */
final class TakenPort implements AutoCloseable {
    private final ServerSocket socket;

    TakenPort(int port) throws IOException {
        socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
    }

    /** Gives it back. */
    void free() throws IOException {
        socket.close();
    }

    @Override
    public String toString() {
        return Integer.toString(socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        free();
    }
}
