package org.cairndns.wire;

import java.util.Arrays;

/** Records of an upstream's message on their way to a {@link Response}: checked, then taken over or written anew. */
final class UpstreamRecords {
    private static final Section[] SECTIONS = Section.values();

    /** Every client takes a message of this size; of one that is longer than the second, no datagram holds enough. */
    private static final int ALWAYS_TAKEN_OCTETS = 512;

    private static final int MOST_COMPRESSED_OCTETS = 16 * 1024;

    private final DomainName qname;
    private final MessageView view;
    private final NameCheck names;
    private final byte[] records;

    /** Records walked over, one section's count in each 16 bits, answer lowest. */
    private long counts;

    private int end;
    private int optStart = -1;
    private int optEnd;
    private boolean rewrite;

    UpstreamRecords(DomainName qname, byte[] records) {
        this.qname = qname;
        this.view = new MessageView(qname, records);
        this.names = new NameCheck(view);
        this.records = records;
        this.end = view.recordsStart();
    }

    /** The response of the message with these flags, whose header promises these counts. */
    Response toResponse(int flags, long promised) throws BadMessageException {
        for (Section section : SECTIONS) {
            int shift = 16 * section.ordinal();
            int count = (int) (promised >>> shift) & 0xffff;
            for (int i = 0; i < count; i++) {
                int next = checkedEnd(section, end);
                if (next < 0) {
                    return cutShort(flags);
                }
                end = next;
                counts += 1L << shift;
            }
        }
        return finished(flags);
    }

    /** What was read of a message up to its first improper record. */
    private Response cutShort(int flags) throws BadMessageException {
        // RFC 2181 9: who sets TC may have cut anywhere, the client is to ask again over TCP.
        if ((flags & ResponseReader.TC) == 0) {
            throw new BadMessageException(BadMessageException.Reason.MALFORMED, "malformed record at octet " + end);
        }
        return finished(flags);
    }

    private Response finished(int flags) {
        int rcode = flags & 0xf;
        long own = counts;
        int ownEnd = end;
        if (optStart >= 0) {
            rcode |= view.octet(optStart + 5) << 4;
            rewrite |= optEnd != end;
            own -= 1L << 16 * Section.ADDITIONAL.ordinal();
            ownEnd = optStart;
        }
        rewrite |= !names.isRegular() || isNeedlesslyLong();
        Response response = rewrite ? rewritten(flags, rcode) : Response.upstream(flags, rcode, own, upTo(ownEnd));
        return optStart >= 0 ? response.withEdns(view.copy(optStart + 11, optEnd)) : response;
    }

    /** Some servers, CoreDNS among them, compress only what is too long for the one who asks them: other clients take less. */
    private boolean isNeedlesslyLong() {
        return !names.hasPointers() && end > ALWAYS_TAKEN_OCTETS && end <= MOST_COMPRESSED_OCTETS;
    }

    private byte[] upTo(int position) {
        int length = position - view.recordsStart();
        return length == records.length ? records : Arrays.copyOf(records, length);
    }

    /** Position behind the record at {@code start}, or -1 if it is malformed. */
    private int checkedEnd(Section section, int start) {
        int fixed = names.after(start);
        if (fixed < 0 || fixed + 10 > view.end()) {
            return -1;
        }
        int type = view.unsignedShort(fixed);
        int dnsClass = view.unsignedShort(fixed + 2);
        int rdata = fixed + 10;
        int next = rdata + view.unsignedShort(fixed + 8);
        if (next > view.end() || !RdataNames.isProper(view, names, type, dnsClass, rdata, next)) {
            return -1;
        }
        if (type == RecordType.OPT) {
            return noteOpt(section, start, next) ? next : -1;
        }
        // RFC 2782: the target is not compressed, and some clients refuse it when it is.
        rewrite |= type == RecordType.SRV && hasPointer(rdata + 6);
        return next;
    }

    private boolean noteOpt(Section section, int start, int next) {
        // RFC 6891 6.1.1 and 6.1.2: one OPT at most, an additional record of the root.
        if (section != Section.ADDITIONAL
                || optStart >= 0
                || view.octet(start) != 0
                || !hasProperOptions(start, next)) {
            return false;
        }
        optStart = start;
        optEnd = next;
        return true;
    }

    private boolean hasProperOptions(int start, int next) {
        int at = start + 11;
        while (at + 4 <= next) {
            at += 4 + view.unsignedShort(at + 2);
        }
        return at == next;
    }

    private boolean hasPointer(int name) {
        int at = name;
        while (view.octet(at) != 0) {
            if (view.octet(at) >= 0xc0) {
                return true;
            }
            at += view.octet(at) + 1;
        }
        return false;
    }

    private Response rewritten(int flags, int rcode) {
        ResponseBuilder builder = new ResponseBuilder(qname).rcode(rcode);
        RecordCursor cursor = new RecordCursor(qname, Response.upstream(flags, rcode, counts, records));
        while (cursor.next()) {
            if (cursor.type() != RecordType.OPT) {
                builder.copy(cursor.section(), cursor);
            }
        }
        return builder.buildUpstream(flags);
    }
}
