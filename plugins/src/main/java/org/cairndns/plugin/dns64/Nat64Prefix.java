package org.cairndns.plugin.dns64;

import java.util.Arrays;
import org.cairndns.corefile.Cidr;

/** Network that a NAT64 maps IPv4 addresses into (RFC 6052 2.2). Immutable, any thread. */
final class Nat64Prefix {
    /** {@code 64:ff9b::/96} (RFC 6052 2.1). */
    static final Nat64Prefix WELL_KNOWN = of(Cidr.parse("64:ff9b::/96").orElseThrow());

    private static final int MIN_BITS = 32;
    private static final int MAX_BITS = 96;

    /** Bits 64 to 71, which are zero in every address. */
    private static final int RESERVED_OCTET = 8;

    private final byte[] network;
    private final int octets;

    private Nat64Prefix(byte[] network, int octets) {
        this.network = network;
        this.octets = octets;
    }

    /** True for an IPv6 network of 32, 40, ... 96 bits. */
    static boolean fits(Cidr cidr) {
        int bits = cidr.prefixLength();
        return cidr.network().getAddress().length == 16
                && bits >= MIN_BITS
                && bits <= MAX_BITS
                && bits % Byte.SIZE == 0;
    }

    /** The prefix of a network that {@link #fits}. */
    static Nat64Prefix of(Cidr cidr) {
        return new Nat64Prefix(cidr.network().getAddress(), cidr.prefixLength() / Byte.SIZE);
    }

    /** The IPv6 address that stands for an IPv4 address; 4 octets to 16. */
    byte[] embed(byte[] ipv4) {
        byte[] ipv6 = Arrays.copyOf(network, network.length);
        int at = octets;
        for (byte octet : ipv4) {
            if (at == RESERVED_OCTET) {
                at++;
            }
            ipv6[at++] = octet;
        }
        return ipv6;
    }
}
