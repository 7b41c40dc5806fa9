package org.cairndns.plugin.forward;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One upstream as one event loop sees it: its connections and counters. For that loop. */
final class LoopUpstream {
    /** A handshake that stalls should not hold up more. */
    private static final int MAX_WAITING_TO_OPEN = 8;

    private final LoopForwarder loop;
    private final Upstream upstream;
    private final ConnectionPool datagrams;
    private final ConnectionPool streams;
    private final String label;
    private final Patience patience;
    private @Nullable UpstreamCounters counters;
    private boolean left;
    private long leftNanos;

    /** Queries that wait for a connection to open. */
    private int waitingToOpen;

    LoopUpstream(LoopForwarder loop, Upstream upstream, ForwardConfig.Connections limits) {
        this.loop = loop;
        this.upstream = upstream;
        this.label = upstream.label();
        this.patience = new Patience(loop.config().attempts().patience());
        this.datagrams = new ConnectionPool(this, ConnectionKind.UDP, limits);
        this.streams = new ConnectionPool(this, ConnectionKind.of(upstream.address(), true), limits);
    }

    LoopForwarder loop() {
        return loop;
    }

    Upstream upstream() {
        return upstream;
    }

    UpstreamAddress address() {
        return upstream.address();
    }

    /** The upstream in messages and metrics, {@code ip:port}. */
    String label() {
        return label;
    }

    UpstreamCounters counters() {
        UpstreamCounters known = counters;
        if (known == null) {
            known = loop.metrics().countersOf(upstream.address());
            counters = known;
        }
        return known;
    }

    /**
     * Begins an exchange, or gives the reason why it cannot begin.
     *
     * @param stream true for TCP; an upstream that speaks TLS speaks nothing else
     * @param fresh true for a connection that was not used before
     */
    Optional<String> begin(Exchange exchange, boolean stream, boolean fresh) {
        ConnectionKind kind = ConnectionKind.of(upstream.address(), stream);
        try {
            return begin(exchange, kind, fresh);
        } catch (OutOfMemoryError e) {
            // Of memory outside of the heap, which connections of clients may hold for some seconds.
            return Optional.of("no memory for a query over " + kind.label());
        }
    }

    private Optional<String> begin(Exchange exchange, ConnectionKind kind, boolean fresh) {
        ConnectionPool pool = kind.isStream() ? streams : datagrams;
        UpstreamConnection connection = pool.take(fresh);
        if (connection == null) {
            return Optional.of("too many queries under way over " + kind.label());
        }
        counters().sent(kind, connection.sent() > 0);
        boolean connected = connection.isOpen() || !kind.isStream();
        begin(exchange, connection, patience.first(connected));
        waitingToOpen = connected ? 0 : connection.underWay();
        if (left) {
            retire(connection);
        } else {
            loop.sweepSoon();
        }
        return Optional.empty();
    }

    /** What cannot be sent is not under way. */
    private static void begin(Exchange exchange, UpstreamConnection connection, DeadlineQueue deadlines) {
        try {
            connection.begin(exchange, deadlines);
        } catch (Throwable e) {
            if (exchange.equals(connection.find(exchange.id))) {
                connection.end(exchange);
            }
            throw e;
        }
    }

    /** A response to a query of a client came. */
    void answered(Exchange exchange, int rcode, long nanos) {
        counters().answered(rcode, nanos);
        upstream.answered();
        if (exchange.measured) {
            patience.answered(nanos, exchange.startNanos + nanos);
        }
    }

    /** A response to a query of a client does not come in the usual time. */
    void late(Exchange exchange) {
        long now = loop.nanoTime();
        patience.late(now - exchange.startNanos, now);
    }

    /** Moving average of the times of responses, 0 if none is known. */
    long averageNanos(long nowNanos) {
        return patience.averageNanos(nowNanos);
    }

    /** Tells exchanges whose time is over. */
    void expire(long nowNanos) {
        patience.expire(nowNanos);
    }

    /** Has the loop look again when the next exchange's time is over. */
    void wake() {
        patience.wake(loop);
    }

    /** True if no query waits for a response. */
    boolean isQuiet() {
        return patience.isEmpty();
    }

    /** Begins the exchange of a health check, on a connection of its own. */
    void beginCheck(Exchange check) {
        boolean stream = loop.config().transports().forceTcp();
        UpstreamConnection connection = open(ConnectionKind.of(upstream.address(), stream));
        try {
            begin(check, connection, loop.checks());
        } finally {
            connection.retire();
        }
    }

    /** True if so many queries wait for a connection to open that others had better go elsewhere. */
    boolean isOpening() {
        return waitingToOpen >= MAX_WAITING_TO_OPEN;
    }

    /** A new connection; it hears later whether it could be opened. */
    UpstreamConnection open(ConnectionKind kind) {
        UpstreamConnection connection = switch (kind) {
            case UDP -> new UdpConnection(this);
            case TCP, TLS -> new StreamConnection(this, kind);
            case HTTPS -> new DohConnection(this, loop.config().transports().dohMethod());
        };
        loop.open(connection);
        return connection;
    }

    private ConnectionPool poolOf(UpstreamConnection connection) {
        return connection.kind().isStream() ? streams : datagrams;
    }

    void retire(UpstreamConnection connection) {
        poolOf(connection).retire(connection);
    }

    void forget(UpstreamConnection connection) {
        waitingToOpen = 0;
        poolOf(connection).remove(connection);
    }

    void flushed(UpstreamConnection connection) {
        waitingToOpen = 0;
        poolOf(connection).flushed(connection);
    }

    void sweep() {
        datagrams.retireBad();
        streams.retireBad();
    }

    /** Is no longer an upstream; queries that tried it before may come back to it once more. */
    void leave() {
        left = true;
        leftNanos = loop.nanoTime();
        retireAll();
    }

    void retireAll() {
        datagrams.retireAll();
        streams.retireAll();
    }

    /** True once it is no longer an upstream. */
    boolean hasLeft() {
        return left;
    }

    /** When it left; only after {@link #leave}. */
    long leftNanos() {
        return leftNanos;
    }

    boolean hasConnections() {
        return datagrams.size() + streams.size() > 0;
    }
}
