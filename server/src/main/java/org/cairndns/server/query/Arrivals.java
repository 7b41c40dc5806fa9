package org.cairndns.server.query;

import java.util.concurrent.atomic.LongAdder;

/**
 * Queries that still come to a server that wants to leave. Any thread.
 *
 * <p>Counts once somebody watches; until then a listener pays for one read of a field per batch.
 */
public final class Arrivals {
    private final LongAdder count = new LongAdder();
    private volatile boolean watched;

    /** Some queries came; an error number of the kernel stands for none. */
    public void add(int queries) {
        if (watched && queries > 0) {
            count.add(queries);
        }
    }

    /** Counts from now on. */
    public void watch() {
        watched = true;
    }

    /** Queries since somebody watches. */
    public long count() {
        return count.sum();
    }
}
