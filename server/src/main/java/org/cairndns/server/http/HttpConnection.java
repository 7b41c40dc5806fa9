package org.cairndns.server.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * One client's connection, for one request.
 *
 * <p>It belongs to the thread that serves it; others may only {@link #abort} it. What {@link HttpConnections} notes of it is
 * guarded by that.
 */
final class HttpConnection implements HttpReply {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Time and octets for what a client goes on sending, so that it sees the response and not a reset. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private static final int MAX_LINGER_READS = 64;
    private static final int LINGER_OCTETS = 1024;

    private final HttpConnections connections;
    private final Socket socket;

    /** True while it waits for its client. */
    boolean waiting;

    /** Then, when it has waited enough. */
    long deadlineNanos;

    /** Octets that its client has not taken yet, at most. */
    int unsentOctets;

    private boolean forHead;

    HttpConnection(HttpConnections connections, Socket socket) {
        this.connections = connections;
        this.socket = socket;
    }

    InetAddress client() {
        return socket.getInetAddress();
    }

    /** Answers the request that comes. */
    void serve(HttpService service) throws IOException {
        socket.setTcpNoDelay(true);
        switch (new HttpHeadReader(socket.getInputStream()).read()) {
            case HttpRequest request -> {
                connections.works(this);
                forHead = request.isForHead();
                service.serve(request, this);
            }
            case HttpHead.Refused refused -> send(refused.status(), Map.of(), new byte[0]);
            case HttpHead.Absent absent -> {
                return;
            }
        }
        linger();
    }

    @Override
    public void send(int status, Map<String, String> headers, byte[] body) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(HttpResponseStatus.valueOf(status))
                .append("\r\nDate: ")
                .append(DATE.format(connections.now()))
                .append("\r\nContent-Length: ")
                .append(body.length)
                .append("\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        connections.sends(this, body.length);
        OutputStream out = socket.getOutputStream();
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!forHead) {
            out.write(body);
        }
    }

    private void linger() throws IOException {
        socket.shutdownOutput();
        connections.waits(this, LINGER);
        InputStream in = socket.getInputStream();
        byte[] rest = new byte[LINGER_OCTETS];
        for (int reads = 0; reads < MAX_LINGER_READS; reads++) {
            if (in.read(rest) < 0) {
                return;
            }
        }
    }

    /** Ends it whatever it does; any thread. */
    void abort() {
        try {
            socket.close();
        } catch (IOException e) {
            HttpConnections.LOG.debug("http {}: {}", client(), e.toString());
        }
    }
}
