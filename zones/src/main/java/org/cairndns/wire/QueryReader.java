package org.cairndns.wire;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Parser of query packets, the only one on the query path.
 *
 * <p>Reads in place from the buffer's reader index to its writer index, changes neither, keeps no reference to it.
 * Hostile octets never throw: they are {@link ReadResult.Rejected} or {@link ReadResult.Ignored}. Any thread.
 */
public final class QueryReader {
    private static final int HEADER_OCTETS = 12;
    private static final int QR = 0x8000;
    private static final int MALFORMED = -1;

    /** Serial, refresh, retry, expire, minimum: the end of SOA RDATA (RFC 1035 3.3.13). */
    private static final int SOA_NUMBER_OCTETS = 20;

    private static final byte[] NO_QUESTION = new byte[0];

    private QueryReader() {}

    /** Reads one packet that came from {@code client} to {@code listener}. */
    public static ReadResult read(ByteBuf in, InetSocketAddress client, ListenerInfo listener) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        if (end - start < HEADER_OCTETS) {
            return ReadResult.Ignored.INSTANCE;
        }
        int id = in.getUnsignedShort(start);
        int flags = in.getUnsignedShort(start + 2);
        // Answering a response could set two servers talking to each other for ever.
        if ((flags & QR) != 0) {
            return ReadResult.Ignored.INSTANCE;
        }
        if ((flags & Query.OPCODE) != 0 && (flags & Query.OPCODE) != Query.NOTIFY) {
            return new ReadResult.Rejected(id, flags, Rcode.NOTIMP, NO_QUESTION);
        }
        int answers = in.getUnsignedShort(start + 6);
        int authorities = in.getUnsignedShort(start + 8);
        int additionals = in.getUnsignedShort(start + 10);
        // RFC 9619: exactly one question. An IXFR query has one authority record, EDNS and TSIG are two additionals.
        boolean counts = in.getUnsignedShort(start + 4) == 1 && answers <= 1 && authorities <= 1 && additionals <= 2;
        int nameOctets = counts ? nameOctets(in, start + HEADER_OCTETS, end) : MALFORMED;
        int question = start + HEADER_OCTETS + nameOctets;
        if (nameOctets == MALFORMED || question + 4 > end) {
            return new ReadResult.Rejected(id, flags, Rcode.FORMERR, NO_QUESTION);
        }
        int at = question + 4;
        Edns edns = Edns.NONE;
        long soaSerial = Query.NO_SERIAL;
        if (answers + authorities + additionals != 0) {
            int records = at;
            at = skipRecords(in, at, end, answers + authorities);
            Edns found = at == MALFORMED ? null : readEdns(in, at, end, additionals);
            if (found == null) {
                byte[] echo = new byte[nameOctets + 4];
                in.getBytes(start + HEADER_OCTETS, echo);
                return new ReadResult.Rejected(id, flags, Rcode.FORMERR, echo);
            }
            edns = found;
            soaSerial = soaSerial(in, records, end, answers + authorities);
        }
        byte[] name = new byte[nameOctets];
        in.getBytes(start + HEADER_OCTETS, name);
        DomainName qname = DomainName.ofOwned(name);
        return Query.read(id, flags, qname, in.getInt(question), edns, end - start, soaSerial, client, listener);
    }

    /** Length of the uncompressed name at {@code at}; compression has nothing to point to in a question. */
    private static int nameOctets(ByteBuf in, int at, int end) {
        int position = at;
        while (position < end) {
            int length = in.getUnsignedByte(position);
            position += length + 1;
            if (length == 0) {
                return position - at <= DomainName.MAX_OCTETS ? position - at : MALFORMED;
            }
            if (length > DomainName.MAX_LABEL_OCTETS) {
                return MALFORMED;
            }
        }
        return MALFORMED;
    }

    private static int skipRecords(ByteBuf in, int from, int end, int count) {
        int at = from;
        for (int i = 0; i < count && at != MALFORMED; i++) {
            at = skipRecord(in, at, end);
        }
        return at;
    }

    /** Serial of the first SOA among the records of IXFR and NOTIFY, which have been skipped before and so are whole. */
    private static long soaSerial(ByteBuf in, int from, int end, int count) {
        int at = from;
        for (int i = 0; i < count; i++) {
            int next = skipRecord(in, at, end);
            int fixed = skipName(in, at, end);
            // The names before the five numbers have at least one octet each.
            boolean soa = in.getUnsignedShort(fixed) == RecordType.SOA && next - fixed >= 10 + 2 + SOA_NUMBER_OCTETS;
            if (soa) {
                return in.getUnsignedInt(next - SOA_NUMBER_OCTETS);
            }
            at = next;
        }
        return Query.NO_SERIAL;
    }

    private static int skipRecord(ByteBuf in, int from, int end) {
        int fixed = skipName(in, from, end);
        if (fixed == MALFORMED || fixed + 10 > end) {
            return MALFORMED;
        }
        int next = fixed + 10 + in.getUnsignedShort(fixed + 8);
        return next <= end ? next : MALFORMED;
    }

    private static int skipName(ByteBuf in, int from, int end) {
        int at = from;
        while (at < end) {
            int length = in.getUnsignedByte(at);
            if (length == 0) {
                return at + 1;
            }
            if (length >= 0xc0) {
                return at + 2 <= end ? at + 2 : MALFORMED;
            }
            if (length > DomainName.MAX_LABEL_OCTETS || at - from > DomainName.MAX_OCTETS) {
                return MALFORMED;
            }
            at += length + 1;
        }
        return MALFORMED;
    }

    /** The OPT record among the additional ones, or null if the section is malformed. */
    private static @Nullable Edns readEdns(ByteBuf in, int from, int end, int count) {
        Edns edns = Edns.NONE;
        int at = from;
        for (int i = 0; i < count; i++) {
            int next = skipRecord(in, at, end);
            if (next == MALFORMED) {
                return null;
            }
            int fixed = skipName(in, at, end);
            if (in.getUnsignedShort(fixed) == RecordType.OPT) {
                // RFC 6891 6.1.1 and 6.1.2: one OPT at most, its owner is the root.
                if (edns.present() || fixed != at + 1) {
                    return null;
                }
                edns = readOpt(in, fixed, next);
                if (edns == null) {
                    return null;
                }
            }
            at = next;
        }
        return edns;
    }

    private static @Nullable Edns readOpt(ByteBuf in, int fixed, int end) {
        int options = fixed + 10;
        for (int at = options; at < end; ) {
            at += at + 4 <= end ? 4 + in.getUnsignedShort(at + 2) : end;
            if (at > end) {
                return null;
            }
        }
        byte[] octets = Edns.NO_OPTIONS;
        if (options < end) {
            octets = new byte[end - options];
            in.getBytes(options, octets);
        }
        int payload = in.getUnsignedShort(fixed + 2);
        return new Edns(true, payload, in.getUnsignedByte(fixed + 5), in.getUnsignedShort(fixed + 6), octets);
    }
}
