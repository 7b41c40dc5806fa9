package org.cairndns.kubernetes.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A relay of TCP connections on loopback that can be cut. */
public final class TcpProxy implements AutoCloseable {
    private final int targetPort;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    public TcpProxy(int targetPort) {
        this(listener(), targetPort);
    }

    /** A relay of what comes to a socket that listens already, perhaps in another network. */
    public TcpProxy(ServerSocket listener, int targetPort) {
        this.targetPort = targetPort;
        this.listener = listener;
        Thread.ofVirtual().start(this::accept);
    }

    private static ServerSocket listener() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Closes all connections, and new ones at once. */
    public void cut() {
        cut = true;
        sockets.forEach(TcpProxy::close);
    }

    /** Relays again. */
    public void mend() {
        cut = false;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                if (cut) {
                    close(client);
                    continue;
                }
                Socket target = new Socket();
                sockets.add(target);
                target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
                Thread.ofVirtual().start(() -> relay(client, target));
                Thread.ofVirtual().start(() -> relay(target, client));
            } catch (IOException e) {
                // The target is down, or the listener closed: the client sees a closed connection either way.
                sockets.forEach(TcpProxy::close);
            }
        }
    }

    private void relay(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // A cut connection ends here.
            close(to);
        } finally {
            sockets.remove(from);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
