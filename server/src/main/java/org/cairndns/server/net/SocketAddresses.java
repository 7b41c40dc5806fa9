package org.cairndns.server.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/**
 * Socket addresses as the kernel lays them out.
 *
 * <pre>
 *   struct sockaddr_in               struct sockaddr_in6
 *   0 family  2                      0 family  10
 *   2 port    network order          2 port    network order
 *   4 address 4 octets               4 flow information
 *   8 zeros                          8 address 16 octets
 *                                   24 scope id
 * </pre>
 */
final class SocketAddresses {
    /** Room for either, a multiple of eight. */
    static final int OCTETS = 32;

    private static final int OCTETS_OF_4 = 16;
    private static final int OCTETS_OF_6 = 28;
    private static final ValueLayout.OfShort PORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private SocketAddresses() {}

    /** The address at an offset. */
    static InetSocketAddress read(MemorySegment from, long at) {
        int port = Short.toUnsignedInt(from.get(PORT, at + 2));
        boolean ipv6 = hasIpv6(from, at);
        byte[] octets = new byte[ipv6 ? 16 : 4];
        MemorySegment.copy(from, JAVA_BYTE, at + (ipv6 ? 8 : 4), octets, 0, octets.length);
        int scope = ipv6 ? from.get(JAVA_INT_UNALIGNED, at + 24) : 0;
        try {
            InetAddress address =
                    scope == 0 ? InetAddress.getByAddress(octets) : Inet6Address.getByAddress("", octets, scope);
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Upper half of the IPv6 address at an offset, 0 for IPv4. */
    static long high(MemorySegment from, long at) {
        return hasIpv6(from, at) ? from.get(JAVA_LONG_UNALIGNED, at + 8) : 0;
    }

    /** Lower half of the IPv6 address at an offset, or the IPv4 address. */
    static long low(MemorySegment from, long at) {
        return hasIpv6(from, at) ? from.get(JAVA_LONG_UNALIGNED, at + 16) : from.get(JAVA_INT_UNALIGNED, at + 4);
    }

    private static boolean hasIpv6(MemorySegment from, long at) {
        return from.get(JAVA_SHORT_UNALIGNED, at) == SocketCalls.AF_INET6;
    }

    /** Writes an address at an offset; its octets. */
    static int write(InetSocketAddress address, MemorySegment to, long at) {
        byte[] octets = address.getAddress().getAddress();
        boolean ipv6 = octets.length == 16;
        to.set(JAVA_SHORT_UNALIGNED, at, (short) (ipv6 ? SocketCalls.AF_INET6 : SocketCalls.AF_INET));
        to.set(PORT, at + 2, (short) address.getPort());
        to.set(JAVA_INT_UNALIGNED, at + 4, 0);
        MemorySegment.copy(octets, 0, to, JAVA_BYTE, at + (ipv6 ? 8 : 4), octets.length);
        if (ipv6) {
            to.set(JAVA_INT_UNALIGNED, at + 24, ((Inet6Address) address.getAddress()).getScopeId());
        }
        return ipv6 ? OCTETS_OF_6 : OCTETS_OF_4;
    }

    /** The loopback address of an address's family. */
    static InetAddress loopbackOf(InetAddress other) {
        return InetAddress.ofLiteral(other instanceof Inet4Address ? "127.0.0.1" : "::1");
    }

    /** True for an address that an IPv6 socket is needed for. */
    static boolean isIpv6(InetSocketAddress address) {
        return !(address.getAddress() instanceof Inet4Address);
    }
}
