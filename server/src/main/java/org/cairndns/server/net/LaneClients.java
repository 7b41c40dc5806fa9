package org.cairndns.server.net;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.List;

/** Addresses that have a receive queue of their own, to be looked up without an object. Immutable. */
final class LaneClients {
    static final LaneClients NONE = new LaneClients(List.of());

    private final long[] highs;
    private final long[] lows;

    /** @param addresses of one family */
    LaneClients(Collection<InetAddress> addresses) {
        this.highs = new long[addresses.size()];
        this.lows = new long[addresses.size()];
        int i = 0;
        for (InetAddress address : addresses) {
            ByteBuffer octets = ByteBuffer.wrap(address.getAddress()).order(ByteOrder.nativeOrder());
            boolean ipv6 = octets.remaining() > Integer.BYTES;
            highs[i] = ipv6 ? octets.getLong() : 0;
            lows[i] = ipv6 ? octets.getLong() : octets.getInt();
            i++;
        }
    }

    /** True if the socket address at an offset is of one of them, see {@link SocketAddresses}. */
    boolean has(MemorySegment peers, long at) {
        long high = SocketAddresses.high(peers, at);
        long low = SocketAddresses.low(peers, at);
        for (int i = 0; i < lows.length; i++) {
            if (lows[i] == low && highs[i] == high) {
                return true;
            }
        }
        return false;
    }
}
