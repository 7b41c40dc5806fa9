package org.cairndns.zone;

import org.cairndns.wire.DomainName;
import org.cairndns.wire.Response;

/** What a zone says to a question. */
public sealed interface LookupResult {
    /** The records asked for. */
    record Found(Response response) implements LookupResult {}

    /** The name exists without records of that type: NOERROR with the SOA in the authority section (RFC 2308 2.2). */
    record NoData(Response response) implements LookupResult {}

    /**
     * The name does not exist: NXDOMAIN with the SOA in the authority section (RFC 2308 2.1), or SERVFAIL with the SOA
     * as long as the zone can't know.
     */
    record NameError(Response response) implements LookupResult {}

    /**
     * The name is an alias; the records asked for are those of the target (RFC 1034 3.6.2).
     *
     * @param stale true if it may be so no more, which clients are told (RFC 8914 4.4)
     */
    record Alias(DomainName target, int ttlSeconds, boolean stale) implements LookupResult {
        /** An alias as it is now. */
        public Alias(DomainName target, int ttlSeconds) {
            this(target, ttlSeconds, false);
        }
    }

    /** The name belongs to no zone served here. */
    enum NotInZone implements LookupResult {
        INSTANCE
    }
}
