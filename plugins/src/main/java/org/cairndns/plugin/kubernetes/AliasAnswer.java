package org.cairndns.plugin.kubernetes;

import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.zone.LookupResult;

/** Answers for an ExternalName service: its CNAME record, and what is known of the target (RFC 1034 3.6.2). */
final class AliasAnswer {
    private static final byte[] STALE = EdnsOptions.extendedError(EdnsOptions.STALE_ANSWER);

    private AliasAnswer() {}

    /** The CNAME record. */
    static Response alone(Query query, LookupResult.Alias alias) {
        return marked(alias, builder(query, alias).build());
    }

    /**
     * The CNAME record with the target's answer behind it.
     *
     * <p>Unlike CoreDNS, which says NOERROR whatever becomes of the target: the RCODE is the target's (RFC 6604 3), so
     * that a target that fails for a moment is not remembered as one without records. RA stays clear as in CoreDNS.
     *
     * @param target reply to the same question about the target, not pending
     */
    static Reply withTarget(Query query, LookupResult.Alias alias, Reply target) {
        return switch (target) {
            case Reply.Answered answered -> withTarget(query, alias, answered.response());
            case Reply.Failed failed -> failed(alias, failed.reason());
            case Reply.Dropped dropped -> failed(alias, "no response");
            case Reply.Messages messages -> throw new IllegalArgumentException("no zone transfer was asked for");
            case Reply.Pending pending -> throw new IllegalArgumentException("still pending");
        };
    }

    private static Reply withTarget(Query query, LookupResult.Alias alias, Response target) {
        if (target.rcode() != Rcode.NOERROR && target.rcode() != Rcode.NXDOMAIN) {
            return failed(alias, Rcode.text(target.rcode()));
        }
        ResponseBuilder builder = builder(query, alias).rcode(target.rcode());
        RecordCursor cursor = new RecordCursor(alias.target(), target);
        while (cursor.next()) {
            if (isWanted(cursor, target)) {
                builder.copy(cursor.section(), cursor);
            }
        }
        Response response = marked(alias, builder.build());
        return new Reply.Answered(target.truncated() ? response.withTruncated(true) : response);
    }

    /** The SOA of a denial belongs to the answer (RFC 2308 2); who serves an upstream's zones does not. */
    private static boolean isWanted(RecordCursor cursor, Response target) {
        return switch (cursor.section()) {
            case ANSWER -> true;
            case AUTHORITY -> cursor.type() == RecordType.SOA;
            case ADDITIONAL -> !target.fromUpstream();
        };
    }

    private static Reply failed(LookupResult.Alias alias, String reason) {
        return new Reply.Failed(Rcode.SERVFAIL, "target " + alias.target() + " of an ExternalName service: " + reason);
    }

    private static Response marked(LookupResult.Alias alias, Response response) {
        return alias.stale() ? response.withEdns(STALE) : response;
    }

    private static ResponseBuilder builder(Query query, LookupResult.Alias alias) {
        return new ResponseBuilder(query.qname())
                .name(Section.ANSWER, query.qname(), RecordType.CNAME, alias.ttlSeconds(), alias.target());
    }
}
