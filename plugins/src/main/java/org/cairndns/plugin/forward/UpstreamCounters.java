package org.cairndns.plugin.forward;

import org.cairndns.plugin.spi.DurationBuckets;
import org.cairndns.plugin.spi.ThreadCounters;

/** Counters of one upstream on one thread, which alone may use them. */
final class UpstreamCounters {
    private final ThreadCounters.Shard shard;
    private final int firstSeries;

    UpstreamCounters(ThreadCounters.Shard shard, int firstSeries) {
        this.shard = shard;
        this.firstSeries = firstSeries;
    }

    /** A query goes out on a connection that was open already, or for which one is opened. */
    void sent(ConnectionKind kind, boolean reused) {
        count((reused ? ForwardMetrics.REUSED : ForwardMetrics.OPENED) + kind.ordinal());
    }

    /** A response came after so many nanoseconds. */
    void answered(int rcode, long nanos) {
        int series = firstSeries + Math.min(rcode, ForwardMetrics.RCODES);
        long[] slots = shard.counters(series);
        shard.add(slots, DurationBuckets.bucket(nanos), 1);
        shard.add(slots, ForwardMetrics.SUM_NANOS, nanos);
    }

    /** A health check failed. */
    void checkFailed() {
        count(ForwardMetrics.CHECK_FAILURES);
    }

    /** A message came that answers no query under way. */
    void ignored() {
        count(ForwardMetrics.IGNORED);
    }

    private void count(int slot) {
        shard.add(shard.counters(firstSeries + ForwardMetrics.COUNTERS), slot, 1);
    }
}
