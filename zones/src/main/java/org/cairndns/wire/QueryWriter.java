package org.cairndns.wire;

import io.netty.buffer.ByteBuf;

/**
 * Writer of the queries that go to upstreams: the client's question, flags and EDNS data under an id of our own.
 *
 * <p>Any thread; appends to the buffer at its writer index.
 */
public final class QueryWriter {
    private static final int HEADER_OCTETS = 12;
    private static final int OPT_OCTETS = 11;
    private static final int COPIED_FLAGS = Query.FLAG_RD | Query.FLAG_AD | Query.FLAG_CD;

    private QueryWriter() {}

    /** Size of the message that {@link #write} makes of a query, in octets. */
    public static int octets(Query query) {
        Edns edns = query.edns();
        int opt = edns.present() ? OPT_OCTETS + edns.options().length : 0;
        return HEADER_OCTETS + query.qname().length() + 4 + opt;
    }

    /**
     * Writes the query: RD, AD, CD and the OPT record as they came, nothing else of the client's message.
     *
     * @param id 0..65535
     */
    public static void write(Query query, int id, ByteBuf out) {
        Edns edns = query.edns();
        out.ensureWritable(octets(query));
        out.writeShort(id);
        out.writeShort(query.flags() & COPIED_FLAGS);
        out.writeShort(1);
        out.writeInt(0);
        out.writeShort(edns.present() ? 1 : 0);
        query.qname().writeTo(out);
        out.writeInt(query.qtype() << 16 | query.qclass());
        if (edns.present()) {
            out.writeByte(0);
            out.writeShort(RecordType.OPT);
            out.writeShort(edns.udpPayloadSize());
            // RFC 6891 6.1.3: the TTL field holds the extended RCODE, the version, the flags.
            out.writeInt(edns.version() << 16 | edns.flags());
            out.writeShort(edns.options().length);
            out.writeBytes(edns.options());
        }
    }
}
