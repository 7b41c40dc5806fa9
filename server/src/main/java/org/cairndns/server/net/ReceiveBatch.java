package org.cairndns.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** Room for the datagrams that one call receives; the sockets of one event loop share it. */
final class ReceiveBatch {
    /** Datagrams of one call at most. */
    static final int DATAGRAMS = 64;

    private final MessageHeaders headers;
    private final ByteBuf[] contents = new ByteBuf[DATAGRAMS];
    private final KnownClients clients = new KnownClients();

    /** Headers that the last call filled in; all of them before the first. */
    private int used = DATAGRAMS;

    ReceiveBatch() {
        Arena arena = Arena.ofAuto();
        this.headers = new MessageHeaders(arena, DATAGRAMS);
        MemorySegment memory = arena.allocate((long) DATAGRAMS * UdpSocket.MAX_QUERY_OCTETS, Long.BYTES);
        for (int i = 0; i < DATAGRAMS; i++) {
            MemorySegment slot = memory.asSlice((long) i * UdpSocket.MAX_QUERY_OCTETS, UdpSocket.MAX_QUERY_OCTETS);
            headers.octets(i, slot, UdpSocket.MAX_QUERY_OCTETS);
            contents[i] = Unpooled.wrappedBuffer(slot.asByteBuffer());
        }
    }

    /** Receives what waits at a socket, at most so many datagrams; their number, or minus errno. */
    int receive(SocketCalls calls, int fd, int most) {
        for (int i = 0; i < used; i++) {
            // The kernel left the lengths of the last ones there, and the next socket may have longer ones.
            headers.lengths(i, SocketAddresses.OCTETS, PacketInfo.OCTETS);
        }
        int received = calls.receive(fd, headers.from(0), most);
        used = Math.max(received, 0);
        return received;
    }

    /** A datagram's octets, until the next {@link #receive}. */
    ByteBuf content(int index) {
        return contents[index].setIndex(0, headers.received(index));
    }

    /** Where a datagram came from. */
    InetSocketAddress client(int index) {
        return clients.at(headers.peers(), MessageHeaders.nameAt(index));
    }

    MessageHeaders headers() {
        return headers;
    }
}
