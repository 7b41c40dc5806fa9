package org.cairndns.plugin.prometheus;

import org.cairndns.plugin.spi.DurationBuckets;
import org.cairndns.wire.RecordType;

/**
 * Layout of the counters of one series in a {@code long[]}.
 *
 * <p>In this order: queries by type, queries with DO, buckets and sum of query sizes, of response sizes, of durations,
 * responses by RCODE that a handler wrote, responses by RCODE that the core made of a failure. Buckets are not
 * cumulative; the last one of each histogram has no upper bound. Names and bounds are those of CoreDNS.
 */
final class QuerySlots {
    private static final String[] TYPES = {
        "A", "AAAA", "CNAME", "DNSKEY", "DS", "MX", "NSEC3", "NSEC", "NS", "PTR", "RRSIG", "SOA", "SRV", "TXT", "HTTPS",
        "SVCB", "IXFR", "AXFR", "ANY", "other"
    };
    private static final int TYPE_CODES = 256;
    private static final byte[] TYPE_INDEX = new byte[TYPE_CODES];

    static {
        for (int code = 0; code < TYPE_CODES; code++) {
            TYPE_INDEX[code] = (byte) indexOf(RecordType.text(code));
        }
    }

    private static final long[] SIZE_BOUNDS = {
        0, 100, 200, 300, 400, 511, 1_023, 2_047, 4_095, 8_291, 16_000, 32_000, 48_000, 64_000
    };

    /** RCODEs with a slot of their own; all others share one. */
    private static final int RCODES = 24;

    static final int SIZE_BUCKETS = SIZE_BOUNDS.length + 1;
    static final int RCODE_SLOTS = RCODES + 1;

    static final int TYPE = 0;
    static final int DNSSEC_OK = TYPE + TYPES.length;
    static final int QUERY_SIZE = DNSSEC_OK + 1;
    static final int QUERY_SIZE_SUM = QUERY_SIZE + SIZE_BUCKETS;
    static final int RESPONSE_SIZE = QUERY_SIZE_SUM + 1;
    static final int RESPONSE_SIZE_SUM = RESPONSE_SIZE + SIZE_BUCKETS;
    static final int DURATION = RESPONSE_SIZE_SUM + 1;
    static final int DURATION_SUM_NANOS = DURATION + DurationBuckets.COUNT;
    static final int WRITTEN = DURATION_SUM_NANOS + 1;
    static final int UNWRITTEN = WRITTEN + RCODE_SLOTS;
    static final int COUNT = UNWRITTEN + RCODE_SLOTS;

    private QuerySlots() {}

    private static int indexOf(String type) {
        for (int i = 0; i < TYPES.length; i++) {
            if (TYPES[i].equals(type)) {
                return i;
            }
        }
        return TYPES.length - 1;
    }

    /** Slot of a query type. */
    static int type(int qtype) {
        return TYPE + (qtype >= 0 && qtype < TYPE_CODES ? TYPE_INDEX[qtype] : TYPES.length - 1);
    }

    /** Value of the label {@code type} for a slot. */
    static String typeLabel(int slot) {
        return TYPES[slot - TYPE];
    }

    static int types() {
        return TYPES.length;
    }

    /** Bucket of a size within its histogram. */
    static int sizeBucket(int octets) {
        int bucket = 0;
        while (bucket < SIZE_BOUNDS.length && octets > SIZE_BOUNDS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** Place of an RCODE behind {@link #WRITTEN} or {@link #UNWRITTEN}. */
    static int rcode(int rcode) {
        return rcode >= 0 && rcode < RCODES ? rcode : RCODES;
    }

    /** True for the place that RCODEs without one of their own share. */
    static boolean isOtherRcode(int place) {
        return place == RCODES;
    }

    /** Upper bounds in octets, the last one infinite. */
    static double[] sizeBounds() {
        double[] bounds = new double[SIZE_BUCKETS];
        for (int i = 0; i < SIZE_BOUNDS.length; i++) {
            bounds[i] = SIZE_BOUNDS[i];
        }
        bounds[SIZE_BOUNDS.length] = Double.POSITIVE_INFINITY;
        return bounds;
    }
}
