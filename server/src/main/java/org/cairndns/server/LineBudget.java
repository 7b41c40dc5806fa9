package org.cairndns.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How many warnings and errors each part of the server may write, so that whoever can cause them cannot fill a disk.
 *
 * <p>A part has {@value #BURST} lines at once and {@value #PER_SECOND} a second in the long run. Any thread.
 */
final class LineBudget {
    static final int PER_SECOND = 100;
    static final int BURST = 200;

    /** More than the server has; what comes after those shares one. */
    private static final int MAX_PARTS = 128;

    private static final long NANOS_PER_LINE = 1_000_000_000L / PER_SECOND;

    private final LongSupplier nanoTime;
    private final Map<String, Part> parts = new ConcurrentHashMap<>();

    LineBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Lines of one part; guarded by itself. */
    private static final class Part {
        private long paidUntilNanos;
        private long leftOut;

        Part(long nowNanos) {
            this.paidUntilNanos = nowNanos - BURST * NANOS_PER_LINE;
        }

        synchronized long take(long nowNanos) {
            long start = Math.max(paidUntilNanos, nowNanos - BURST * NANOS_PER_LINE);
            if (start + NANOS_PER_LINE - nowNanos > 0) {
                leftOut++;
                return -1;
            }
            paidUntilNanos = start + NANOS_PER_LINE;
            long before = leftOut;
            leftOut = 0;
            return before;
        }
    }

    /** Takes one line of a part's budget: how many were left out before it, or -1 if it is to be left out itself. */
    long take(String part) {
        long now = nanoTime.getAsLong();
        Part known = parts.get(part);
        if (known == null) {
            String name = parts.size() < MAX_PARTS ? part : "";
            known = parts.computeIfAbsent(name, n -> new Part(now));
        }
        return known.take(now);
    }
}
