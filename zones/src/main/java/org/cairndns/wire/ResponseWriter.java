package org.cairndns.wire;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writer of response messages: header, the question as it was asked, the records, OPT.
 *
 * <p>Patches what belongs to the query (id, RD, CD, letter case, TTLs left, order of addresses) while it copies, cuts
 * at a record's end where the client's limit is reached. Any thread; appends to the buffer at its writer index.
 */
public final class ResponseWriter {
    private static final int HEADER_OCTETS = 12;
    private static final int OPT_OCTETS = 11;
    private static final int QR = 0x8000;
    private static final int TC = 0x0200;
    private static final int COPIED_FLAGS = Query.FLAG_RD | Query.FLAG_CD;
    private static final Section[] SECTIONS = Section.values();

    private ResponseWriter() {}

    /**
     * Writes the response to a query, truncated at {@code maxOctets}.
     *
     * @param maxOctets 512..65535, usually {@link Query#maxResponseOctets()}
     * @return octets written
     */
    public static int write(Query query, Response response, int maxOctets, ByteBuf out) {
        int start = out.writerIndex();
        int recordsStart = HEADER_OCTETS + query.qname().length() + 4;
        boolean edns = query.edns().present();
        byte[] options = options(response, maxOctets - recordsStart);
        int optOctets = edns ? OPT_OCTETS + options.length : 0;
        byte[] records = response.records();
        out.ensureWritable(recordsStart + records.length + optOctets);
        writeHeader(query, response, edns, out);
        query.qname().writeTo(out);
        out.writeInt(query.qtype() << 16 | query.qclass());
        out.writeBytes(records);
        if (response.commonTtlSeconds() >= 0) {
            RecordScan.setTtls(out, start + recordsStart, response.recordCount(), response.commonTtlSeconds());
        }
        if (response.shufflesAddresses()) {
            shuffle(response, start + recordsStart, out);
        }
        if (recordsStart + records.length + optOctets > maxOctets) {
            truncate(response, start, recordsStart, maxOctets - optOctets, out);
        }
        if (edns) {
            writeOpt(query, response.rcode(), options, out);
        }
        return out.writerIndex() - start;
    }

    /** The response's EDNS options, none if they alone do not fit; an upstream's come from a message of 64 KiB. */
    private static byte[] options(Response response, int roomOctets) {
        byte[] options = response.ednsOptions();
        return OPT_OCTETS + options.length <= roomOctets ? options : Edns.NO_OPTIONS;
    }

    private static void shuffle(Response response, int recordsStart, ByteBuf out) {
        int at = recordsStart;
        for (Section section : SECTIONS) {
            at = RecordScan.shuffleAddresses(out, at, response.count(section), ThreadLocalRandom.current());
        }
    }

    /** Writes the error response to a packet that could not be read. */
    public static void writeRejected(ReadResult.Rejected rejected, ByteBuf out) {
        int copied = rejected.flags() & (COPIED_FLAGS | 0x7800);
        out.writeShort(rejected.id());
        out.writeShort(QR | copied | rejected.rcode());
        out.writeShort(rejected.question().length == 0 ? 0 : 1);
        out.writeZero(6);
        out.writeBytes(rejected.question());
    }

    /** Writes the response to a query of an EDNS version that is not ours (RFC 6891 6.1.3). */
    public static void writeBadVersion(Query query, ByteBuf out) {
        writeHeader(query, Response.bare(Rcode.BADVERS), true, out);
        query.qname().writeTo(out);
        out.writeInt(query.qtype() << 16 | query.qclass());
        writeOpt(query, Rcode.BADVERS, Edns.NO_OPTIONS, out);
    }

    private static void writeHeader(Query query, Response response, boolean edns, ByteBuf out) {
        int rcode = response.rcode();
        // An extended RCODE has no place in a message without OPT.
        int lowRcode = rcode > 15 && !edns ? Rcode.SERVFAIL : rcode & 0xf;
        int flags = response.wireFlags();
        if (!query.authenticData() && !query.edns().dnssecOk()) {
            // RFC 6840 5.8: AD is for those who sent AD or DO; some clients drop a response with it unasked.
            flags &= ~Query.FLAG_AD;
        }
        out.writeShort(query.id());
        out.writeShort(QR | query.flags() & COPIED_FLAGS | flags | lowRcode);
        out.writeShort(1);
        out.writeShort(response.count(Section.ANSWER));
        out.writeShort(response.count(Section.AUTHORITY));
        out.writeShort(response.count(Section.ADDITIONAL) + (edns ? 1 : 0));
    }

    private static void writeOpt(Query query, int rcode, byte[] options, ByteBuf out) {
        out.writeByte(0);
        out.writeShort(RecordType.OPT);
        out.writeShort(query.edns().udpPayloadSize());
        out.writeInt((rcode >> 4) << 24 | query.edns().flags() & Edns.DNSSEC_OK);
        out.writeShort(options.length);
        out.writeBytes(options);
    }

    /** Keeps the records that fit, from the first on, and sets TC. */
    private static void truncate(Response response, int start, int recordsStart, int maxOctets, ByteBuf out) {
        int at = start + recordsStart;
        int limit = start + maxOctets;
        int kept = 0;
        while (kept < response.recordCount()) {
            int next = RecordScan.next(out, at);
            if (next > limit) {
                break;
            }
            at = next;
            kept++;
        }
        out.writerIndex(at);
        int opt = out.getUnsignedShort(start + 10) - response.count(Section.ADDITIONAL);
        int left = kept;
        int position = start + 6;
        for (Section section : SECTIONS) {
            int count = Math.min(left, response.count(section));
            out.setShort(position, count + (section == Section.ADDITIONAL ? opt : 0));
            left -= count;
            position += 2;
        }
        out.setShort(start + 2, out.getUnsignedShort(start + 2) | TC);
    }
}
