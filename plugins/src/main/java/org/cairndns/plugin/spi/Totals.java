package org.cairndns.plugin.spi;

import java.util.EnumMap;
import java.util.Map;

/** What the process has counted since its start, as of one moment. Not thread-safe. */
public final class Totals {
    /** A number that only grows. */
    public enum Count {
        /** Queries. */
        QUERIES,
        /** Responses with SERVFAIL. */
        SERVFAIL,
        /** Queries that a cache was asked for. */
        CACHE_REQUESTS,
        /** Those that it had the response to. */
        CACHE_HITS
    }

    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final DurationCounts durations = new DurationCounts();

    public void add(Count count, long amount) {
        counts.merge(count, amount, Long::sum);
    }

    public long of(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    /** Times from query to response. */
    public DurationCounts durations() {
        return durations;
    }
}
