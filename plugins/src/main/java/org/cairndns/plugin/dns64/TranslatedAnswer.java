package org.cairndns.plugin.dns64;

import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;

/** Answers with AAAA records in place of A records. */
final class TranslatedAnswer {
    /** Longest TTL of records for a name of whose denial there is no SOA (RFC 6147 5.1.7). */
    static final int STANDARD_MAX_TTL_SECONDS = 600;

    private TranslatedAnswer() {}

    /** Longest TTL of translated records by the response to the AAAA query: its SOA's, as long as the denial holds. */
    static int maxTtlSeconds(Query query, Response denial) {
        RecordCursor cursor = new RecordCursor(query.qname(), denial);
        while (cursor.next()) {
            if (cursor.section() == Section.AUTHORITY && cursor.type() == RecordType.SOA) {
                return cursor.ttlSeconds();
            }
        }
        return STANDARD_MAX_TTL_SECONDS;
    }

    /**
     * The response to the AAAA query; all records but the A records of the answer are as they were (RFC 6147 5.3).
     *
     * @param addresses response to the A query for the same name
     */
    static Response of(Query query, Response addresses, Nat64Prefix prefix, int maxTtlSeconds) {
        ResponseBuilder builder =
                new ResponseBuilder(query.qname()).authoritative(false).rcode(Rcode.NOERROR);
        RecordCursor cursor = new RecordCursor(query.qname(), addresses);
        while (cursor.next()) {
            if (cursor.section() == Section.ANSWER && cursor.type() == RecordType.A) {
                int ttlSeconds = Math.min(cursor.ttlSeconds(), maxTtlSeconds);
                builder.address(Section.ANSWER, cursor.owner(), ttlSeconds, prefix.embed(cursor.rdata()));
            } else {
                builder.copy(cursor.section(), cursor);
            }
        }
        Response response = builder.build();
        // Unlike CoreDNS, which clears RA: some clients take a server without it for one that can't help.
        response = response.withRecursionAvailable(addresses.recursionAvailable())
                .withTruncated(addresses.truncated() || response.truncated());
        return addresses.shufflesAddresses() ? response.withShuffledAddresses() : response;
    }

    /** What makes the client ask again over TCP, where the answer is whole. */
    static Response truncated(Response addresses) {
        return Response.bare(Rcode.NOERROR)
                .withRecursionAvailable(addresses.recursionAvailable())
                .withTruncated(true);
    }
}
