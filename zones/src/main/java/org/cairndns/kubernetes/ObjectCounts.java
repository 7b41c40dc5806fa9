package org.cairndns.kubernetes;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** How many objects of each kind are known; changed by the writer thread, read by any. */
final class ObjectCounts {
    private final AtomicIntegerArray counts = new AtomicIntegerArray(ObjectKind.values().length);

    int of(ObjectKind kind) {
        return counts.get(kind.ordinal());
    }

    /** An object came that was not known. */
    void came(ObjectKind kind) {
        counts.incrementAndGet(kind.ordinal());
    }

    /** A known object is gone. */
    void went(ObjectKind kind) {
        counts.decrementAndGet(kind.ordinal());
    }
}
