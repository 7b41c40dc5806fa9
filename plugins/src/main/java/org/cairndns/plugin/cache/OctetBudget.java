package org.cairndns.plugin.cache;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The octets of heap that the entries of a cache may take, all tables together. Any thread.
 *
 * <p>An entry's octets are taken before it is stored and released after it left, so what is stored is never more than what is
 * taken.
 */
final class OctetBudget {
    private final long maxOctets;
    private final AtomicLong taken = new AtomicLong();

    OctetBudget(long maxOctets) {
        this.maxOctets = maxOctets;
    }

    /** Takes octets for an entry to come, even such as there are not. */
    void take(int octets) {
        taken.addAndGet(octets);
    }

    void release(int octets) {
        taken.addAndGet(-octets);
    }

    /** True if more is taken than there is. */
    boolean isOverdrawn() {
        return taken.get() > maxOctets;
    }

    long maxOctets() {
        return maxOctets;
    }

    long taken() {
        return taken.get();
    }
}
