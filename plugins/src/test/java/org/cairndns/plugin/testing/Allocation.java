package org.cairndns.plugin.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.wire.Query;

/** Measure of what a handler leaves to the garbage collector. */
public final class Allocation {
    private Allocation() {}

    /** Octets that the calling thread allocates per query once everything is warm; the query is asked twice {@code count}. */
    public static double octetsPerQuery(Handler handler, Query query, int count) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(handler, query, count);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(handler, query, count);
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / count;
    }

    private static void run(Handler handler, Query query, int count) {
        for (int i = 0; i < count; i++) {
            handler.handle(query);
        }
    }
}
