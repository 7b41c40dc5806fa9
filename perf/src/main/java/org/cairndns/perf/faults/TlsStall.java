package org.cairndns.perf.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An upstream that takes every connection and never says a word, so that no TLS handshake ends. */
final class TlsStall implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final ServerSocket listener;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private TlsStall(ServerSocket listener) {
        this.listener = listener;
    }

    /** Begins to take connections on a free port of loopback. */
    static TlsStall start() throws IOException {
        TlsStall stall = new TlsStall(new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1")));
        Thread.ofVirtual().start(stall::accept);
        return stall;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connections.add(listener.accept());
            } catch (IOException e) {
                // Closed below.
            }
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Connections taken so far. */
    int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
