package org.cairndns.plugin.cache;

import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;

/**
 * What two queries must have in common to get the same cached response: qname without letter case, qtype, qclass, DO, CD.
 *
 * <p>AD is not part of it: a response is stored with its AD bit, which each client sees or not. Comparable so that
 * names made to collide do not slow the table down.
 *
 * @param typeAndClass qtype in the upper 16 bits, qclass in the lower
 * @param flags bit 0 DO, bit 1 CD
 */
record CacheKey(DomainName qname, int typeAndClass, int flags) implements Comparable<CacheKey> {
    static CacheKey of(Query query) {
        int flags = (query.edns().dnssecOk() ? 1 : 0) | (query.checkingDisabled() ? 2 : 0);
        return new CacheKey(query.qname(), query.qtype() << 16 | query.qclass(), flags);
    }

    /** An equal key that keeps only what it needs. */
    @SuppressWarnings("ReferenceEquality") // a name in lower case gives itself
    CacheKey compact() {
        DomainName lower = qname.toLowerCase();
        return lower == qname ? this : new CacheKey(lower, typeAndClass, flags);
    }

    @Override
    public int compareTo(CacheKey other) {
        int byName = qname.compareTo(other.qname);
        if (byName != 0) {
            return byName;
        }
        int byType = Integer.compareUnsigned(typeAndClass, other.typeAndClass);
        return byType != 0 ? byType : Integer.compare(flags, other.flags);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey key
                && key.typeAndClass == typeAndClass
                && key.flags == flags
                && key.qname.equals(qname);
    }

    @Override
    public int hashCode() {
        return (qname.hashCode() * 31 + typeAndClass) * 31 + flags;
    }
}
