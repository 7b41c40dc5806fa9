package org.cairndns.plugin.header;

import org.cairndns.wire.Query;
import org.cairndns.wire.Response;

/**
 * A flag with the value it is to have.
 *
 * @param set true to set it, false to clear it
 */
record FlagRule(Flag flag, boolean set) {
    /** Flags of the header that may be changed (RFC 1035 4.1.1). */
    enum Flag {
        AA,
        RA,
        RD
    }

    /** The query with the flag changed; AA and RA mean nothing there. */
    Query apply(Query query) {
        return flag == Flag.RD ? query.withRecursionDesired(set) : query;
    }

    Response apply(Response response) {
        return switch (flag) {
            case AA -> response.withAuthoritative(set);
            case RA -> response.withRecursionAvailable(set);
            case RD -> response.withRecursionDesired(set);
        };
    }
}
