package org.cairndns.wire;

/** Order of SOA serials, which start over behind 2^32-1 (RFC 1982 3.2). */
public final class SerialNumber {
    private SerialNumber() {}

    /**
     * True if {@code one} is older than {@code other}, both 0..2^32-1. Of two that are 2^31 apart, which the RFC does not
     * order, the smaller number is the older one, so that a zone is not stuck at a wrong serial.
     */
    public static boolean isLess(long one, long other) {
        long distance = other - one & 0xffff_ffffL;
        return distance != 0 && (distance < 1L << 31 || distance == 1L << 31 && one < other);
    }
}
