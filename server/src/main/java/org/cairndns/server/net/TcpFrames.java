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

    /** Takes over octets that were received. */
    void add(ByteBuf received, ByteBufAllocator alloc) {
        if (!octets.isReadable()) {
            octets.release();
            octets = received;
            return;
        }
        ByteBuf joined = alloc.directBuffer(octets.readableBytes() + received.readableBytes());
        joined.writeBytes(octets).writeBytes(received);
        octets.release();
        received.release();
        octets = joined;
    }

    /** True if {@link #next} has a message. */
    boolean hasNext() {
        return octets.readableBytes() >= LENGTH_OCTETS
                && octets.readableBytes() >= LENGTH_OCTETS + length()
                && length() <= MAX_QUERY_OCTETS;
    }

    /** True if too much is waiting, or the message in front is longer than any that is read. */
    boolean isExcessive() {
        return octets.readableBytes() > MAX_WAITING_OCTETS
                || octets.readableBytes() >= LENGTH_OCTETS && length() > MAX_QUERY_OCTETS;
    }

    /** The message in front without its length; its octets are valid until more are added. */
    ByteBuf next() {
        int length = length();
        return octets.skipBytes(LENGTH_OCTETS).readSlice(length);
    }

    /** Keeps what is left in no more room than it needs, so that idle connections cost little. */
    void compact(ByteBufAllocator alloc) {
        int left = octets.readableBytes();
        if (left == 0 || left < octets.capacity() / 2) {
            ByteBuf kept =
                    left == 0 ? Unpooled.EMPTY_BUFFER : alloc.directBuffer(left).writeBytes(octets);
            octets.release();
            octets = kept;
        }
    }

    void close() {
        octets.release();
        octets = Unpooled.EMPTY_BUFFER;
    }

    private int length() {
        return octets.getUnsignedShort(octets.readerIndex());
    }
}
