package org.cairndns.server.net;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of the clients of one event loop as objects, so that who asks often costs none.
 *
 * <p>A resolver sends the queries for A and AAAA, and those through a search path, from one port; a node's cache all of its
 * queries. Each client has one of a bounded number of places, which the last one keeps.
 */
final class KnownClients {
    private static final int PLACE_BITS = 8;
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private final @Nullable Client[] places = new @Nullable Client[1 << PLACE_BITS];

    /**
     * A client by the octets of its socket address.
     *
     * @param familyAndPort the first four
     * @param high upper half of an IPv6 address, 0 for IPv4
     * @param low lower half, or the IPv4 address
     * @param scope interface of a link-local address, 0 for any other
     */
    private record Client(int familyAndPort, long high, long low, int scope, InetSocketAddress address) {
        boolean is(int otherFamilyAndPort, long otherHigh, long otherLow, int otherScope) {
            return low == otherLow && familyAndPort == otherFamilyAndPort && high == otherHigh && scope == otherScope;
        }
    }

    /** The client whose socket address is at an offset, see {@link SocketAddresses}. */
    InetSocketAddress at(MemorySegment addresses, long at) {
        boolean ipv6 = addresses.get(JAVA_SHORT_UNALIGNED, at) == SocketCalls.AF_INET6;
        int familyAndPort = addresses.get(JAVA_INT_UNALIGNED, at);
        long high = SocketAddresses.high(addresses, at);
        long low = SocketAddresses.low(addresses, at);
        int scope = ipv6 ? addresses.get(JAVA_INT_UNALIGNED, at + 24) : 0;
        int place = (int)
                (((low * MULTIPLIER ^ high) * MULTIPLIER ^ familyAndPort) * MULTIPLIER >>> Long.SIZE - PLACE_BITS);
        Client client = places[place];
        if (client == null || !client.is(familyAndPort, high, low, scope)) {
            client = new Client(familyAndPort, high, low, scope, SocketAddresses.read(addresses, at));
            places[place] = client;
        }
        return client.address;
    }
}
