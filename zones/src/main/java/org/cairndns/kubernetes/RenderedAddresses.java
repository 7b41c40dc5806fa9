package org.cairndns.kubernetes;

import org.cairndns.zone.LookupResult;
import org.jspecify.annotations.Nullable;

/**
 * Answers to A and AAAA queries for the plain name of a service in wire form.
 *
 * <p>They hold for every zone with this TTL: the octets have pointers to the question, no names.
 *
 * @param ttlSeconds TTL of the records
 * @param ipv4 answer to A, null as long as nobody asked
 * @param ipv6 answer to AAAA, null as long as nobody asked
 */
record RenderedAddresses(int ttlSeconds, LookupResult.@Nullable Found ipv4, LookupResult.@Nullable Found ipv6) {
    /** No answers. */
    static final RenderedAddresses NONE = new RenderedAddresses(-1, null, null);
}
