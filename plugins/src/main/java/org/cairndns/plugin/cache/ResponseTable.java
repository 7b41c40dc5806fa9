package org.cairndns.plugin.cache;

import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.cairndns.plugin.cache.CacheCounters.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Stored responses of one kind, bounded by a number of entries, and by octets through an {@link OctetBudget}. Any thread.
 *
 * <p>Most of what a full table is offered was asked for once and never will be again. Were it taken in, it would stay
 * for thousands of others: long enough to reach the old part of the heap, which it leaves as garbage that only a pause of
 * tens of milliseconds collects. So what comes when the table is full is a newcomer first, in a short queue that it leaves
 * before long. If it was hit meanwhile, or if its question was asked lately, it comes into the long queue. There what comes to
 * the end leaves too, unless it was hit: then it starts again (S3-FIFO). What has expired leaves whether it was hit or not.
 *
 * <p>A hit locks nothing and moves nothing. The queues are guarded by this object; a place is in a queue exactly while it is
 * in the map.
 */
final class ResponseTable {
    private static final int MAX_NEWCOMERS = 512;

    /** Part of the capacity that newcomers may have, in entries. */
    private static final int NEWCOMERS_SHARE = 16;

    /** Part of the table's octets from which on newcomers make room for others. */
    private static final int NEWCOMERS_OCTETS_SHARE = 8;

    /** Places looked at in search of one that may leave; bounds what taking in an entry costs. */
    private static final int MAX_LOOKS = 32;

    private final ConcurrentMap<CacheKey, Slot> slots = new ConcurrentHashMap<>();
    private final SlotQueue newcomers = new SlotQueue();
    private final SlotQueue known = new SlotQueue();
    private final RecentKeys recent;
    private final OctetBudget budget;
    private final int maxNewcomers;
    private final int capacity;

    /** True once the table had to let go of something; newcomers are few enough not to matter before. */
    private boolean full;

    /**
     * An empty table.
     *
     * @param capacity largest number of entries, at least 1024
     * @param budget is told what leaves; what comes in it knows already
     */
    ResponseTable(int capacity, OctetBudget budget) {
        this.maxNewcomers = Math.min(MAX_NEWCOMERS, capacity / NEWCOMERS_SHARE);
        this.capacity = capacity;
        this.recent = new RecentKeys(capacity);
        this.budget = budget;
    }

    /** The entry of a key, whatever its age, or null. */
    @Nullable
    CachedResponse get(CacheKey key) {
        Slot slot = slots.get(key);
        return slot == null ? null : slot.use();
    }

    /**
     * Takes an entry in, in the place of one with the same key.
     *
     * @param key to keep, see {@link CacheKey#compact}
     * @param octets of heap, which the budget knows of
     */
    synchronized void put(CacheKey key, CachedResponse entry, int octets, long nowNanos) {
        Slot slot = slots.get(key);
        if (slot != null && slot.queue != null) {
            budget.release(slot.octets());
            slot.queue.replace(slot, entry, octets);
            return;
        }
        Slot added = new Slot(key, entry, octets);
        SlotQueue queue = !full || recent.add(key) ? known : newcomers;
        queue.add(added);
        slots.put(key, added);
        while (newcomers.count() > maxNewcomers) {
            evictNewcomer(Reason.ENTRIES);
        }
        while (slots.size() > capacity) {
            evictKnown(nowNanos, Reason.ENTRIES);
        }
    }

    /** Lets go of an entry to make room for octets; false if there is none. */
    synchronized boolean evict(long nowNanos) {
        boolean manyNewcomers = newcomers.octets() > octets() / NEWCOMERS_OCTETS_SHARE;
        int before = slots.size();
        // One that was hit while it was new stays, and it is another's turn.
        while (manyNewcomers && newcomers.count() > 0) {
            if (evictNewcomer(Reason.OCTETS)) {
                return true;
            }
        }
        if (known.count() > 0) {
            evictKnown(nowNanos, Reason.OCTETS);
        } else if (newcomers.count() > 0) {
            evictNewcomer(Reason.OCTETS);
        }
        return before > 0;
    }

    /** Has the oldest newcomer leave, or come into the long queue if it was hit; true if it left. */
    private boolean evictNewcomer(Reason reason) {
        Slot slot = newcomers.oldest();
        if (slot == null) {
            return false;
        }
        if (slot.takeUse()) {
            newcomers.remove(slot);
            known.add(slot);
            return false;
        }
        evict(slot, reason);
        return true;
    }

    private void evictKnown(long nowNanos, Reason reason) {
        @Nullable Slot victim = null;
        Slot at = known.oldest();
        for (int looks = 0; at != null && looks < MAX_LOOKS; looks++) {
            Slot next = at.newer;
            if (at.entry().secondsLeft(nowNanos) <= 0) {
                evict(at, Reason.EXPIRED);
                return;
            }
            if (victim == null && at.takeUse()) {
                known.remove(at);
                known.add(at);
            } else if (victim == null) {
                victim = at;
            }
            at = next;
        }
        Slot gone = victim == null ? known.oldest() : victim;
        if (gone != null) {
            evict(gone, reason);
        }
    }

    private void evict(Slot slot, Reason reason) {
        full = true;
        drop(slot);
        CachedResponse.Origin origin = slot.entry().origin();
        origin.counters().evicted(origin.denial(), reason);
    }

    private void drop(Slot slot) {
        SlotQueue queue = slot.queue;
        if (queue != null) {
            queue.remove(slot);
            slots.remove(slot.key(), slot);
            budget.release(slot.octets());
        }
    }

    synchronized void remove(CacheKey key) {
        Slot slot = slots.get(key);
        if (slot != null) {
            drop(slot);
        }
    }

    /** All places, in no order, as they are while the iterator moves on. */
    Iterator<Slot> places() {
        return slots.values().iterator();
    }

    /** Lets go of an entry if it is in its place still. */
    @SuppressWarnings("ReferenceEquality") // another entry for the same question is not meant
    synchronized void remove(Slot slot, CachedResponse entry) {
        if (slot.entry() == entry) {
            drop(slot);
        }
    }

    synchronized void clear() {
        slots.values().forEach(this::drop);
    }

    /** Number of entries, about. */
    long count() {
        return slots.size();
    }

    /** Octets of heap that the entries take. */
    synchronized long octets() {
        return newcomers.octets() + known.octets();
    }
}
