package org.cairndns.perf.load;

import java.util.Arrays;

/**
 * Queries of one run without an answer so far, by socket and id: when each was due and when it went out.
 *
 * <p>Each socket counts its ids up, and a query lies in the slot of its id's low bits until that slot's next turn. So a
 * run needs slots for as many queries as are sent before one counts as lost. One thread, no objects.
 */
final class InFlight {
    private static final int MAX_SLOTS = 1 << 16;
    private static final int NOTHING = -1;

    private final int slots;
    private final int[] nextId;
    private final int[] id;
    private final long[] dueNanos;
    private final long[] sentNanos;
    private int waiting;

    /**
     * Room for queries.
     *
     * @param perSocket queries of one socket that can be without an answer, at most 65,536
     */
    InFlight(int sockets, int perSocket) {
        this.slots = Math.min(MAX_SLOTS, Integer.highestOneBit(Math.max(1, perSocket - 1)) << 1);
        this.nextId = new int[sockets];
        this.id = new int[sockets * slots];
        this.dueNanos = new long[sockets * slots];
        this.sentNanos = new long[sockets * slots];
        Arrays.fill(id, NOTHING);
    }

    /** The id that the next query of a socket has. */
    int nextId(int socket) {
        return nextId[socket];
    }

    /** Keeps the next query of a socket, in the place of one that had no answer for a whole turn. */
    void add(int socket, long due, long sent) {
        int next = nextId[socket];
        int slot = slot(socket, next);
        if (id[slot] == NOTHING) {
            waiting++;
        }
        id[slot] = next;
        dueNanos[slot] = due;
        sentNanos[slot] = sent;
        nextId[socket] = (next + 1) & 0xffff;
    }

    /**
     * Takes out the query that an answer belongs to.
     *
     * @return its slot, whose times are valid until the next {@link #add}; negative if no query waits for this answer
     */
    int take(int socket, int answerId) {
        int slot = slot(socket, answerId);
        if (id[slot] != answerId) {
            return NOTHING;
        }
        id[slot] = NOTHING;
        waiting--;
        return slot;
    }

    long dueNanos(int slot) {
        return dueNanos[slot];
    }

    long sentNanos(int slot) {
        return sentNanos[slot];
    }

    /** Queries that still wait. */
    int waiting() {
        return waiting;
    }

    private int slot(int socket, int queryId) {
        return socket * slots + (queryId & (slots - 1));
    }
}
