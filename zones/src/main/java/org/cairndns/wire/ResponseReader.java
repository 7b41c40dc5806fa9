package org.cairndns.wire;

import io.netty.buffer.ByteBuf;

/**
 * Reader of the responses of upstreams, whose octets it checks and then passes through.
 *
 * <p>Every name and length is checked once here, so that later walks need no checks. The records are taken as they are
 * unless that would break a rule of ours; then they are written anew. Any thread.
 */
public final class ResponseReader {
    /** QR with the four bits of the opcode. */
    private static final int KIND = 0xf800;

    /** A response with opcode QUERY. */
    private static final int RESPONSE = 0x8000;

    static final int TC = 0x0200;

    private ResponseReader() {}

    /**
     * Reads the response to {@code query} that was sent upstream under {@code id}.
     *
     * <p>A message with the TC bit may end anywhere: the records in front of the first improper one are kept. An error
     * may be a header alone, for a server that could not read the question cannot repeat it.
     *
     * @param in the message from reader index to writer index; indexes stay as they are
     * @throws BadMessageException if it is not a proper answer to the query
     */
    public static Response read(ByteBuf in, int id, Query query) throws BadMessageException {
        int start = in.readerIndex();
        int octets = in.readableBytes();
        if (octets < 12 || in.getUnsignedShort(start) != id || (in.getUnsignedShort(start + 2) & KIND) != RESPONSE) {
            throw new BadMessageException(BadMessageException.Reason.UNRELATED, "not a response to this query");
        }
        int flags = in.getUnsignedShort(start + 2);
        if (isBareError(in, start, octets)) {
            return Response.upstream(flags, flags & 0xf, 0, new byte[0]);
        }
        checkQuestion(in, start, octets, query);
        int recordsStart = 12 + query.qname().length() + 4;
        byte[] records = new byte[octets - recordsStart];
        in.getBytes(start + recordsStart, records);
        long counts = in.getUnsignedShort(start + 6)
                | (long) in.getUnsignedShort(start + 8) << 16
                | (long) in.getUnsignedShort(start + 10) << 32;
        return new UpstreamRecords(query.qname(), records).toResponse(flags, counts);
    }

    private static boolean isBareError(ByteBuf in, int start, int octets) {
        boolean empty = octets == 12 && in.getLong(start + 4) == 0;
        return empty && (in.getUnsignedShort(start + 2) & 0xf) != Rcode.NOERROR;
    }

    private static void checkQuestion(ByteBuf in, int start, int octets, Query query) throws BadMessageException {
        DomainName qname = query.qname();
        int type = start + 12 + qname.length();
        boolean same = in.getUnsignedShort(start + 4) == 1 && octets >= 12 + qname.length() + 4;
        if (same && !qname.isAt(in, start + 12)) {
            same = isAtInAnyCase(qname, in, start + 12);
        }
        if (!same || in.getUnsignedShort(type) != query.qtype() || in.getUnsignedShort(type + 2) != query.qclass()) {
            throw new BadMessageException(
                    BadMessageException.Reason.WRONG_QUESTION, "response to another question than " + query);
        }
    }

    private static boolean isAtInAnyCase(DomainName qname, ByteBuf in, int index) {
        boolean same = true;
        for (int i = 0; same && i < qname.length(); i++) {
            int octet = in.getByte(index + i);
            int lower = octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
            same = lower == qname.lowerOctet(i);
        }
        return same;
    }

    /** True if a message that {@link #read} took has the question's name in the same letter case, or has no question. */
    public static boolean isSameCase(ByteBuf in, DomainName qname) {
        return in.readableBytes() <= 12 || qname.isAt(in, in.readerIndex() + 12);
    }

    /** True if the TC bit of a message with at least a header is set. */
    public static boolean isTruncated(ByteBuf in) {
        return (in.getUnsignedShort(in.readerIndex() + 2) & TC) != 0;
    }
}
