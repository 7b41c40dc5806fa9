package org.cairndns.kubernetes;

import org.cairndns.wire.Query;
import org.cairndns.zone.LookupResult;
import org.cairndns.zone.Validity;

/** Zones made of a cluster's objects. Any thread; nothing blocks. */
@FunctionalInterface
public interface ZoneLookup {
    /**
     * What the zones say to a query of any type and class but zone transfers.
     *
     * <p>A {@link LookupResult.NameError} carries SERVFAIL while the cluster is not read. Responses are AA and have the
     * qname's letter case.
     */
    LookupResult lookup(Query query);

    /** How long a later {@link #lookup} of an equal query has the same result. */
    default Validity validity(Query query) {
        return Validity.NEVER;
    }
}
