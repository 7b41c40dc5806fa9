package org.cairndns.kubernetes.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/**
 * A relay of TCP connections on loopback that can be cut.
 *
 * <p>It knows nothing of what it relays, so that TLS and HTTP/2 pass as they are; {@link ApiFaultProxy}, which reads requests and
 * events, takes both away.
 */
public final class TcpProxy implements AutoCloseable {
    private final int targetPort;
    private final ServerSocket listener;
    private final OpenSockets sockets = new OpenSockets();
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

    /** A kubeconfig file, beside that of the API behind this relay, by which connections go through it. */
    public Path kubeconfig(Path of) throws IOException {
        return Kubeconfigs.by(port(), targetPort, of);
    }

    /** Closes all connections, and new ones at once. */
    public void cut() {
        cut = true;
        sockets.closeAll();
    }

    /** Relays again. */
    public void mend() {
        cut = false;
    }

    @Override
    public void close() {
        OpenSockets.close(listener);
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                if (cut) {
                    OpenSockets.close(client);
                    continue;
                }
                Socket target = new Socket();
                sockets.add(target);
                target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
                Thread.ofVirtual().start(() -> relay(client, target));
                Thread.ofVirtual().start(() -> relay(target, client));
            } catch (IOException e) {
                // The target is down, or the listener closed: the client sees a closed connection either way.
                sockets.closeAll();
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
            OpenSockets.close(to);
        } finally {
            sockets.remove(from);
        }
    }
}
