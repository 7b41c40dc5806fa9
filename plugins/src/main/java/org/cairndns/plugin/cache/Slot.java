package org.cairndns.plugin.cache;

import org.jspecify.annotations.Nullable;

/**
 * A place of one key in a {@link ResponseTable}, a link of one of its queues.
 *
 * <p>Links and size are guarded by the table. The entry is read by any thread. Uses are counted without a lock: one that two threads
 * count as one is not missed.
 */
final class Slot {
    /** More uses than this do not keep an entry any longer. */
    private static final int MAX_USES = 3;

    private final CacheKey key;
    private volatile CachedResponse entry;
    private int octets;
    private int uses;

    @Nullable
    SlotQueue queue;

    @Nullable
    Slot older;

    @Nullable
    Slot newer;

    Slot(CacheKey key, CachedResponse entry, int octets) {
        this.key = key;
        this.entry = entry;
        this.octets = octets;
    }

    CacheKey key() {
        return key;
    }

    CachedResponse entry() {
        return entry;
    }

    /** The entry for somebody who asked for it. */
    CachedResponse use() {
        if (uses < MAX_USES) {
            uses++;
        }
        return entry;
    }

    /** True if it was asked for since the last call, or more often than there were calls. */
    boolean takeUse() {
        if (uses == 0) {
            return false;
        }
        uses--;
        return true;
    }

    /** Octets of heap that this place takes with all it holds. */
    int octets() {
        return octets;
    }

    void replace(CachedResponse newEntry, int newOctets) {
        entry = newEntry;
        octets = newOctets;
    }
}
