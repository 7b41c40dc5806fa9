package org.cairndns.plugin.spi;

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

    private final long[] counts = new long[Count.values().length];
    private final DurationCounts durations = new DurationCounts();

    public void add(Count count, long amount) {
        counts[count.ordinal()] += amount;
    }

    /** Adds all that others have counted. */
    void add(Totals others) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others.counts[i];
        }
        durations.add(others.durations);
    }

    public long of(Count count) {
        return counts[count.ordinal()];
    }

    /** Times from query to response. */
    public DurationCounts durations() {
        return durations;
    }
}
