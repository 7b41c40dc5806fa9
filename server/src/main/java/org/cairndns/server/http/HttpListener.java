package org.cairndns.server.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An address on which HTTP requests are answered, with a thread that takes connections. */
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final int BACKLOG = 256;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ServerSocket socket;
    private final HttpService service;
    private final HttpSurroundings surroundings;
    private final HttpConnections connections;

    private HttpListener(ServerSocket socket, HttpService service, HttpLimits limits, HttpSurroundings surroundings) {
        this.socket = socket;
        this.service = service;
        this.surroundings = surroundings;
        this.connections = new HttpConnections(limits, surroundings);
    }

    /**
     * Opens an address.
     *
     * @throws IOException if it is taken or not ours
     */
    public static HttpListener open(
            InetSocketAddress address, HttpService service, HttpLimits limits, HttpSurroundings surroundings)
            throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        HttpListener listener = new HttpListener(socket, service, limits, surroundings);
        surroundings.threads().execute(listener::acceptAll);
        return listener;
    }

    /** The port, also where port 0 was asked for. */
    public int port() {
        return socket.getLocalPort();
    }

    private void acceptAll() {
        try {
            while (!socket.isClosed()) {
                accept();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            LOG.debug("http: the process ends");
        }
    }

    private void accept() throws InterruptedException {
        Socket client;
        try {
            client = socket.accept();
        } catch (IOException e) {
            if (!socket.isClosed()) {
                // Such as no descriptor left.
                LOG.debug("http: {}", e.toString());
                connections.makeRoom();
                Thread.sleep(PAUSE);
            }
            return;
        }
        HttpConnection connection = connections.admit(client);
        surroundings.threads().execute(() -> serve(connection));
    }

    private void serve(HttpConnection connection) {
        try {
            connection.serve(service);
        } catch (IOException e) {
            LOG.debug("http {}: {}", connection.client(), e.toString());
        } finally {
            connections.leave(connection);
        }
    }

    /** Takes no more connections and ends those that are open. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("http: {}", e.toString());
        }
        connections.endAll();
    }
}
