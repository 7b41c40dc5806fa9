package org.cairndns.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Datagrams of one socket on their way out: written one behind the other into one piece of memory, sent in one call.
 *
 * <p>For one event loop. What a full socket buffer does not take waits here; what finds no room is dropped.
 */
final class SendQueue {
    private static final int DATAGRAMS = 128;
    /** More than the longest datagram of 65,507 octets. */
    private static final int ROOM_OCTETS = 128 * 1024;

    private final SocketCalls calls;
    private final int fd;
    private final boolean ipv6;
    private final MessageHeaders headers;
    private final long base;
    private final ByteBuf room;

    /** Datagrams in the room, the first {@link #sent} of which have left. */
    private int waiting;

    private int sent;

    /** Where the last datagram ends. */
    private int end;

    /** @param ipv6 whether the socket is an IPv6 one */
    SendQueue(SocketCalls calls, int fd, boolean ipv6) {
        this.calls = calls;
        this.fd = fd;
        this.ipv6 = ipv6;
        Arena arena = Arena.ofAuto();
        this.headers = new MessageHeaders(arena, DATAGRAMS);
        MemorySegment memory = arena.allocate(ROOM_OCTETS, Long.BYTES);
        this.base = memory.address();
        this.room = Unpooled.wrappedBuffer(memory.asByteBuffer()).clear();
    }

    /** True if there is room for one more datagram, made by a flush if need be; false if the socket takes no more. */
    boolean hasRoom(int maxOctets) {
        return waiting < DATAGRAMS && room.writableBytes() >= maxOctets || flush();
    }

    /** Where the next datagram is to be written to, from the writer index on. */
    ByteBuf room() {
        return room;
    }

    /** Where in {@link #room} the last datagram ends. */
    int end() {
        return end;
    }

    /** Forgets what was written since the last datagram. */
    void takeBack() {
        room.writerIndex(end);
    }

    /** Takes what was written to {@link #room} as a response to a datagram of a batch, from the address it came to. */
    void addReply(ReceiveBatch batch, int index) {
        MessageHeaders received = batch.headers();
        headers.copyPeer(received, index, waiting);
        int control = received.controlOctets(index);
        if (control != 0) {
            control = PacketInfo.octets(ipv6);
            PacketInfo.turn(headers.peers(), MessageHeaders.controlAt(waiting), ipv6);
        }
        add(received.nameOctets(index), control);
    }

    /** Takes what was written to {@link #room} as a datagram to a client, from the address that the socket has. */
    void add(InetSocketAddress client) {
        add(nameOctets(client), 0);
    }

    /** Takes what was written to {@link #room} as a datagram to a client, from one of the socket's many addresses. */
    void add(InetSocketAddress client, InetAddress from) {
        int control = PacketInfo.write(from, headers.peers(), MessageHeaders.controlAt(waiting));
        add(nameOctets(client), control);
    }

    private int nameOctets(InetSocketAddress client) {
        return SocketAddresses.write(client, headers.peers(), MessageHeaders.nameAt(waiting));
    }

    private void add(int nameOctets, int controlOctets) {
        headers.lengths(waiting, nameOctets, controlOctets);
        headers.octets(waiting, base + end, room.writerIndex() - end);
        end = room.writerIndex();
        waiting++;
    }

    /** Sends what waits; false if some has to wait until the socket takes more. */
    boolean flush() {
        while (sent < waiting) {
            int result = calls.send(fd, headers.from(sent), waiting - sent);
            if (result > 0) {
                sent += result;
            } else if (result == -SocketCalls.EAGAIN) {
                return false;
            } else if (result != -SocketCalls.EINTR) {
                // This client cannot be reached; the others can.
                sent++;
            }
        }
        sent = 0;
        waiting = 0;
        end = 0;
        room.clear();
        return true;
    }
}
