package org.cairndns.server.http;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open connections of one address, with room for a number of them and of octets.
 *
 * <p>Where there is no room, the client with the most of it gives up the oldest of those that wait for it. So a client that
 * holds all it can get keeps nobody out. One that is closed has its place until its thread ends, which is soon, so there are
 * never more threads than places. Thread-safe.
 */
final class HttpConnections {
    static final Logger LOG = LoggerFactory.getLogger(HttpConnections.class);
    private static final int SWEEP_SECONDS = 1;

    private final HttpLimits limits;
    private final HttpSurroundings surroundings;
    private final Semaphore places;

    /** The oldest first. */
    private final Set<HttpConnection> open = new LinkedHashSet<>();

    private boolean sweepDue;

    HttpConnections(HttpLimits limits, HttpSurroundings surroundings) {
        this.limits = limits;
        this.surroundings = surroundings;
        this.places = new Semaphore(limits.connections());
    }

    Instant now() {
        return surroundings.clock().instant();
    }

    /** Takes a new connection in, to be followed by {@link #leave}; waits until there is a place for it. */
    HttpConnection admit(Socket socket) throws InterruptedException {
        if (!places.tryAcquire()) {
            makeRoom();
            places.acquire();
        }
        HttpConnection connection = new HttpConnection(this, socket);
        synchronized (this) {
            open.add(connection);
            waits(connection, limits.read());
            sweepSoon();
        }
        return connection;
    }

    /** Ends one for another one. */
    void makeRoom() {
        endOne(connection -> 1);
    }

    /** Its thread has nothing to do with it any more. */
    void leave(HttpConnection connection) {
        synchronized (this) {
            open.remove(connection);
        }
        connection.abort();
        places.release();
    }

    /** Waits for its client from now on, so long at most. */
    synchronized void waits(HttpConnection connection, Duration time) {
        connection.waiting = true;
        connection.deadlineNanos = surroundings.nanoTime().getAsLong() + time.toNanos();
    }

    /** Does not wait for its client. */
    synchronized void works(HttpConnection connection) {
        connection.waiting = false;
    }

    /** Sends this many octets from now on. */
    synchronized void sends(HttpConnection connection, int octets) {
        long unsent = 0;
        for (HttpConnection other : open) {
            unsent += other.unsentOctets;
        }
        while (unsent > limits.unsentOctets()) {
            Optional<HttpConnection> ended = endOne(other -> other.unsentOctets);
            if (ended.isEmpty()) {
                break;
            }
            unsent -= ended.get().unsentOctets;
        }
        connection.unsentOctets = octets;
        waits(connection, limits.write());
    }

    /** Of the client whose connections weigh the most, ends the oldest that weighs anything and waits for it. */
    private synchronized Optional<HttpConnection> endOne(ToIntFunction<HttpConnection> weight) {
        Map<InetAddress, Integer> weights = new HashMap<>();
        for (HttpConnection connection : open) {
            weights.merge(connection.client(), weight.applyAsInt(connection), Integer::sum);
        }
        // Of several with the same weight it is the first.
        Optional<HttpConnection> one = open.stream()
                .filter(connection -> connection.waiting && weight.applyAsInt(connection) > 0)
                .max(Comparator.comparingInt(connection -> weights.getOrDefault(connection.client(), 0)));
        one.ifPresent(this::end);
        return one;
    }

    private void end(HttpConnection connection) {
        open.remove(connection);
        connection.abort();
    }

    private void sweepSoon() {
        if (!sweepDue && !surroundings.background().isShutdown()) {
            sweepDue = true;
            surroundings.background().schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Ends those whose clients take too long. */
    private synchronized void sweep() {
        sweepDue = false;
        long now = surroundings.nanoTime().getAsLong();
        for (HttpConnection connection : List.copyOf(open)) {
            if (connection.waiting && now - connection.deadlineNanos >= 0) {
                end(connection);
            }
        }
        if (!open.isEmpty()) {
            sweepSoon();
        }
    }

    /** Ends all. */
    synchronized void endAll() {
        List.copyOf(open).forEach(this::end);
    }
}
