package org.cairndns.plugin.cache;

import org.cairndns.plugin.spi.Repetition;

/**
 * Repetition of a response from the cache until its TTL is over, each a hit.
 *
 * <p>Once per second it is looked for in the cache, so that another one in its place shows, and so that the cache knows what
 * is in use when it has to let something go. Any thread: of several that look at once each sees the same.
 */
final class HitRepetition implements Repetition {
    private final CacheTable table;
    private final CacheKey key;
    private final CachedResponse entry;
    private final CacheCounters counters;
    private final boolean keepTtl;

    /** Seconds left when the entry was looked for last, 0 before that. */
    private long seenSecondsLeft;

    /** @param keepTtl true if clients are told the whole TTL all the time */
    HitRepetition(CacheTable table, CacheKey key, CachedResponse entry, CacheCounters counters, boolean keepTtl) {
        this.table = table;
        this.key = key;
        this.entry = entry;
        this.counters = counters;
        this.keepTtl = keepTtl;
    }

    @Override
    public int again(long nowNanos, long tookNanos) {
        long left = entry.secondsLeft(nowNanos);
        if (left <= 0) {
            return OVER;
        }
        if (left != seenSecondsLeft) {
            if (table.find(key, nowNanos) != entry) {
                return OVER;
            }
            seenSecondsLeft = left;
        }
        counters.requests().inc();
        counters.hits(entry.origin().denial()).inc();
        return keepTtl ? SAME_TTLS : (int) left;
    }
}
