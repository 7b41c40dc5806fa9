package org.cairndns.server.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Control messages that say which local address a datagram came to, or is to leave from: IP_PKTINFO of ip(7) and
 * IPV6_PKTINFO of RFC 3542 6.1.
 *
 * <pre>
 *   struct cmsghdr                            struct cmsghdr
 *    0 cmsg_len    28, without the padding     0 cmsg_len    36, without the padding
 *    8 cmsg_level  0, IPPROTO_IP               8 cmsg_level  41, IPPROTO_IPV6
 *   12 cmsg_type   8, IP_PKTINFO              12 cmsg_type   50, IPV6_PKTINFO
 *   struct in_pktinfo                         struct in6_pktinfo
 *   16 ipi_ifindex   the interface            16 ipi6_addr     the local address, 16 octets
 *   20 ipi_spec_dst  the local address        32 ipi6_ifindex  the interface
 *   24 ipi_addr      of the datagram's        36 padding to a multiple of eight
 *                    header, maybe broadcast
 *   28 padding to a multiple of eight
 * </pre>
 *
 * <p>What was received goes back with the response nearly as it is: the kernel takes {@code ipi_spec_dst} or
 * {@code ipi6_addr} as the source. Only the interface is taken out, so that the routing table chooses it; a link-local
 * address means nothing without it, and keeps it.
 */
final class PacketInfo {
    /** Room for either, a multiple of eight. */
    static final int OCTETS = 40;

    private static final int OCTETS_OF_4 = 28;

    /** Without the padding: up to this the kernel copies control messages to its stack, more it allocates memory for. */
    private static final int OCTETS_OF_6 = 36;

    private static final int LEVEL = 8;
    private static final int TYPE = 12;
    private static final int INTERFACE_OF_4 = 16;
    private static final int ADDRESS_OF_4 = 20;
    private static final int ADDRESS_OF_6 = 16;
    private static final int INTERFACE_OF_6 = 32;

    /** The first ten bits of fe80::/10, in the octets' order. */
    private static final int LINK_LOCAL = 0xfe80;

    private PacketInfo() {}

    /** Octets of a message, as sendmmsg wants them. */
    static int octets(boolean ipv6) {
        return ipv6 ? OCTETS_OF_6 : OCTETS_OF_4;
    }

    /** Makes a received message one to send. */
    static void turn(MemorySegment messages, long at, boolean ipv6) {
        if (!ipv6) {
            messages.set(JAVA_INT_UNALIGNED, at + INTERFACE_OF_4, 0);
        } else if (!isLinkLocal(messages, at)) {
            messages.set(JAVA_INT_UNALIGNED, at + INTERFACE_OF_6, 0);
        }
    }

    /** Writes a message to send; its octets. */
    static int write(InetAddress from, MemorySegment to, long at) {
        byte[] octets = from.getAddress();
        boolean ipv6 = octets.length == 16;
        to.asSlice(at, OCTETS).fill((byte) 0);
        to.set(JAVA_LONG_UNALIGNED, at, octets(ipv6));
        to.set(JAVA_INT_UNALIGNED, at + LEVEL, ipv6 ? SocketCalls.IPPROTO_IPV6 : SocketCalls.IPPROTO_IP);
        to.set(JAVA_INT_UNALIGNED, at + TYPE, ipv6 ? SocketCalls.IPV6_PKTINFO : SocketCalls.IP_PKTINFO);
        MemorySegment.copy(octets, 0, to, JAVA_BYTE, at + (ipv6 ? ADDRESS_OF_6 : ADDRESS_OF_4), octets.length);
        if (from instanceof Inet6Address v6) {
            to.set(JAVA_INT_UNALIGNED, at + INTERFACE_OF_6, v6.getScopeId());
        }
        return octets(ipv6);
    }

    /** First half of the local address in a received message; 0 for IPv4. */
    static long high(MemorySegment messages, long at, boolean ipv6) {
        return ipv6 ? messages.get(JAVA_LONG_UNALIGNED, at + ADDRESS_OF_6) : 0;
    }

    /** Second half of the local address in a received message, or that of IPv4. */
    static long low(MemorySegment messages, long at, boolean ipv6) {
        return ipv6
                ? messages.get(JAVA_LONG_UNALIGNED, at + ADDRESS_OF_6 + Long.BYTES)
                : messages.get(JAVA_INT_UNALIGNED, at + ADDRESS_OF_4);
    }

    /** Index of the interface that the address in a received message belongs to; 0 if it does without. */
    static int scope(MemorySegment messages, long at, boolean ipv6) {
        return ipv6 && isLinkLocal(messages, at) ? messages.get(JAVA_INT_UNALIGNED, at + INTERFACE_OF_6) : 0;
    }

    /** The local address in a received message. */
    static InetAddress address(MemorySegment messages, long at, boolean ipv6) {
        byte[] octets = new byte[ipv6 ? 16 : 4];
        MemorySegment.copy(messages, JAVA_BYTE, at + (ipv6 ? ADDRESS_OF_6 : ADDRESS_OF_4), octets, 0, octets.length);
        int scope = scope(messages, at, ipv6);
        try {
            return scope == 0 ? InetAddress.getByAddress(octets) : Inet6Address.getByAddress("", octets, scope);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isLinkLocal(MemorySegment messages, long at) {
        int first = messages.get(JAVA_BYTE, at + ADDRESS_OF_6) & 0xff;
        int second = messages.get(JAVA_BYTE, at + ADDRESS_OF_6 + 1) & 0xc0;
        return (first << 8 | second) == LINK_LOCAL;
    }
}
