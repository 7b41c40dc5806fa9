package org.cairndns.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * Octets of one TCP connection that wait to be read as messages, each behind its length in two octets (RFC 7766 8).
 *
 * <p>Owns what is added until it is closed. One event loop.
 */
final class TcpFrames {
    /** Longest query taken; real ones are below 600 octets, and each connection may hold one that is not complete. */
    static final int MAX_QUERY_OCTETS = 4096;

    /** Octets that may wait while a connection is not read; what is in the socket when its client ends may be more. */
    static final int MAX_WAITING_OCTETS = 64 * 1024;

    private static final int LENGTH_OCTETS = 2;

    private ByteBuf octets = Unpooled.EMPTY_BUFFER;

    /** Where in the buffer waiting octets start and end; its own indices are those of the message read last. */
    private int start;

    private int end;

    /** Takes over octets that were received; lost where there is no room for them behind those before. */
    void add(ByteBuf received, ByteBufAllocator alloc) {
        int waiting = waitingOctets();
        if (waiting == 0) {
            keep(received);
            return;
        }
        try {
            keep(alloc.directBuffer(waiting + received.readableBytes())
                    .writeBytes(octets, start, waiting)
                    .writeBytes(received));
        } finally {
            received.release();
        }
    }

    private void keep(ByteBuf other) {
        octets.release();
        octets = other;
        start = other.readerIndex();
        end = other.writerIndex();
    }

    /** Octets of the buffer that is kept. */
    int heldOctets() {
        return octets.capacity();
    }

    /** Octets added and not read yet. */
    int waitingOctets() {
        return end - start;
    }

    /** True if {@link #next} has a message. */
    boolean hasNext() {
        int waiting = waitingOctets();
        return waiting >= LENGTH_OCTETS && waiting >= LENGTH_OCTETS + length() && length() <= MAX_QUERY_OCTETS;
    }

    /** True if too much is waiting, or the message in front is longer than any that is read. */
    boolean isExcessive() {
        int waiting = waitingOctets();
        return waiting > MAX_WAITING_OCTETS || waiting >= LENGTH_OCTETS && length() > MAX_QUERY_OCTETS;
    }

    /** The message in front without its length, as the readable octets of a buffer; valid until the next call. */
    ByteBuf next() {
        int from = start + LENGTH_OCTETS;
        int to = from + length();
        start = to;
        return octets.setIndex(from, to);
    }

    /** Keeps what is left in no more room than it needs, so that idle connections cost little. */
    void compact(ByteBufAllocator alloc) {
        int left = waitingOctets();
        if (left == 0) {
            keep(Unpooled.EMPTY_BUFFER);
        } else if (left < octets.capacity() / 2) {
            keep(alloc.directBuffer(left).writeBytes(octets, start, left));
        }
    }

    void close() {
        keep(Unpooled.EMPTY_BUFFER);
    }

    private int length() {
        return octets.getUnsignedShort(start);
    }
}
