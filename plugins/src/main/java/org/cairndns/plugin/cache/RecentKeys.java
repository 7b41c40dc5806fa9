package org.cairndns.plugin.cache;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The keys that were added lately: the hash of each, in a place where that of another one takes over some time.
 *
 * <p>Any thread; what two threads write at once to a place, one of them will have to add again.
 */
final class RecentKeys {
    private static final int MAX_KEYS = 1 << 16;

    private final AtomicIntegerArray hashes;

    /**
     * No keys.
     *
     * @param capacity about how many are remembered, 65,536 at most
     */
    RecentKeys(int capacity) {
        this.hashes = new AtomicIntegerArray(Integer.highestOneBit(Math.min(capacity, MAX_KEYS)));
    }

    /** Adds a key; true if it, or one with its hash, was there. */
    boolean add(CacheKey key) {
        int hash = spread(key);
        int place = hash & hashes.length() - 1;
        if (hashes.getOpaque(place) == hash) {
            return true;
        }
        hashes.setOpaque(place, hash);
        return false;
    }

    /** A hash whose low bits differ between keys that differ little. */
    static int spread(CacheKey key) {
        int mixed = key.hashCode() * 0x9e37_79b9;
        return mixed ^ mixed >>> 16;
    }
}
