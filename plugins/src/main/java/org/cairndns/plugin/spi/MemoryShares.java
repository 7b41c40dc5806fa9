package org.cairndns.plugin.spi;

import org.cairndns.wire.Query;

/**
 * How much of the JVM's memory each table may take that clients can fill: what one of them holds keeps the others and the
 * server itself going.
 *
 * <p>With the heap that the server is delivered with, 64 MiB, all full tables leave room for the server and a cluster of usual
 * size; with a larger one they grow up to bounds that time and fairness set. The parts of objects were weighed with the JVM
 * options that the server is delivered with, see the page "Overload".
 *
 * @param heapOctets most that the heap may become
 * @param directOctets most that buffers outside of the heap may take together
 */
public record MemoryShares(long heapOctets, long directOctets) {
    /** A query that waits for an upstream: itself, two attempts, what the layers do about the reply. */
    private static final int FORWARDED_OCTETS = 1_250;

    private static final int MAX_FORWARDED_OF_LOOP = 20_000;

    /** A query that waits for the reply to an equal one. */
    private static final int WAITING_OCTETS = 640;

    private static final int MAX_WAITING = 20_000;

    /** Of a query that counts as one; larger ones hold more heap, by names and options. */
    private static final int QUERY_OCTETS = 128;

    /** How many a query counts for in tables of queries, 1 for all but large ones. */
    public static int places(Query query) {
        return 1 + query.sizeOctets() / QUERY_OCTETS;
    }

    /**
     * Queries under way to upstreams, of all server blocks together: three sixteenths of the heap.
     *
     * @param eventLoops of the process, 1 or more
     */
    public int forwarded(int eventLoops) {
        return number(3 * heapOctets / 16, FORWARDED_OCTETS, (long) MAX_FORWARDED_OF_LOOP * eventLoops);
    }

    /** Queries that wait for the reply to an equal one, of all caches together: a sixteenth of the heap. */
    public int waiting() {
        return number(heapOctets / 16, WAITING_OCTETS, MAX_WAITING);
    }

    /** Octets of heap for one cache whose size is not given: a quarter. */
    public long cacheOctets() {
        return heapOctets / 4;
    }

    /** Octets of heap for the responses that are kept for repetition, on all loops together: an eighth. */
    public long repeatedOctets() {
        return heapOctets / 8;
    }

    /** Octets of heap for all connections of clients together: an eighth. */
    public long connectionOctets() {
        return heapOctets / 8;
    }

    /**
     * Octets of buffers for what connections of clients have and cannot get rid of, together: queries not whole, responses not taken. A
     * sixth, for buffers are up to three times as large as what is in them.
     */
    public long heldOctets() {
        return directOctets / 6;
    }

    private static int number(long octets, int octetsEach, long most) {
        return (int) Math.clamp(octets / octetsEach, 1, Math.min(most, Integer.MAX_VALUE));
    }
}
