package org.cairndns.plugin.prometheus;

import org.cairndns.plugin.spi.Repetition;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;

/** Repetition of a response that is counted each time, once it is known which one. */
record CountedRepetition(Repetition inner, QueryMetrics metrics, int series) implements Repetition {
    /** Over at once: before there is a response nothing can be counted. */
    @Override
    public int again(long nowNanos, long tookNanos) {
        return OVER;
    }

    @Override
    public Repetition of(Query query, Response response) {
        Repetition ofInner = inner.of(query, response);
        return ofInner.isNever() ? NEVER : new Counting(ofInner, metrics, QueryTally.of(series, query, response));
    }

    /** The same for one response. */
    private record Counting(Repetition inner, QueryMetrics metrics, QueryTally tally) implements Repetition {
        @Override
        public int again(long nowNanos, long tookNanos) {
            int ttlSeconds = inner.again(nowNanos, tookNanos);
            if (ttlSeconds != OVER) {
                metrics.record(tally, tookNanos);
            }
            return ttlSeconds;
        }
    }
}
