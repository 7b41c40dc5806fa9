package org.cairndns.server.net;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.wire.ListenerInfo;

/**
 * The local addresses that queries come to on one socket: one if it is bound to it, as many as there are if it is bound
 * to all.
 *
 * <p>For one event loop. Remembers a bounded number, so that no object is made per datagram.
 */
final class AskedAddresses {
    /** More than a machine has in use; a client of 127.0.0.0/8 can make up more. */
    private static final int MAX_REMEMBERED = 64;

    private final ListenerInfo bound;
    private final boolean everywhere;
    private final boolean ipv6;
    private final List<Asked> remembered = new ArrayList<>();
    private Asked last;

    /** The one to be forgotten next. */
    private int oldest;

    private record Asked(long high, long low, int scope, ListenerInfo listener) {
        boolean is(long otherHigh, long otherLow, int otherScope) {
            return low == otherLow && high == otherHigh && scope == otherScope;
        }
    }

    /** @param bound what the socket is bound to */
    AskedAddresses(ListenerInfo bound) {
        this.bound = bound;
        this.everywhere = bound.localAddress().getAddress().isAnyLocalAddress();
        this.ipv6 = SocketAddresses.isIpv6(bound.localAddress());
        this.last = new Asked(0, 0, 0, bound);
    }

    /** True if the socket is bound to all addresses, and says with each response which one it is from. */
    boolean isEverywhere() {
        return everywhere;
    }

    /** The listener with the address that a datagram came to. */
    ListenerInfo of(ReceiveBatch batch, int index) {
        MessageHeaders headers = batch.headers();
        if (!everywhere || headers.controlOctets(index) == 0) {
            return bound;
        }
        MemorySegment peers = headers.peers();
        long at = MessageHeaders.controlAt(index);
        long high = PacketInfo.high(peers, at, ipv6);
        long low = PacketInfo.low(peers, at, ipv6);
        int scope = PacketInfo.scope(peers, at, ipv6);
        if (!last.is(high, low, scope)) {
            last = find(peers, at, high, low, scope);
        }
        return last.listener;
    }

    private Asked find(MemorySegment peers, long at, long high, long low, int scope) {
        for (Asked each : remembered) {
            if (each.is(high, low, scope)) {
                return each;
            }
        }
        InetSocketAddress local = new InetSocketAddress(
                PacketInfo.address(peers, at, ipv6), bound.localAddress().getPort());
        Asked found = new Asked(high, low, scope, new ListenerInfo(bound.transport(), bound.server(), local));
        if (remembered.size() < MAX_REMEMBERED) {
            remembered.add(found);
        } else {
            remembered.set(oldest, found);
            oldest = (oldest + 1) % MAX_REMEMBERED;
        }
        return found;
    }
}
