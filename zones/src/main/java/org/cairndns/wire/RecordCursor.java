package org.cairndns.wire;

/**
 * Walk over the records of a response, one after the other.
 *
 * <p>Starts before the first record. One thread at a time.
 */
public final class RecordCursor {
    private final MessageView view;
    private final Response response;
    private int index = -1;

    /** Where the record starts, where its type stands, where the next one starts. */
    private int start;

    private int fixed;
    private int next;

    /** A cursor over the response to a query for {@code qname}. */
    public RecordCursor(DomainName qname, Response response) {
        this.view = new MessageView(qname, response.records());
        this.response = response;
        this.next = view.recordsStart();
    }

    /** Goes to the next record; false if there is none. */
    public boolean next() {
        if (++index >= response.recordCount()) {
            return false;
        }
        start = next;
        fixed = view.skipName(start);
        next = fixed + 10 + view.unsignedShort(fixed + 8);
        return true;
    }

    public Section section() {
        int answers = response.count(Section.ANSWER);
        if (index < answers) {
            return Section.ANSWER;
        }
        return index < answers + response.count(Section.AUTHORITY) ? Section.AUTHORITY : Section.ADDITIONAL;
    }

    public DomainName owner() {
        return view.name(start);
    }

    public int type() {
        return view.unsignedShort(fixed);
    }

    public int dnsClass() {
        return view.unsignedShort(fixed + 2);
    }

    /** TTL in seconds, 0..2^31-1; larger values on the wire count as 0 (RFC 2181 8). */
    public int ttlSeconds() {
        int common = response.commonTtlSeconds();
        return common >= 0 ? common : Math.max(0, view.integer(fixed + 4));
    }

    /** The record at the cursor's place. */
    public ResourceRecord record() {
        return new ResourceRecord(section(), owner(), type(), dnsClass(), ttlSeconds(), rdata());
    }

    /** RDATA with its names uncompressed. */
    public byte[] rdata() {
        return RdataNames.expand(view, type(), dnsClass(), fixed + 10, next);
    }

    /** The name that starts {@code offset} octets into the RDATA: 0 for CNAME, NS, PTR and SOA's MNAME, 6 for SRV. */
    public DomainName rdataName(int offset) {
        return view.name(fixed + 10 + offset);
    }

    /** The last four octets of the RDATA as a number: SOA's MINIMUM. */
    public int rdataLastInt() {
        return view.integer(next - 4);
    }
}
