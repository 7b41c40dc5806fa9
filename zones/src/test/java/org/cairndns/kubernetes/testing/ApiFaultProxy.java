package org.cairndns.kubernetes.testing;

import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A relay between clients and a Kubernetes API on loopback that does harm on demand: see {@link ApiFaults}.
 *
 * <p>HTTP/1.1, over TLS with the API's own certificate where the API speaks TLS. What it does not harm passes as it is, but for the
 * pieces in which bodies travel. Where no more is wanted than to cut connections, {@link TcpProxy} does that to any protocol.
 */
public final class ApiFaultProxy implements AutoCloseable {
    private static final int PIECE_OCTETS = 16 << 10;

    private final int targetPort;
    private final ServerSocket listener;
    private final SocketFactory toTarget;
    private final ApiFaults faults = new ApiFaults();
    private final OpenSockets sockets = new OpenSockets();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private ApiFaultProxy(int targetPort, ServerSocketFactory fromClients, SocketFactory toTarget) throws IOException {
        this.targetPort = targetPort;
        this.toTarget = toTarget;
        this.listener = fromClients.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** A relay to an API of a test. */
    public static ApiFaultProxy to(TestApi api) {
        URI url = URI.create(api.url());
        try {
            return api instanceof ApiServerProcess process
                    ? toServer(url, process.certificate().resolveSibling(""))
                    : new ApiFaultProxy(url.getPort(), ServerSocketFactory.getDefault(), SocketFactory.getDefault());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A relay to an API server that speaks TLS.
     *
     * @param certificates its folder with {@code apiserver.crt} and {@code apiserver.key}
     */
    public static ApiFaultProxy toServer(URI url, Path certificates) throws IOException {
        Path certificate = certificates.resolve("apiserver.crt");
        String key = certificates.resolve("apiserver.key").toString();
        try {
            SSLContext own = SSLContext.getInstance("TLS");
            own.init(
                    SSLUtils.keyManagers(null, certificate.toString(), null, key, "RSA", "changeit", null, null),
                    null,
                    null);
            return new ApiFaultProxy(
                    url.getPort(),
                    own.getServerSocketFactory(),
                    ApiServerProcess.trusting(certificate).getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** What is wrong. */
    public ApiFaults faults() {
        return faults;
    }

    /** Path and query of the requests so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Closes all connections, and new ones at once until the faults are ended. */
    public void cut() {
        faults.cut(true);
        sockets.closeAll();
    }

    /** A kubeconfig file, beside another one, by which connections go through this relay. */
    public Path kubeconfig(Path of) throws IOException {
        return Kubeconfigs.by(port(), targetPort, of);
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
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that left while it came: there may be a next one.
                continue;
            }
        }
    }

    private void serve(Socket client) {
        sockets.add(client);
        try (client) {
            faults.hold();
            InputStream in = new BufferedInputStream(client.getInputStream());
            while (!faults.isCut()) {
                String head = HttpOctets.readHead(in);
                if (head == null) {
                    return;
                }
                byte[] body = HttpOctets.header(head, "content-length").isEmpty()
                        ? new byte[0]
                        : HttpOctets.body(head, in).readAllBytes();
                answer(head, body, client.getOutputStream());
            }
        } catch (IOException e) {
            // Either side has gone, and the other one shall notice: the connection closes here.
            OpenSockets.close(client);
        } finally {
            sockets.remove(client);
        }
    }

    private void answer(String head, byte[] body, OutputStream out) throws IOException {
        String request = head.lines().findFirst().orElse("").split(" ")[1];
        requests.add(request);
        faults.hold();
        ApiFaults.Refusal refusal = faults.refusal();
        if (refusal.requests().test(request)) {
            out.write(refusalOf(refusal).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return;
        }
        Socket target = toTarget.createSocket(InetAddress.getLoopbackAddress(), targetPort);
        sockets.add(target);
        try (target) {
            // Events are told apart by their octets, so bodies must not be packed.
            String asked = HttpOctets.without(head, "connection", "accept-encoding") + "Connection: close\r\n\r\n";
            target.getOutputStream().write(asked.getBytes(StandardCharsets.US_ASCII));
            target.getOutputStream().write(body);
            target.getOutputStream().flush();
            InputStream in = new BufferedInputStream(target.getInputStream());
            String answer = HttpOctets.readHead(in);
            if (answer == null) {
                throw new IOException("no answer");
            }
            faults.hold();
            String open = HttpOctets.without(answer, "connection", "content-length", "transfer-encoding");
            out.write((open + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            relay(request, answer, HttpOctets.body(answer, in), out);
            HttpOctets.writeLastChunk(out);
        } finally {
            sockets.remove(target);
        }
    }

    private void relay(String request, String answer, InputStream body, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE_OCTETS];
        boolean watch = request.contains("watch=true");
        WatchFrames frames = new WatchFrames(HttpOctets.header(answer, "content-type"), (type, octets) -> {
            if (!faults.drops(type)) {
                HttpOctets.writeChunk(out, octets, octets.length);
            }
        });
        for (int read = body.read(piece, 0, piece.length); read >= 0; read = body.read(piece, 0, piece.length)) {
            faults.hold();
            if (watch) {
                frames.feed(piece, read);
            } else if (read > 0) {
                HttpOctets.writeChunk(out, piece, read);
            }
        }
    }

    private static String refusalOf(ApiFaults.Refusal refusal) {
        String body = "{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":\"on purpose\",\"code\":"
                + refusal.code() + "}";
        return "HTTP/1.1 " + refusal.code() + " Refused\r\nContent-Type: application/json\r\n" + refusal.headers()
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
