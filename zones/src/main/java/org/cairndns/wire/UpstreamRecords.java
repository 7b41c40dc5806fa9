package org.cairndns.wire;

import java.util.Arrays;

/** Records of an upstream's message on their way to a {@link Response}: checked, then taken over or written anew. */
final class UpstreamRecords {
    private static final Section[] SECTIONS = Section.values();

    private final DomainName qname;
    private final MessageView view;
    private final byte[] records;
    private final long counts;

    private int end;
    private int optStart = -1;
    private int optEnd;
    private boolean rewrite;

    /** Where the first address record starts; pointers behind it could point into one. */
    private int firstAddress = Integer.MAX_VALUE;

    UpstreamRecords(DomainName qname, byte[] records, long counts) {
        this.qname = qname;
        this.view = new MessageView(qname, records);
        this.records = records;
        this.counts = counts;
        this.end = view.recordsStart();
    }

    Response toResponse(int flags) throws BadMessageException {
        for (Section section : SECTIONS) {
            int count = (int) (counts >>> 16 * section.ordinal()) & 0xffff;
            for (int i = 0; i < count; i++) {
                check(section);
            }
        }
        int rcode = flags & 0xf;
        long own = counts;
        int length = end - view.recordsStart();
        byte[] kept = length == records.length ? records : Arrays.copyOf(records, length);
        if (optStart >= 0) {
            rcode |= view.octet(optStart + 5) << 4;
            rewrite |= optEnd != end;
            own -= 1L << 16 * Section.ADDITIONAL.ordinal();
            kept = Arrays.copyOf(records, optStart - view.recordsStart());
        }
        Response response = rewrite ? rewritten(flags, rcode) : Response.upstream(flags, rcode, own, kept);
        return optStart >= 0 ? response.withEdns(view.copy(optStart + 11, optEnd)) : response;
    }

    private void check(Section section) throws BadMessageException {
        int start = end;
        int fixed = view.checkName(start);
        if (fixed < 0 || fixed + 10 > view.end()) {
            throw malformed(start);
        }
        int type = view.unsignedShort(fixed);
        int rdata = fixed + 10;
        end = rdata + view.unsignedShort(fixed + 8);
        if (end > view.end()
                || view.unsignedShort(fixed + 2) == DnsClass.IN && !RdataNames.isProper(view, type, rdata, end)) {
            throw malformed(start);
        }
        if (type == RecordType.OPT && section == Section.ADDITIONAL) {
            if (optStart >= 0 || fixed != start + 1) {
                throw malformed(start);
            }
            optStart = start;
            optEnd = end;
            return;
        }
        noteLayout(type, start, fixed);
    }

    /** Finds what must not be passed through: compressed SRV targets, pointers into address records. */
    private void noteLayout(int type, int start, int fixed) {
        if (type == RecordType.A || type == RecordType.AAAA) {
            firstAddress = Math.min(firstAddress, start);
            rewrite |= pointsBehindFirstAddress(start);
            return;
        }
        // RFC 2782: the target is not compressed, and some clients refuse it when it is.
        rewrite |= type == RecordType.SRV && view.skipName(fixed + 16) != end
                || type == RecordType.SRV && hasPointer(fixed + 16);
        rewrite |= firstAddress != Integer.MAX_VALUE;
    }

    private boolean pointsBehindFirstAddress(int start) {
        int at = start;
        while (view.octet(at) != 0) {
            if (view.octet(at) >= 0xc0) {
                return (view.unsignedShort(at) & 0x3fff) >= firstAddress;
            }
            at += view.octet(at) + 1;
        }
        return false;
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

    private static BadMessageException malformed(int position) {
        return new BadMessageException(BadMessageException.Reason.MALFORMED, "malformed record at octet " + position);
    }
}
