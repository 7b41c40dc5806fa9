package org.cairndns.server.net;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Who sends the most of some datagrams, by address, in a fixed number of places: whoever sends more than one in 17
 * is among them, counted too low by at most one in 17 (Misra and Gries, 1982).
 *
 * <p>For one event loop. Counting makes no objects.
 */
final class Talkers {
    private static final int PLACES = 16;

    private final long[] highs = new long[PLACES];
    private final long[] lows = new long[PLACES];
    private final int[] counts = new int[PLACES];

    private final boolean ipv6;

    /** @param ipv6 whether the socket is an IPv6 one */
    Talkers(boolean ipv6) {
        this.ipv6 = ipv6;
    }

    /** Counts the sender whose socket address is at an offset, see {@link SocketAddresses}. */
    void count(MemorySegment peers, long at) {
        long high = SocketAddresses.high(peers, at);
        long low = SocketAddresses.low(peers, at);
        int free = -1;
        for (int i = 0; i < PLACES; i++) {
            if (counts[i] == 0) {
                free = i;
            } else if (lows[i] == low && highs[i] == high) {
                counts[i]++;
                return;
            }
        }
        if (free >= 0) {
            highs[free] = high;
            lows[free] = low;
            counts[free] = 1;
        } else {
            for (int i = 0; i < PLACES; i++) {
                counts[i]--;
            }
        }
    }

    /** The address that sent the most, if it sent at least so many. */
    Optional<InetAddress> top(int least) {
        int top = 0;
        for (int i = 1; i < PLACES; i++) {
            if (counts[i] > counts[top]) {
                top = i;
            }
        }
        return counts[top] >= least ? Optional.of(address(top)) : Optional.empty();
    }

    private InetAddress address(int place) {
        ByteBuffer octets = ByteBuffer.allocate(ipv6 ? 16 : 4).order(ByteOrder.nativeOrder());
        if (ipv6) {
            octets.putLong(highs[place]).putLong(lows[place]);
        } else {
            octets.putInt((int) lows[place]);
        }
        try {
            return InetAddress.getByAddress(octets.array());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Forgets all. */
    void clear() {
        Arrays.fill(counts, 0);
    }
}
