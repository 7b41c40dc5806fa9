package org.cairndns.plugin.cache;

import org.jspecify.annotations.Nullable;

/** The places of a {@link ResponseTable} in the order in which they came; guarded by the table. */
final class SlotQueue {
    private @Nullable Slot oldest;
    private @Nullable Slot newest;
    private int count;
    private long octets;

    /** The place that came first, or null. */
    @Nullable
    Slot oldest() {
        return oldest;
    }

    int count() {
        return count;
    }

    /** Octets of heap of all places. */
    long octets() {
        return octets;
    }

    /** Takes a place in that is in no queue. */
    void add(Slot slot) {
        slot.queue = this;
        slot.older = newest;
        if (newest == null) {
            oldest = slot;
        } else {
            newest.newer = slot;
        }
        newest = slot;
        count++;
        octets += slot.octets();
    }

    /** Lets a place go that is in this queue. */
    void remove(Slot slot) {
        Slot older = slot.older;
        Slot newer = slot.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        slot.queue = null;
        slot.older = null;
        slot.newer = null;
        count--;
        octets -= slot.octets();
    }

    /** Replaces what a place of this queue holds. */
    void replace(Slot slot, CachedResponse entry, int newOctets) {
        octets += newOctets - slot.octets();
        slot.replace(entry, newOctets);
    }
}
