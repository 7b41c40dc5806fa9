package org.cairndns.wire;

import java.nio.ByteBuffer;

/**
 * RDATA of an SOA record (RFC 1035 3.3.13).
 *
 * @param primary MNAME
 * @param mailbox RNAME
 * @param serial 0..2^32-1
 * @param minimumSeconds TTL of negative responses (RFC 2308 4)
 */
public record Soa(
        DomainName primary,
        DomainName mailbox,
        long serial,
        int refreshSeconds,
        int retrySeconds,
        int expireSeconds,
        int minimumSeconds) {
    private static final int NUMBERS_OCTETS = 20;

    /**
     * The SOA of uncompressed RDATA.
     *
     * @throws IllegalArgumentException if the octets are no SOA's
     */
    public static Soa of(byte[] rdata) {
        DomainName primary = DomainName.read(rdata, 0);
        DomainName mailbox = DomainName.read(rdata, primary.length());
        int start = primary.length() + mailbox.length();
        if (rdata.length != start + NUMBERS_OCTETS) {
            throw new IllegalArgumentException("SOA RDATA of " + rdata.length + " octets");
        }
        ByteBuffer numbers = ByteBuffer.wrap(rdata, start, NUMBERS_OCTETS);
        return new Soa(
                primary,
                mailbox,
                Integer.toUnsignedLong(numbers.getInt()),
                numbers.getInt(),
                numbers.getInt(),
                numbers.getInt(),
                numbers.getInt());
    }
}
