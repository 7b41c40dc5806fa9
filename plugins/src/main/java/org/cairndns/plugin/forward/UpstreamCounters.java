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

    /** A response came when another upstream had answered already. */
    void late() {
        count(ForwardMetrics.LATE);
    }

    /** A query came because another upstream was late. */
    void hedged() {
        count(ForwardMetrics.HEDGES);
    }

    /** Such a query was answered first. */
    void hedgeWon() {
        count(ForwardMetrics.HEDGE_WINS);
    }

    /** A query was late, and no other upstream was asked because too many queries were sent twice already. */
    void hedgeWithheld() {
        count(ForwardMetrics.HEDGES_WITHHELD);
    }

    /** A response came with the question in other letter case than was sent. */
    void otherCase() {
        count(ForwardMetrics.OTHER_CASE);
    }

    /** A query was sent again over TCP because what came over UDP is not to be trusted. */
    void askedOverStream() {
        count(ForwardMetrics.OVER_STREAM);
    }

    private void count(int slot) {
        shard.add(shard.counters(firstSeries + ForwardMetrics.COUNTERS), slot, 1);
    }
}
