package org.cairndns.plugin.forward;

import java.net.InetAddress;
import org.cairndns.plugin.spi.ClientPlaces;

/**
 * How many queries each client address has under way on one event loop, so that one client cannot take the places of all.
 *
 * <p>Clients that meet in {@link ClientPlaces} count as one. For one event loop.
 */
final class ClientsUnderWay {
    private static final int PLACE_BITS = 12;

    private final int max;
    private final ClientPlaces places;
    private final int[] counts;
    private int clients;
    private int all;

    /**
     * @param max queries under way at a time, of all clients
     * @param seed a random number that no client knows
     */
    ClientsUnderWay(int max, int seed) {
        this.max = max;
        this.places = new ClientPlaces(PLACE_BITS, seed);
        this.counts = new int[places.count()];
    }

    /** Counts a query in; to be followed by {@link #leave} whatever the other methods say. */
    void enter(InetAddress client) {
        all++;
        if (counts[places.of(client)]++ == 0) {
            clients++;
        }
    }

    void leave(InetAddress client) {
        all--;
        if (--counts[places.of(client)] == 0) {
            clients--;
        }
    }

    /** True if there are too many, whoever sent them. */
    boolean isFull() {
        return all > max;
    }

    /** True if more than half of all places are taken and the client has more than an equal part of them. */
    boolean isGreedy(InetAddress client) {
        return all > max / 2 && clients > 1 && counts[places.of(client)] > max / 2 / clients;
    }
}
