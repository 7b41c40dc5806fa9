package org.cairndns.plugin.cache;

import org.cairndns.plugin.spi.Repetition;

/**
 * Repetition of a response from the cache until its TTL is over, each a hit.
 *
 * @param keepTtl true if clients are told the whole TTL all the time
 */
record HitRepetition(CachedResponse entry, CacheCounters counters, boolean keepTtl) implements Repetition {
    @Override
    public int again(long nowNanos, long tookNanos) {
        long left = entry.secondsLeft(nowNanos);
        if (left <= 0) {
            return OVER;
        }
        counters.requests().inc();
        counters.hits(entry.origin().denial()).inc();
        return keepTtl ? SAME_TTLS : (int) left;
    }
}
