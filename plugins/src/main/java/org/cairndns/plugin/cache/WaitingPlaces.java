package org.cairndns.plugin.cache;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.ClientPlaces;

/**
 * Places for queries that wait, of which a client may have no more than there are left.
 *
 * <p>So one client alone gets half of them at most, two get a third each, and there is always room for one more. Clients that
 * meet in {@link ClientPlaces} have together what one would have. Any thread.
 */
final class WaitingPlaces implements AutoCloseable {
    private static final int CLIENT_BITS = 10;

    private final int places;
    private final ClientPlaces clients;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicIntegerArray byClient;

    /**
     * @param seed a random number that no client knows
     */
    WaitingPlaces(int places, int seed) {
        this.places = places;
        this.clients = new ClientPlaces(CLIENT_BITS, seed);
        this.byClient = new AtomicIntegerArray(clients.count());
    }

    /** Those of the process: so many caches as there are share one part of the heap. */
    static WaitingPlaces of(BlockContext context, int seed) {
        int max = context.server().memory().waiting();
        return context.shared(WaitingPlaces.class, () -> new WaitingPlaces(max, seed));
    }

    /** How many there are. */
    int places() {
        return places;
    }

    /** The share of a client. */
    int of(InetSocketAddress client) {
        InetAddress address = client.getAddress();
        return address == null ? 0 : clients.of(address);
    }

    /**
     * Takes places for a query of a client; false if it has as many as there are left.
     *
     * @param count of them, 1 or more
     */
    boolean take(int share, int count) {
        int mine = byClient.addAndGet(share, count);
        int all = taken.addAndGet(count);
        if (mine <= places - all + 1) {
            return true;
        }
        release(share, count);
        return false;
    }

    /** Places that a client has. */
    int count(int share) {
        return byClient.get(share);
    }

    /** Gives back places of a query. */
    void release(int share, int count) {
        byClient.addAndGet(share, -count);
        taken.addAndGet(-count);
    }

    /** Places of all clients. */
    int taken() {
        return taken.get();
    }

    @Override
    public void close() {
        // Those who wait are still told; there is nothing to give back.
    }
}
