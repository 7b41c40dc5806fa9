package org.cairndns.kubernetes;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.cairndns.zone.IpAddress;

/**
 * IP addresses in as few octets as they need: first those of IPv4, then those of IPv6, each in the order given.
 *
 * <p>Immutable, any thread.
 */
final class Addresses {
    static final Addresses NONE = new Addresses(new int[0], new long[0]);

    private static final int[] NO_IPV4 = NONE.ipv4;
    private static final long[] NO_IPV6 = NONE.ipv6;

    private final int[] ipv4;

    /** Upper and lower half in turn. */
    private final long[] ipv6;

    private Addresses(int[] ipv4, long[] ipv6) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    static Addresses of(List<InetAddress> addresses) {
        int ipv4Count = 0;
        for (InetAddress address : addresses) {
            ipv4Count += isIpv4(address) ? 1 : 0;
        }
        int[] ipv4 = ipv4Count == 0 ? NO_IPV4 : new int[ipv4Count];
        int ipv6Count = addresses.size() - ipv4Count;
        long[] ipv6 = ipv6Count == 0 ? NO_IPV6 : new long[2 * ipv6Count];
        int next4 = 0;
        int next6 = 0;
        for (InetAddress address : addresses) {
            IpAddress ip = IpAddress.of(address);
            if (ip.isIpv4()) {
                ipv4[next4++] = ip.ipv4Bits();
            } else {
                ipv6[next6++] = ip.high();
                ipv6[next6++] = ip.low();
            }
        }
        return addresses.isEmpty() ? NONE : new Addresses(ipv4, ipv6);
    }

    /**
     * Addresses as numbers, which are taken over.
     *
     * @param ipv6 upper and lower half in turn
     * @throws IllegalArgumentException if one of them is an IPv4 address
     */
    static Addresses ofBits(int[] ipv4, long[] ipv6) {
        for (int i = 0; i < ipv6.length; i += 2) {
            if (new IpAddress(ipv6[i], ipv6[i + 1]).isIpv4()) {
                throw new IllegalArgumentException("IPv4 among IPv6");
            }
        }
        return ipv4.length == 0 && ipv6.length == 0
                ? NONE
                : new Addresses(ipv4.length == 0 ? NO_IPV4 : ipv4, ipv6.length == 0 ? NO_IPV6 : ipv6);
    }

    /** The IPv4 addresses; not to be changed. */
    int[] ipv4Bits() {
        return ipv4;
    }

    /** The IPv6 addresses, upper and lower half in turn; not to be changed. */
    long[] ipv6Bits() {
        return ipv6;
    }

    /** True for an IPv4 address; the JDK has no IPv4-mapped ones. */
    static boolean isIpv4(InetAddress address) {
        return address instanceof Inet4Address;
    }

    int size() {
        return ipv4.length + ipv6.length / 2;
    }

    /** Number of IPv4 addresses; they come first. */
    int ipv4Count() {
        return ipv4.length;
    }

    /** True if there is an IPv4 address, or an IPv6 one. */
    boolean hasFamily(boolean ipv4) {
        return (ipv4 ? ipv4Count() : ipv6Count()) > 0;
    }

    int ipv6Count() {
        return ipv6.length / 2;
    }

    IpAddress get(int index) {
        if (index < ipv4.length) {
            return IpAddress.ofIpv4(ipv4[index]);
        }
        int at = 2 * (index - ipv4.length);
        return new IpAddress(ipv6[at], ipv6[at + 1]);
    }

    boolean contains(IpAddress address) {
        return indexOf(address, 0) >= 0;
    }

    /** Where the address stands from {@code from} on, or -1. */
    int indexOf(IpAddress address, int from) {
        if (address.isIpv4()) {
            for (int i = from; i < ipv4.length; i++) {
                if (ipv4[i] == address.ipv4Bits()) {
                    return i;
                }
            }
            return -1;
        }
        for (int i = 2 * Math.max(0, from - ipv4.length); i < ipv6.length; i += 2) {
            if (ipv6[i] == address.high() && ipv6[i + 1] == address.low()) {
                return ipv4.length + i / 2;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Addresses addresses
                && Arrays.equals(ipv4, addresses.ipv4)
                && Arrays.equals(ipv6, addresses.ipv6);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ipv4) + Arrays.hashCode(ipv6);
    }
}
