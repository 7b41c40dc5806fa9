package org.cairndns.wire;

/**
 * What a response says, as cache and logs tell responses apart; the first rule that fits decides.
 *
 * <p>Source: CoreDNS plugin/pkg/response.
 */
public enum ResponseKind {
    /** NOERROR with answers, or with nothing that fits another kind. */
    NO_ERROR,
    /** NOERROR without answers, NS records in the authority section. */
    DELEGATION,
    /** NXDOMAIN without answers. */
    NAME_ERROR,
    /** NOERROR without answers, an SOA record in the authority section. */
    NO_DATA,
    /** SERVFAIL or NOTIMP. */
    SERVER_ERROR,
    /** A reply to a zone transfer or to a NOTIFY. */
    META,
    /** Everything else: REFUSED, NXDOMAIN with answers, signatures out of date. */
    OTHER_ERROR;

    /**
     * The kind of the response to a query.
     *
     * @param nowSeconds seconds since 1970, for the validity of signatures
     */
    public static ResponseKind of(Query query, Response response, long nowSeconds) {
        if (query.qtype() == RecordType.AXFR || query.qtype() == RecordType.IXFR || query.isNotify()) {
            return META;
        }
        boolean signed = response.hasEdns() && query.edns().dnssecOk();
        if (signed && hasOutdatedSignature(query.qname(), response, nowSeconds)) {
            return OTHER_ERROR;
        }
        int rcode = response.rcode();
        if (response.count(Section.ANSWER) > 0) {
            return switch (rcode) {
                case Rcode.NOERROR -> NO_ERROR;
                case Rcode.SERVFAIL, Rcode.NOTIMP -> SERVER_ERROR;
                default -> OTHER_ERROR;
            };
        }
        return switch (rcode) {
            case Rcode.NOERROR ->
                hasAuthority(response, RecordType.SOA)
                        ? NO_DATA
                        : hasAuthority(response, RecordType.NS) ? DELEGATION : NO_ERROR;
            case Rcode.NXDOMAIN -> NAME_ERROR;
            case Rcode.SERVFAIL, Rcode.NOTIMP -> SERVER_ERROR;
            default -> OTHER_ERROR;
        };
    }

    /** True if the authority section has a record of this type. */
    public static boolean hasAuthority(Response response, int type) {
        int answers = response.count(Section.ANSWER);
        int end = answers + response.count(Section.AUTHORITY);
        if (end == answers) {
            return false;
        }
        byte[] records = response.records();
        int at = 0;
        for (int i = 0; i < end; i++) {
            int fixed = RecordOctets.skipName(records, at);
            if (i >= answers && RecordOctets.unsignedShort(records, fixed) == type) {
                return true;
            }
            at = RecordOctets.next(records, fixed);
        }
        return false;
    }

    private static boolean hasOutdatedSignature(DomainName qname, Response response, long nowSeconds) {
        RecordCursor cursor = new RecordCursor(qname, response);
        while (cursor.next()) {
            if (cursor.type() == RecordType.RRSIG && !isValid(cursor.rdata(), (int) nowSeconds)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isValid(byte[] rrsig, int now) {
        if (rrsig.length < 16) {
            return false;
        }
        // RFC 4034 3.1.5: expiration and inception compare by serial number arithmetic.
        return integer(rrsig, 8) - now >= 0 && now - integer(rrsig, 12) >= 0;
    }

    private static int integer(byte[] octets, int at) {
        return (octets[at] & 0xff) << 24
                | (octets[at + 1] & 0xff) << 16
                | (octets[at + 2] & 0xff) << 8
                | octets[at + 3] & 0xff;
    }
}
