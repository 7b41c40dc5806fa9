package org.cairndns.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.cairndns.corefile.HostPort;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.HttpEndpoints.Responder;
import org.cairndns.plugin.spi.PluginLog;

/**
 * HTTP servers for health, readiness and metrics, one per address.
 *
 * <p>An address that is taken is a condition and tried again until it is free.
 */
final class HttpServers {
    private static final PluginLog LOG = PluginLog.plain();
    private static final String PORT_TAKEN = "port_taken";
    private static final int RETRY_SECONDS = 5;
    private static final int BACKLOG = 64;

    /** Pages for people that are sent at a time. */
    static final int MAX_PAGES = 32;

    private static final List<String> READING = List.of("GET", "HEAD");

    private final Semaphore pages = new Semaphore(MAX_PAGES);
    private final Executor executor;
    private final ScheduledExecutorService background;
    private final Conditions conditions;
    private final Map<InetSocketAddress, HttpServer> open = new HashMap<>();
    private volatile Map<InetSocketAddress, Map<String, Responder>> wanted = Map.of();
    private boolean retryDue;

    HttpServers(Executor executor, ScheduledExecutorService background, Conditions conditions) {
        this.executor = executor;
        this.background = background;
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
                entry.getValue().stop(0);
            }
            return gone;
        });
        openMissing();
    }

    /** The port that an address with port 0 got, else its own. */
    synchronized int portOf(InetSocketAddress address) {
        HttpServer server = open.get(address);
        return server == null ? address.getPort() : server.getAddress().getPort();
    }

    /** Stops serving one address at once. */
    synchronized void close(InetSocketAddress address) {
        HttpServer server = open.remove(address);
        if (server != null) {
            server.stop(0);
        }
    }

    private synchronized void openMissing() {
        boolean failed = false;
        for (InetSocketAddress address : wanted.keySet()) {
            if (!open.containsKey(address)) {
                failed |= !open(address);
            }
        }
        if (failed && !retryDue && !background.isShutdown()) {
            retryDue = true;
            background.schedule(this::retry, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private synchronized void retry() {
        retryDue = false;
        openMissing();
    }

    private boolean open(InetSocketAddress address) {
        try {
            probe(address);
            HttpServer server = HttpServer.create(address, BACKLOG);
            server.setExecutor(executor);
            server.createContext("/", exchange -> answer(address, exchange));
            server.start();
            open.put(address, server);
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

    /** Finds a taken port before {@link HttpServer#create} does, which never closes the socket that it could not bind. */
    private static void probe(InetSocketAddress address) throws IOException {
        if (address.getPort() == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address, BACKLOG);
        }
    }

    private static String label(InetSocketAddress address) {
        String host = address.getAddress().isAnyLocalAddress()
                ? ""
                : address.getAddress().getHostAddress();
        return "http://" + new HostPort(host, address.getPort());
    }

    private void answer(InetSocketAddress address, HttpExchange exchange) throws IOException {
        try (exchange) {
            Responder responder = wanted.getOrDefault(address, Map.of())
                    .get(exchange.getRequestURI().getPath());
            if (responder == null) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!responder.isReadOnly()) {
                send(responder, exchange);
            } else if (!READING.contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", String.join(", ", READING));
                exchange.sendResponseHeaders(405, -1);
            } else {
                sendOneOfFew(responder, exchange);
            }
        }
    }

    /** Probes and scrapes are always answered; clients of pages for people that take their time must not add up. */
    private void sendOneOfFew(Responder responder, HttpExchange exchange) throws IOException {
        if (!pages.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        try {
            send(responder, exchange);
        } finally {
            pages.release();
        }
    }

    private static void send(Responder responder, HttpExchange exchange) throws IOException {
        Page page = page(responder, exchange.getRequestURI());
        exchange.getResponseHeaders().set("Content-Type", page.contentType());
        page.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bodiless =
                page.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(page.status(), bodiless ? -1 : page.body().length);
        if (!bodiless) {
            exchange.getResponseBody().write(page.body());
        }
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
