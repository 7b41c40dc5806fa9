package org.cairndns.plugin.forward;

import java.net.InetAddress;

/**
 * How many queries each client address has under way on one event loop, so that one client cannot take the places of all.
 *
 * <p>A table of fixed size: addresses that fall on the same place share it, which addresses do is different in every process.
 * For one event loop.
 */
final class ClientShares {
    private static final int PLACE_BITS = 12;

    /** 2^32 divided by the golden ratio. */
    private static final int MIX = 0x9e3779b9;

    /** Odd, as is every factor that loses no bits. */
    private final int factor;

    private final int max;
    private final int[] counts = new int[1 << PLACE_BITS];
    private int clients;
    private int all;

    /**
     * @param max queries under way at a time, of all clients
     * @param seed what nobody outside knows
     */
    ClientShares(int max, int seed) {
        this.max = max;
        this.factor = seed | 1;
    }

    /** Counts a query in; to be followed by {@link #leave} whatever the other methods say. */
    void enter(InetAddress client) {
        all++;
        if (counts[place(client)]++ == 0) {
            clients++;
        }
    }

    void leave(InetAddress client) {
        all--;
        if (--counts[place(client)] == 0) {
            clients--;
        }
    }

    /** True if there are too many, whoever sent them. */
    boolean isFull() {
        return all > max;
    }

    /** True if more than half of all places are taken and the client has more than an equal part of them. */
    boolean isGreedy(InetAddress client) {
        return all > max / 2 && clients > 1 && counts[place(client)] > max / 2 / clients;
    }

    private int place(InetAddress client) {
        // Neighbouring addresses must not fall on one place, whatever the factor is.
        int hash = client.hashCode() * MIX;
        return (hash ^ hash >>> 15) * factor >>> Integer.SIZE - PLACE_BITS;
    }
}
