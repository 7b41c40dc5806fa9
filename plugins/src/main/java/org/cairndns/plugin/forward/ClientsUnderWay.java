package org.cairndns.plugin.forward;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.StreamSupport;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.ClientPlaces;
import org.cairndns.plugin.spi.MemoryShares;
import org.cairndns.wire.Query;

/**
 * How many queries each client address has under way to upstreams, so that all together fit into the heap and one client cannot
 * take the places of all.
 *
 * <p>Clients that meet in {@link ClientPlaces} count as one, a large query as several. One for all directives of the process, so
 * that their number does not multiply the heap. Any thread.
 */
final class ClientsUnderWay implements AutoCloseable {
    private static final int PLACE_BITS = 12;

    private final int max;
    private final ClientPlaces places;
    private final AtomicIntegerArray counts;
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger all = new AtomicInteger();

    /**
     * @param max queries under way at a time, of all clients
     * @param seed a random number that no client knows
     */
    ClientsUnderWay(int max, int seed) {
        this.max = max;
        this.places = new ClientPlaces(PLACE_BITS, seed);
        this.counts = new AtomicIntegerArray(places.count());
    }

    /** That of the process. */
    static ClientsUnderWay of(BlockContext context, int seed) {
        long loops = StreamSupport.stream(context.server().eventLoops().spliterator(), false)
                .count();
        int max = context.server().memory().forwarded((int) loops);
        return context.shared(ClientsUnderWay.class, () -> new ClientsUnderWay(max, seed));
    }

    /** Counts a query in; to be followed by {@link #leave} whatever the other methods say. */
    void enter(Query query) {
        int count = MemoryShares.places(query);
        all.addAndGet(count);
        if (counts.getAndAdd(placeOf(query), count) == 0) {
            clients.incrementAndGet();
        }
    }

    void leave(Query query) {
        int count = MemoryShares.places(query);
        all.addAndGet(-count);
        if (counts.addAndGet(placeOf(query), -count) == 0) {
            clients.decrementAndGet();
        }
    }

    private int placeOf(Query query) {
        InetAddress client = query.client().getAddress();
        return places.of(client);
    }

    /** True if there are too many, whoever sent them. */
    boolean isFull() {
        return all.get() > max;
    }

    /** True if more than half of all places are taken and the client has more than an equal part of them. */
    boolean isGreedy(Query query) {
        int others = clients.get();
        return all.get() > max / 2 && others > 1 && counts.get(placeOf(query)) > max / 2 / others;
    }

    @Override
    public void close() {
        // Queries that are under way still count; there is nothing to give back.
    }
}
