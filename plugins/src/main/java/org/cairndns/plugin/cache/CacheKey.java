package org.cairndns.plugin.cache;

import java.util.Arrays;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;

/**
 * What two queries must have in common to get the same cached response: qname without letter case, qtype, qclass, DO, CD, RD, and
 * the EDNS options that an answer may be made for.
 *
 * <p>So two client subnets never share an entry (RFC 7871 7.3.1), and who asks without RD, to which resolvers reply with what they happen to
 * have, does not leave that to others. AD is not part of it: a response is stored with its AD bit, which each client sees or not.
 * Comparable so that names made to collide do not slow the table down.
 *
 * @param typeAndClass qtype in the upper 16 bits, qclass in the lower
 * @param flags bit 0 DO, bit 1 CD, bit 2 lack of RD
 * @param options see {@link EdnsOptions#deciding}; not to be changed
 */
record CacheKey(DomainName qname, int typeAndClass, int flags, byte[] options) implements Comparable<CacheKey> {
    static CacheKey of(Query query) {
        int flags = (query.edns().dnssecOk() ? 1 : 0)
                | (query.checkingDisabled() ? 2 : 0)
                | (query.recursionDesired() ? 0 : 4);
        byte[] options = EdnsOptions.deciding(query.edns().options());
        return new CacheKey(query.qname(), query.qtype() << 16 | query.qclass(), flags, options);
    }

    /** An equal key that keeps only what it needs. */
    @SuppressWarnings("ReferenceEquality") // a name in lower case gives itself
    CacheKey compact() {
        DomainName lower = qname.toLowerCase();
        return lower == qname ? this : new CacheKey(lower, typeAndClass, flags, options);
    }

    @Override
    public int compareTo(CacheKey other) {
        int byName = qname.compareTo(other.qname);
        if (byName != 0) {
            return byName;
        }
        int byType = Integer.compareUnsigned(typeAndClass, other.typeAndClass);
        if (byType != 0) {
            return byType;
        }
        int byFlags = Integer.compare(flags, other.flags);
        return byFlags != 0 ? byFlags : Arrays.compare(options, other.options);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey key
                && key.typeAndClass == typeAndClass
                && key.flags == flags
                && key.qname.equals(qname)
                && Arrays.equals(key.options, options);
    }

    @Override
    public int hashCode() {
        int common = (qname.hashCode() * 31 + typeAndClass) * 31 + flags;
        return options.length == 0 ? common : common * 31 + Arrays.hashCode(options);
    }
}
