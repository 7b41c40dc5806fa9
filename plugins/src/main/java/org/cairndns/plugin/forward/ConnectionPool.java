package org.cairndns.plugin.forward;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Open connections of one kind to one upstream on one event loop.
 *
 * <p>UDP: one of several sockets at random, so that source ports are hard to guess (RFC 5452 9.2), the same one for what
 * one turn of the loop brings. Streams: the one with the fewest queries under way.
 */
final class ConnectionPool {
    private static final int UDP_SOCKETS = 4;
    private static final int STREAMS = 4;

    /** Bound for when the usual number does not do. */
    private static final int MAX_CONNECTIONS = 32;

    private static final long MAX_UDP_AGE_NANOS = 60_000_000_000L;

    private final LoopUpstream upstream;
    private final ConnectionKind kind;
    private final ForwardConfig.Connections limits;
    private final List<UpstreamConnection> connections = new ArrayList<>();
    private @Nullable UpstreamConnection ofThisTurn;

    ConnectionPool(LoopUpstream upstream, ConnectionKind kind, ForwardConfig.Connections limits) {
        this.upstream = upstream;
        this.kind = kind;
        this.limits = limits;
    }

    int size() {
        return connections.size();
    }

    /**
     * A connection for one more exchange, or null if there are too many.
     *
     * @param fresh true for one that was never used
     */
    @Nullable
    UpstreamConnection take(boolean fresh) {
        UpstreamConnection taken = fresh ? null : kind.isStream() ? leastBusy() : ofThisTurnOrRandom();
        if (taken == null && connections.size() < MAX_CONNECTIONS) {
            taken = upstream.open(kind);
            connections.add(taken);
        }
        if (!kind.isStream()) {
            ofThisTurn = taken;
        }
        return taken;
    }

    private @Nullable UpstreamConnection ofThisTurnOrRandom() {
        if (ofThisTurn != null && isGood(ofThisTurn)) {
            return ofThisTurn;
        }
        retireBad();
        int count = connections.size();
        if (count < limit(UDP_SOCKETS)) {
            return null;
        }
        int start = upstream.loop().random().nextInt(count);
        for (int i = 0; i < count; i++) {
            UpstreamConnection candidate = connections.get((start + i) % count);
            if (candidate.isUsable()) {
                return candidate;
            }
        }
        return null;
    }

    private @Nullable UpstreamConnection leastBusy() {
        retireBad();
        UpstreamConnection best = null;
        for (UpstreamConnection candidate : connections) {
            if (candidate.isUsable() && (best == null || candidate.underWay() < best.underWay())) {
                best = candidate;
            }
        }
        boolean another = best != null && best.underWay() >= kind.busy() && connections.size() < limit(STREAMS);
        return another ? null : best;
    }

    private int limit(int usual) {
        return limits.maxIdle() == 0 ? usual : Math.min(usual, limits.maxIdle());
    }

    private boolean isGood(UpstreamConnection connection) {
        return connection.isUsable() && !isSpent(connection, upstream.loop().nanoTime());
    }

    /** True for a connection that has idled, lived or sent enough. */
    private boolean isSpent(UpstreamConnection connection, long nowNanos) {
        long age = nowNanos - connection.openedNanos();
        boolean idle = connection.underWay() == 0 && nowNanos - connection.usedNanos() > limits.expireNanos();
        boolean old = limits.maxAgeNanos() != 0 && age > limits.maxAgeNanos();
        boolean worn = connection.sent() >= kind.maxSent() || !kind.isStream() && age > MAX_UDP_AGE_NANOS;
        return idle || old || worn;
    }

    /** Retires connections that have done their part. */
    void retireBad() {
        long now = upstream.loop().nanoTime();
        for (int i = connections.size() - 1; i >= 0; i--) {
            UpstreamConnection connection = connections.get(i);
            if (isSpent(connection, now)) {
                connections.remove(i);
                connection.retire();
            }
        }
    }

    /** Retires all connections. */
    void retireAll() {
        for (UpstreamConnection connection : List.copyOf(connections)) {
            retire(connection);
        }
    }

    void retire(UpstreamConnection connection) {
        remove(connection);
        connection.retire();
    }

    /** Takes out a connection, if it is in. */
    void remove(UpstreamConnection connection) {
        connections.remove(connection);
        flushed(connection);
    }

    /** A turn of the loop is over. */
    void flushed(UpstreamConnection connection) {
        if (connection.equals(ofThisTurn)) {
            ofThisTurn = null;
        }
    }
}
