package org.cairndns.zone;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * IP address as a number of 128 bits; IPv4 takes its IPv4-mapped place {@code ::ffff:a.b.c.d} (RFC 4291 2.5.5.2).
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record IpAddress(long high, long low) {
    private static final long MAPPED = 0xffffL << 32;

    /** The IPv4 address with these 32 bits. */
    public static IpAddress ofIpv4(int bits) {
        return new IpAddress(0, MAPPED | bits & 0xffff_ffffL);
    }

    public static IpAddress of(InetAddress address) {
        return of(address.getAddress());
    }

    /** The address of 4 or 16 octets in network order. */
    public static IpAddress of(byte[] octets) {
        if (octets.length == 4) {
            return ofIpv4((int) number(octets, 0, 4));
        }
        return new IpAddress(number(octets, 0, 8), number(octets, 8, 16));
    }

    /**
     * The address that a text stands for: four decimal octets without leading zeros, or IPv6 by RFC 4291 2.2 without a
     * zone index. Empty for everything else.
     */
    public static Optional<IpAddress> parse(String text) {
        return Optional.ofNullable(IpText.parse(text));
    }

    public boolean isIpv4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /** The 32 bits of an IPv4 address. */
    public int ipv4Bits() {
        return (int) low;
    }

    /** 4 or 16 octets in network order. */
    public byte[] octets() {
        byte[] octets = new byte[isIpv4() ? 4 : 16];
        for (int i = 0; i < octets.length; i++) {
            int fromEnd = octets.length - 1 - i;
            octets[i] = (byte) (fromEnd >= 8 ? high >>> 8 * (fromEnd - 8) : low >>> 8 * fromEnd);
        }
        return octets;
    }

    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(octets());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 octets are an address", e);
        }
    }

    /** Canonical text: dotted octets, or RFC 5952. */
    @Override
    public String toString() {
        return IpText.format(this);
    }

    private static long number(byte[] octets, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << 8 | octets[i] & 0xff;
        }
        return number;
    }
}
