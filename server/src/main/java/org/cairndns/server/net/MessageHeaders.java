package org.cairndns.server.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Headers of datagrams side by side in native memory, as recvmmsg(2) and sendmmsg(2) take them.
 *
 * <pre>
 *   struct mmsghdr, 64 octets                     struct iovec, 16 octets
 *    0 msg_name        the socket address          0 iov_base  the datagram's octets
 *    8 msg_namelen     its octets                  8 iov_len   octets to send, or room
 *   16 msg_iov         the iovec
 *   24 msg_iovlen      1                          peer, 72 octets
 *   32 msg_control     the control message         0 socket address, see {@link SocketAddresses}
 *   40 msg_controllen  its octets                 32 control message, see {@link PacketInfo}
 *   48 msg_flags
 *   56 msg_len         octets received or sent
 * </pre>
 *
 * <p>Not thread-safe. The memory is the arena's.
 */
final class MessageHeaders {
    private static final int HEADER_OCTETS = 64;
    private static final int NAME_LENGTH = 8;
    private static final int IOVEC = 16;
    private static final int IOVEC_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int LENGTH = 56;
    private static final int IOVEC_OCTETS = 16;
    private static final int IOV_LENGTH = 8;
    private static final int PEER_OCTETS = SocketAddresses.OCTETS + PacketInfo.OCTETS;

    private final MemorySegment headers;
    private final MemorySegment iovecs;
    private final MemorySegment peers;

    MessageHeaders(Arena arena, int count) {
        this.headers = arena.allocate((long) count * HEADER_OCTETS, HEADER_OCTETS);
        this.iovecs = arena.allocate((long) count * IOVEC_OCTETS, IOVEC_OCTETS);
        this.peers = arena.allocate((long) count * PEER_OCTETS, Long.BYTES);
        for (int i = 0; i < count; i++) {
            long header = (long) i * HEADER_OCTETS;
            headers.set(ADDRESS, header, peers.asSlice(nameAt(i), SocketAddresses.OCTETS));
            headers.set(ADDRESS, header + IOVEC, iovecs.asSlice((long) i * IOVEC_OCTETS, IOVEC_OCTETS));
            headers.set(JAVA_LONG, header + IOVEC_COUNT, 1);
            headers.set(ADDRESS, header + CONTROL, peers.asSlice(controlAt(i), PacketInfo.OCTETS));
        }
    }

    /** The headers from one on, for the kernel. */
    MemorySegment from(int index) {
        return index == 0 ? headers : headers.asSlice((long) index * HEADER_OCTETS);
    }

    /** Sets where a datagram's octets are, or are to be received. */
    void octets(int index, MemorySegment memory, long length) {
        iovecs.set(ADDRESS, (long) index * IOVEC_OCTETS, memory);
        iovecs.set(JAVA_LONG, (long) index * IOVEC_OCTETS + IOV_LENGTH, length);
    }

    /** Sets where a datagram's octets are by their address. */
    void octets(int index, long address, long length) {
        iovecs.set(JAVA_LONG, (long) index * IOVEC_OCTETS, address);
        iovecs.set(JAVA_LONG, (long) index * IOVEC_OCTETS + IOV_LENGTH, length);
    }

    /** Octets of a datagram received. */
    int received(int index) {
        return headers.get(JAVA_INT, (long) index * HEADER_OCTETS + LENGTH);
    }

    /**
     * Sets the lengths in a datagram's peer.
     *
     * @param name octets of the socket address, or room for one
     * @param control octets of the control message, or room for one; 0 for none
     */
    void lengths(int index, int name, int control) {
        headers.set(JAVA_INT, (long) index * HEADER_OCTETS + NAME_LENGTH, name);
        headers.set(JAVA_LONG, (long) index * HEADER_OCTETS + CONTROL_LENGTH, control);
    }

    /** Octets of the socket address received. */
    int nameOctets(int index) {
        return headers.get(JAVA_INT, (long) index * HEADER_OCTETS + NAME_LENGTH);
    }

    /** Octets of the control message received. */
    int controlOctets(int index) {
        return (int) headers.get(JAVA_LONG, (long) index * HEADER_OCTETS + CONTROL_LENGTH);
    }

    /** Takes over what was received about a peer. */
    void copyPeer(MessageHeaders from, int fromIndex, int index) {
        MemorySegment.copy(from.peers, nameAt(fromIndex), peers, nameAt(index), PEER_OCTETS);
    }

    /** All peers; see {@link #nameAt} and {@link #controlAt}. */
    MemorySegment peers() {
        return peers;
    }

    /** Offset of a datagram's socket address in {@link #peers}. */
    static long nameAt(int index) {
        return (long) index * PEER_OCTETS;
    }

    /** Offset of a datagram's control message in {@link #peers}. */
    static long controlAt(int index) {
        return (long) index * PEER_OCTETS + SocketAddresses.OCTETS;
    }
}
