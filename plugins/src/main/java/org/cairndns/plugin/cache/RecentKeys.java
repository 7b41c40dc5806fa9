package org.cairndns.plugin.cache;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The keys that were added lately, a bit for each: some keys are taken for others, and all are forgotten after a while.
 *
 * <p>Any thread; a bit that two threads lose between them is set the next time.
 */
final class RecentKeys {
    private static final int BITS_PER_KEY = 8;
    private static final int MAX_BITS = 1 << 20;

    private final AtomicLongArray bits;
    private final int maxKeys;
    private final AtomicInteger keys = new AtomicInteger();

    /**
     * No keys.
     *
     * @param capacity about how many keys are remembered, up to {@value #MAX_BITS} / {@value #BITS_PER_KEY}
     */
    RecentKeys(int capacity) {
        int wanted = Integer.highestOneBit(Math.min(capacity, MAX_BITS / BITS_PER_KEY) * BITS_PER_KEY);
        this.bits = new AtomicLongArray(wanted / Long.SIZE);
        this.maxKeys = wanted / BITS_PER_KEY;
    }

    /** Adds a key; true if it was there. */
    boolean add(CacheKey key) {
        int spread = spread(key) >>> Integer.SIZE - Integer.numberOfTrailingZeros(bits.length() * Long.SIZE);
        int word = spread / Long.SIZE;
        long bit = 1L << spread;
        long before = bits.getOpaque(word);
        if ((before & bit) != 0) {
            return true;
        }
        if (keys.incrementAndGet() > maxKeys) {
            forget();
        }
        bits.setOpaque(word, bits.getOpaque(word) | bit);
        return false;
    }

    private void forget() {
        keys.set(0);
        for (int i = 0; i < bits.length(); i++) {
            bits.setOpaque(i, 0);
        }
    }

    /** A hash whose low and high bits differ between keys that differ little. */
    static int spread(CacheKey key) {
        int mixed = key.hashCode() * 0x9e37_79b9;
        return mixed ^ mixed >>> 16;
    }
}
