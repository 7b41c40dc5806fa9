package org.cairndns.zone;

import org.cairndns.wire.DomainName;

/**
 * Place in the reverse trees {@code in-addr.arpa} (RFC 1035 3.5) and {@code ip6.arpa} (RFC 3596 2.5): an address, or
 * the leading bits that all addresses below the name share.
 *
 * @param ipv6 which of the trees
 * @param high the upper 64 bits of an IPv6 address, 0 for IPv4
 * @param low the lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address; bits not named are 0
 * @param bits how many leading bits the name gives: 0..32 or 0..128; -1 for {@link #NONE}
 */
public record ReverseName(boolean ipv6, long high, long low, int bits) {
    /** Not the name of an address or of a group of addresses. */
    public static final ReverseName NONE = new ReverseName(false, 0, 0, -1);

    private static final DomainName IN_ADDR_ARPA = DomainName.of("in-addr.arpa.");
    private static final DomainName IP6_ARPA = DomainName.of("ip6.arpa.");
    private static final String HEX = "0123456789abcdef";

    /** What a name stands for, {@link #NONE} if it is in neither tree or malformed or below a whole address. */
    public static ReverseName parse(DomainName name) {
        int prefixOctets = name.prefixOctets(IN_ADDR_ARPA);
        if (prefixOctets >= 0) {
            return parseIpv4(name, prefixOctets);
        }
        prefixOctets = name.prefixOctets(IP6_ARPA);
        return prefixOctets >= 0 ? parseIpv6(name, prefixOctets) : NONE;
    }

    /** The name at which the PTR records of an address stand. */
    public static DomainName of(IpAddress address) {
        StringBuilder text = new StringBuilder(74);
        if (address.isIpv4()) {
            for (int shift = 0; shift < 32; shift += 8) {
                text.append(address.ipv4Bits() >>> shift & 0xff).append('.');
            }
            return DomainName.of(text.append("in-addr.arpa.").toString());
        }
        for (int nibble = 0; nibble < 32; nibble++) {
            long half = nibble < 16 ? address.low() : address.high();
            text.append(HEX.charAt((int) (half >>> 4 * (nibble & 15)) & 0xf)).append('.');
        }
        return DomainName.of(text.append("ip6.arpa.").toString());
    }

    /** True if the zone lies in one of the reverse trees, so that it holds PTR records. */
    public static boolean isReverseZone(DomainName zone) {
        return zone.isAtOrBelow(IN_ADDR_ARPA) || zone.isAtOrBelow(IP6_ARPA);
    }

    /** True if the name stands for one address. */
    public boolean isAddress() {
        return bits == (ipv6 ? 128 : 32);
    }

    /** The address, where {@link #isAddress()}. */
    public IpAddress address() {
        return ipv6 ? new IpAddress(high, low) : IpAddress.ofIpv4((int) low);
    }

    private static ReverseName parseIpv4(DomainName name, int prefixOctets) {
        long value = 0;
        int labels = 0;
        for (int at = 0; at < prefixOctets; at += name.octet(at) + 1) {
            int octet = decimal(name, at);
            if (octet < 0 || labels == 4) {
                return NONE;
            }
            value |= (long) octet << 8 * labels++;
        }
        return new ReverseName(false, 0, value << 8 * (4 - labels) & 0xffff_ffffL, 8 * labels);
    }

    private static int decimal(DomainName name, int at) {
        int length = name.octet(at);
        int value = 0;
        for (int i = 1; i <= length; i++) {
            int digit = name.octet(at + i) - '0';
            if (digit < 0 || digit > 9 || length > 3) {
                return -1;
            }
            value = value * 10 + digit;
        }
        boolean leadingZero = length > 1 && name.octet(at + 1) == '0';
        return value > 255 || leadingZero ? -1 : value;
    }

    private static ReverseName parseIpv6(DomainName name, int prefixOctets) {
        int nibbles = prefixOctets / 2;
        if (nibbles > 32) {
            return NONE;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < nibbles; i++) {
            int digit = name.octet(2 * i) == 1 ? HEX.indexOf(name.lowerOctet(2 * i + 1)) : -1;
            if (digit < 0) {
                return NONE;
            }
            int place = 32 - nibbles + i;
            if (place < 16) {
                low |= (long) digit << 4 * place;
            } else {
                high |= (long) digit << 4 * (place - 16);
            }
        }
        return new ReverseName(true, high, low, 4 * nibbles);
    }
}
