package org.cairndns.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.cairndns.corefile.HostPort;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.HttpEndpoints.Responder;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.server.http.HttpLimits;
import org.cairndns.server.http.HttpListener;
import org.cairndns.server.http.HttpReply;
import org.cairndns.server.http.HttpRequest;
import org.cairndns.server.http.HttpSurroundings;

/**
 * HTTP servers for health, readiness and metrics, one per address.
 *
 * <p>An address that is taken is a condition and tried again until it is free.
 */
final class HttpServers {
    private static final PluginLog LOG = PluginLog.plain();
    private static final String PORT_TAKEN = "port_taken";
    private static final int RETRY_SECONDS = 5;
    private static final byte[] NO_BODY = new byte[0];

    /** Pages for people that are sent at a time. */
    static final int MAX_PAGES = 32;

    private static final List<String> READING = List.of("GET", "HEAD");

    private final Semaphore pages = new Semaphore(MAX_PAGES);
    private final HttpSurroundings surroundings;
    private final Conditions conditions;
    private final Map<InetSocketAddress, HttpListener> open = new HashMap<>();
    private volatile Map<InetSocketAddress, Map<String, Responder>> wanted = Map.of();
    private boolean retryDue;

    HttpServers(HttpSurroundings surroundings, Conditions conditions) {
        this.surroundings = surroundings;
        this.conditions = conditions;
    }

    /** Makes the open addresses and their paths those of a configuration; addresses in both stay open. */
    synchronized void apply(Map<InetSocketAddress, Map<String, Responder>> endpoints) {
        for (InetSocketAddress before : wanted.keySet()) {
            if (!endpoints.containsKey(before)) {
                conditions.drop(PORT_TAKEN, label(before));
            }
        }
        wanted = Map.copyOf(endpoints);
        open.entrySet().removeIf(entry -> {
            boolean gone = !wanted.containsKey(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        openMissing();
    }

    /** The port that an address with port 0 got, else its own. */
    synchronized int portOf(InetSocketAddress address) {
        HttpListener listener = open.get(address);
        return listener == null ? address.getPort() : listener.port();
    }

    /** Stops serving one address at once. */
    synchronized void close(InetSocketAddress address) {
        HttpListener listener = open.remove(address);
        if (listener != null) {
            listener.close();
        }
    }

    private synchronized void openMissing() {
        boolean failed = false;
        for (InetSocketAddress address : wanted.keySet()) {
            if (!open.containsKey(address)) {
                failed |= !open(address);
            }
        }
        if (failed && !retryDue && !surroundings.background().isShutdown()) {
            retryDue = true;
            surroundings.background().schedule(this::retry, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private synchronized void retry() {
        retryDue = false;
        openMissing();
    }

    private boolean open(InetSocketAddress address) {
        try {
            open.put(
                    address,
                    HttpListener.open(
                            address,
                            (request, reply) -> answer(address, request, reply),
                            HttpLimits.DEFAULT,
                            surroundings));
            conditions.end(LOG, PORT_TAKEN, label(address), "listens on " + label(address) + " now");
            return true;
        } catch (IOException e) {
            conditions.begin(
                    LOG,
                    PORT_TAKEN,
                    label(address),
                    "listen " + label(address) + ": " + e.getMessage() + " (tried again every " + RETRY_SECONDS
                            + " s; DNS goes on without)");
            return false;
        }
    }

    private static String label(InetSocketAddress address) {
        String host = address.getAddress().isAnyLocalAddress()
                ? ""
                : address.getAddress().getHostAddress();
        return "http://" + new HostPort(host, address.getPort());
    }

    private void answer(InetSocketAddress address, HttpRequest request, HttpReply reply) throws IOException {
        Responder responder =
                wanted.getOrDefault(address, Map.of()).get(request.uri().getPath());
        if (responder == null) {
            reply.send(404, Map.of(), NO_BODY);
        } else if (!responder.isReadOnly()) {
            send(responder, request, reply);
        } else if (!READING.contains(request.method())) {
            reply.send(405, Map.of("Allow", String.join(", ", READING)), NO_BODY);
        } else {
            sendOneOfFew(responder, request, reply);
        }
    }

    /** Probes and scrapes are always answered; clients of pages for people that take their time must not add up. */
    private void sendOneOfFew(Responder responder, HttpRequest request, HttpReply reply) throws IOException {
        if (!pages.tryAcquire()) {
            reply.send(503, Map.of("Retry-After", "1"), NO_BODY);
            return;
        }
        try {
            send(responder, request, reply);
        } finally {
            pages.release();
        }
    }

    private static void send(Responder responder, HttpRequest request, HttpReply reply) throws IOException {
        Page page = page(responder, request.uri());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", page.contentType());
        headers.putAll(page.headers());
        reply.send(page.status(), headers, page.body());
    }

    private static Page page(Responder responder, URI uri) {
        try {
            return responder.get(uri.getRawQuery() == null ? "" : uri.getRawQuery());
        } catch (RuntimeException | LinkageError e) {
            LOG.error(uri.getPath() + " cannot be made: " + e);
            return new Page(500, "text/plain; charset=utf-8", new byte[0]);
        }
    }
}
