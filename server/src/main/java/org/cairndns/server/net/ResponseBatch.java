package org.cairndns.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.wire.Query;
import org.cairndns.wire.ReadResult;
import org.cairndns.wire.ResponseWriter;
import org.jspecify.annotations.Nullable;

/**
 * Responses on one TCP connection that leave together, one behind the other in one buffer, each behind its length.
 *
 * <p>Bursts of queries come in one read; their responses leave in one write, and over TLS in one record, instead of in
 * one each. One event loop.
 */
final class ResponseBatch {
    /** No more is put in front of the socket at once: what one TLS record holds (RFC 8446 5.1). */
    private static final int FULL_OCTETS = 16 * 1024;

    /** Room for one usual response. */
    private static final int MIN_CAPACITY = 512;

    private static final int LENGTH_OCTETS = 2;

    private final QueryRunner runner;
    private @Nullable ByteBuf octets;

    /** @param runner writes replies */
    ResponseBatch(QueryRunner runner) {
        this.runner = runner;
    }

    /**
     * Adds a reply that is there, or nothing if none is to be sent.
     *
     * @param expectedOctets what will be added in all, as far as is known; room for it is made at once
     */
    void add(ChannelHandlerContext context, Query query, Reply reply, int expectedOctets) {
        ByteBuf out = begin(context, expectedOctets);
        int start = out.writerIndex();
        boolean written = false;
        try {
            written = runner.write(query, reply, out.writeZero(LENGTH_OCTETS));
        } finally {
            if (!written) {
                out.writerIndex(start);
            }
        }
        if (written) {
            end(context, out, start);
        }
    }

    /** Adds the response to a message that could not be read. */
    void add(ChannelHandlerContext context, ReadResult.Rejected rejected) {
        ByteBuf out = begin(context, MIN_CAPACITY);
        int start = out.writerIndex();
        ResponseWriter.writeRejected(rejected, out.writeZero(LENGTH_OCTETS));
        end(context, out, start);
    }

    private ByteBuf begin(ChannelHandlerContext context, int expectedOctets) {
        if (octets == null) {
            octets = context.alloc().directBuffer(Math.clamp(expectedOctets, MIN_CAPACITY, FULL_OCTETS));
        }
        return octets;
    }

    private void end(ChannelHandlerContext context, ByteBuf out, int start) {
        out.setShort(start, out.writerIndex() - start - LENGTH_OCTETS);
        if (out.writerIndex() >= FULL_OCTETS) {
            write(context);
        }
    }

    /** Hands what was added to the socket, which sends it at the next flush. */
    void write(ChannelHandlerContext context) {
        ByteBuf out = octets;
        octets = null;
        if (out == null) {
            return;
        }
        if (out.isReadable()) {
            context.write(out, context.voidPromise());
        } else {
            out.release();
        }
    }

    /** Gives up what was added. */
    void close() {
        if (octets != null) {
            octets.release();
            octets = null;
        }
    }
}
