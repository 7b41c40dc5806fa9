package org.cairndns.plugin.cache;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.cairndns.plugin.spi.ClientPlaces;

/**
 * Places for queries that wait, of which a client may have no more than there are left.
 *
 * <p>So one client alone gets half of them at most, two get a third each, and there is always room for one more. Clients that
 * meet in {@link ClientPlaces} have together what one would have. Any thread.
 */
final class WaitingPlaces {
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

    /** The share of a client. */
    int of(InetSocketAddress client) {
        InetAddress address = client.getAddress();
        return address == null ? 0 : clients.of(address);
    }

    /** Takes a place for a client; false if it has as many as there are left. */
    boolean take(int share) {
        int mine = byClient.incrementAndGet(share);
        int all = taken.incrementAndGet();
        if (mine <= places - all + 1) {
            return true;
        }
        release(share);
        return false;
    }

    /** Places that a client has. */
    int count(int share) {
        return byClient.get(share);
    }

    void release(int share) {
        byClient.decrementAndGet(share);
        taken.decrementAndGet();
    }

    /** Places of all clients. */
    int taken() {
        return taken.get();
    }
}
