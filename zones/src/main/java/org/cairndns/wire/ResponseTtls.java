package org.cairndns.wire;

/** TTLs of a response's records, read without allocating; the OPT record has none. Any thread. */
public final class ResponseTtls {
    private ResponseTtls() {}

    /** Smallest TTL in seconds, or -1 if there are no records. */
    public static int minSeconds(Response response) {
        int count = response.recordCount();
        int common = response.commonTtlSeconds();
        if (count == 0 || common >= 0) {
            return count == 0 ? -1 : common;
        }
        byte[] records = response.records();
        if (response.addressesAreAlike()) {
            return Math.max(0, AddressRecords.ttlSeconds(records));
        }
        int least = Integer.MAX_VALUE;
        int at = 0;
        for (int i = 0; i < count; i++) {
            int fixed = RecordOctets.skipName(records, at);
            least = Math.min(least, ttl(records, fixed));
            at = RecordOctets.next(records, fixed);
        }
        return least;
    }

    /** True if every record has this TTL. */
    public static boolean all(Response response, int seconds) {
        int count = response.recordCount();
        int common = response.commonTtlSeconds();
        if (count == 0 || common >= 0) {
            return count == 0 || common == seconds;
        }
        byte[] records = response.records();
        if (response.addressesAreAlike()) {
            return Math.max(0, AddressRecords.ttlSeconds(records)) == seconds;
        }
        int at = 0;
        for (int i = 0; i < count; i++) {
            int fixed = RecordOctets.skipName(records, at);
            if (ttl(records, fixed) != seconds) {
                return false;
            }
            at = RecordOctets.next(records, fixed);
        }
        return true;
    }

    /** RFC 2181 8: a TTL with the top bit set counts as 0. */
    private static int ttl(byte[] records, int fixed) {
        return Math.max(
                0,
                RecordOctets.unsignedShort(records, fixed + 4) << 16 | RecordOctets.unsignedShort(records, fixed + 6));
    }
}
