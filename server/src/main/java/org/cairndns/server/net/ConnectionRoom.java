package org.cairndns.server.net;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Heap for the connections of all listening addresses together, by what one of each kind weighs.
 *
 * <p>So many addresses as there are, and whatever clients do with them, the rest of the heap is left to others. Thread-safe.
 */
final class ConnectionRoom {
    private final long maxOctets;
    private final AtomicLong taken = new AtomicLong();

    /** Those that have connections. */
    private final Set<ConnectionTable> tables = ConcurrentHashMap.newKeySet();

    ConnectionRoom(long maxOctets) {
        this.maxOctets = maxOctets;
    }

    /** True if there are so many octets left. */
    boolean has(int octets) {
        return taken.get() + octets <= maxOctets;
    }

    /** Takes octets if they are left. */
    boolean take(int octets) {
        if (taken.addAndGet(octets) <= maxOctets) {
            return true;
        }
        taken.addAndGet(-octets);
        return false;
    }

    void giveBack(int octets) {
        taken.addAndGet(-octets);
    }

    /** A table has one more connection. */
    void joined(ConnectionTable table) {
        taken.addAndGet(table.octetsEach());
        tables.add(table);
    }

    /**
     * A table has a connection less.
     *
     * @param isEmpty true if that was its last one
     */
    void left(ConnectionTable table, boolean isEmpty) {
        taken.addAndGet(-table.octetsEach());
        if (isEmpty) {
            tables.remove(table);
        }
    }

    /** The table whose connections take most. */
    Optional<ConnectionTable> largest() {
        return tables.stream().max(Comparator.comparingLong(table -> (long) table.size() * table.octetsEach()));
    }
}
