package org.cairndns.wire;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Any octets as a query: read, rejected or ignored as dnsjava would have it, and what is read can be sent on. */
public final class QueryTarget {
    private QueryTarget() {}

    /** Throws if the octets are handled wrong. */
    public static void fuzzerTestOneInput(byte[] octets) {
        QueryAgreement.check(octets, new SplittableRandom(Arrays.hashCode(octets)));
    }
}
