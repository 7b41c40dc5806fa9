package org.cairndns.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
    private static final int MAX_OCTETS = 0xffff;

    /** RFC 8467 4.1. */
    private static final int PADDING_BLOCK_OCTETS = 468;

    private static final int QR = 0x8000;
    private static final int TC = 0x0200;
    private static final int COPIED_FLAGS = Query.FLAG_RD | Query.FLAG_CD;
    private static final Section[] SECTIONS = Section.values();

    private ResponseWriter() {}

    /**
     * Writes the response to a query, truncated at {@code maxOctets}, and over UDP at the response's own limit.
     *
     * @param maxOctets 512..65535, usually {@link Query#maxResponseOctets()}
     * @return octets written
     */
    public static int write(Query query, Response response, int maxOctets, ByteBuf out) {
        return writeUpTo(limit(query, response, maxOctets), query, response, out);
    }

    private static int writeUpTo(int maxOctets, Query query, Response response, ByteBuf out) {
        int start = out.writerIndex();
        int recordsStart = recordsStart(query);
        boolean edns = query.edns().present();
        int optOctets = optOctets(query, response, maxOctets);
        byte[] records = response.records();
        out.ensureWritable(recordsStart + records.length + optOctets);
        writeHeader(query, response, edns, out);
        query.qname().writeTo(out);
        out.writeInt(query.qtype() << 16 | query.qclass());
        if (response.addressesAreAlike()) {
            writeAlike(response, start, maxOctets - optOctets - recordsStart, out);
        } else {
            writeRecords(response, start, maxOctets - optOctets - recordsStart, out);
        }
        if (edns) {
            byte[] options = optOctets > OPT_OCTETS ? response.ednsOptions() : Edns.NO_OPTIONS;
            writeOpt(query, response, options, out);
            if (query.listener().transport().isEncrypted()) {
                pad(query, options.length, start, out);
            }
        }
        return out.writerIndex() - start;
    }

    private static void writeRecords(Response response, int start, int maxOctets, ByteBuf out) {
        int from = out.writerIndex();
        byte[] records = response.records();
        out.writeBytes(records);
        if (response.commonTtlSeconds() >= 0) {
            RecordScan.setTtls(out, from, response.recordCount(), response.commonTtlSeconds());
        }
        if (response.shufflesAddresses()) {
            shuffle(response, from, out);
        }
        if (records.length > maxOctets) {
            truncate(response, start, from, from + maxOctets, out);
        }
    }

    /** Does what {@link #writeRecords} does without a look at each record. */
    private static void writeAlike(Response response, int start, int maxOctets, ByteBuf out) {
        int from = out.writerIndex();
        byte[] records = response.records();
        int count = response.recordCount();
        int size = records.length / count;
        int kept = Math.min(count, maxOctets / size);
        if (response.shufflesAddresses()) {
            out.writeBytes(records);
            AddressRecords.draw(out, from, response, kept, ThreadLocalRandom.current());
            out.writerIndex(from + kept * size);
        } else {
            out.writeBytes(records, 0, kept * size);
        }
        if (response.commonTtlSeconds() >= 0) {
            AddressRecords.setTtls(out, from, kept, size, response.commonTtlSeconds());
        }
        if (kept < count) {
            out.setShort(start + 6, kept);
            setTruncated(start, out);
        }
    }

    private static void setTruncated(int start, ByteBuf out) {
        out.setShort(start + 2, out.getUnsignedShort(start + 2) | TC);
    }

    /**
     * Octets that {@link #write} writes, without writing them; padding does not count.
     *
     * @param maxOctets as for {@link #write}
     */
    public static int octets(Query query, Response response, int maxOctets) {
        int limit = limit(query, response, maxOctets);
        int recordsStart = recordsStart(query);
        int optOctets = optOctets(query, response, limit);
        int whole = recordsStart + response.recordOctets() + optOctets;
        if (whole <= limit) {
            return whole;
        }
        ByteBuf records = Unpooled.wrappedBuffer(response.records());
        int at = 0;
        for (int i = 0; i < response.recordCount(); i++) {
            int next = RecordScan.next(records, at);
            if (recordsStart + next + optOctets > limit) {
                break;
            }
            at = next;
        }
        return recordsStart + at + optOctets;
    }

    /**
     * Flag word of the header that {@link #write} writes, the low bits of the RCODE included.
     *
     * @param maxOctets as for {@link #write}
     */
    public static int flags(Query query, Response response, int maxOctets) {
        int limit = limit(query, response, maxOctets);
        int whole = recordsStart(query) + response.recordOctets() + optOctets(query, response, limit);
        return flags(query, response) | (whole > limit ? TC : 0);
    }

    /** True if the message at a position has the TC bit. */
    static boolean isTruncated(ByteBuf message, int start) {
        return (message.getUnsignedShort(start + 2) & TC) != 0;
    }

    private static int limit(Query query, Response response, int maxOctets) {
        return query.listener().transport().isStream() ? maxOctets : Math.min(maxOctets, response.maxUdpOctets());
    }

    /** Octets in front of the records in a response to a query. */
    static int recordsStart(Query query) {
        return HEADER_OCTETS + query.qname().length() + 4;
    }

    /** Size of the OPT record; options that alone do not fit are left out, as an upstream's may fill 64 KiB. */
    private static int optOctets(Query query, Response response, int maxOctets) {
        if (!query.edns().present()) {
            return 0;
        }
        int withOptions = OPT_OCTETS + response.ednsOptions().length;
        return recordsStart(query) + withOptions <= maxOctets ? withOptions : OPT_OCTETS;
    }

    /** Puts addresses among written records into a new random order, each section by itself. */
    static void shuffle(Response response, int recordsStart, ByteBuf out) {
        if (response.addressesAreAlike()) {
            AddressRecords.draw(out, recordsStart, response, response.recordCount(), ThreadLocalRandom.current());
            return;
        }
        int at = recordsStart;
        for (Section section : SECTIONS) {
            at = RecordScan.shuffleAddresses(out, at, response.count(section), ThreadLocalRandom.current());
        }
    }

    /** Writes the error response to a packet that could not be read. */
    public static void writeRejected(ReadResult.Rejected rejected, ByteBuf out) {
        int copied = rejected.flags() & (COPIED_FLAGS | Query.OPCODE);
        out.writeShort(rejected.id());
        out.writeShort(QR | copied | rejected.rcode());
        out.writeShort(rejected.question().length == 0 ? 0 : 1);
        out.writeZero(6);
        out.writeBytes(rejected.question());
    }

    /** Writes the response to a query of an EDNS version that is not ours (RFC 6891 6.1.3). */
    public static void writeBadVersion(Query query, ByteBuf out) {
        Response response = Response.bare(Rcode.BADVERS);
        writeHeader(query, response, true, out);
        query.qname().writeTo(out);
        out.writeInt(query.qtype() << 16 | query.qclass());
        writeOpt(query, response, Edns.NO_OPTIONS, out);
    }

    private static int flags(Query query, Response response) {
        int rcode = response.rcode();
        // An extended RCODE has no place in a message without OPT.
        int lowRcode = rcode > 15 && !query.edns().present() ? Rcode.SERVFAIL : rcode & 0xf;
        int flags = response.wireFlags();
        if (!query.authenticData() && !query.edns().dnssecOk()) {
            // RFC 6840 5.8: AD is for those who sent AD or DO; some clients drop a response with it unasked.
            flags &= ~Query.FLAG_AD;
        }
        int asked = query.flags();
        // RD and CD mean something in queries only.
        int copied = (asked & Query.OPCODE) == 0 ? response.copiedFlags(asked & COPIED_FLAGS) : asked & Query.OPCODE;
        return QR | copied | flags | lowRcode;
    }

    private static void writeHeader(Query query, Response response, boolean edns, ByteBuf out) {
        out.writeShort(query.id());
        out.writeShort(flags(query, response));
        out.writeShort(1);
        out.writeShort(response.count(Section.ANSWER));
        out.writeShort(response.count(Section.AUTHORITY));
        out.writeShort(response.count(Section.ADDITIONAL) + (edns ? 1 : 0));
    }

    private static void writeOpt(Query query, Response response, byte[] options, ByteBuf out) {
        out.writeByte(0);
        out.writeShort(RecordType.OPT);
        out.writeShort(response.udpPayloadSize(query.edns().udpPayloadSize()));
        out.writeInt((response.rcode() >> 4) << 24 | query.edns().flags() & Edns.DNSSEC_OK);
        out.writeShort(options.length);
        out.writeBytes(options);
    }

    /** RFC 7830 4: who pads queries gets padded responses, over encrypted transports; OPT is the last record. */
    private static void pad(Query query, int optionOctets, int start, ByteBuf out) {
        if (!EdnsOptions.contains(query.edns().options(), EdnsOptions.PADDING)) {
            return;
        }
        int octets = out.writerIndex() - start + EdnsOptions.HEAD_OCTETS;
        int blocks = (octets + PADDING_BLOCK_OCTETS - 1) / PADDING_BLOCK_OCTETS;
        int padding = Math.min(blocks * PADDING_BLOCK_OCTETS, MAX_OCTETS) - octets;
        if (padding >= 0) {
            int lengthAt = out.writerIndex() - optionOctets - 2;
            out.setShort(lengthAt, optionOctets + EdnsOptions.HEAD_OCTETS + padding);
            out.writeShort(EdnsOptions.PADDING).writeShort(padding).writeZero(padding);
        }
    }

    /** Keeps the records that fit, from the first on, and sets TC. */
    private static void truncate(Response response, int start, int from, int limit, ByteBuf out) {
        int at = from;
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
        setTruncated(start, out);
    }
}
