package org.cairndns.plugin.cache;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Places for queries that wait, of which a client may have no more than there are left.
 *
 * <p>So one client alone gets half of them at most, two get a third each, and there is always room for one more. Clients are told apart
 * by a hash of their address; two that meet share what one would have. Any thread.
 */
final class ClientShares {
    private static final int CLIENTS = 1024;

    private final int places;
    private final int seed;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicIntegerArray byClient = new AtomicIntegerArray(CLIENTS);

    /**
     * @param seed a random number that no client knows
     */
    ClientShares(int places, int seed) {
        this.places = places;
        this.seed = seed;
    }

    /** The share of a client. */
    int of(InetSocketAddress client) {
        InetAddress address = client.getAddress();
        int mixed = ((address == null ? 0 : address.hashCode()) ^ seed) * 0x9e37_79b9;
        return mixed >>> 16 & CLIENTS - 1;
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
