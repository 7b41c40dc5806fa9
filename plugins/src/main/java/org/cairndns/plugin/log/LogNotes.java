package org.cairndns.plugin.log;

import java.time.Clock;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseKind;

/** What the directive tells others about a query once it is answered: {@code log/type}, {@code log/class}. */
final class LogNotes {
    private static final long MILLIS_PER_SECOND = 1_000;

    private final Metadata.Note type;
    private final Metadata.Note logClass;
    private final Clock clock;

    /**
     * @param clock for the validity of signatures
     */
    LogNotes(Metadata metadata, Clock clock) {
        this.type = metadata.note("log/type");
        this.logClass = metadata.note("log/class");
        this.clock = clock;
    }

    /** Tells the kind of a query's reply to whom it may concern. */
    void set(Query query, Reply reply) {
        if (type.isUsed() || logClass.isUsed()) {
            ResponseKind kind = kind(query, reply);
            type.set(query, text(kind));
            logClass.set(query, LogClass.of(kind).text());
        }
    }

    /** Class of the reply; a query that gets none counts as an error. */
    LogClass logClass(Query query, Reply reply) {
        return LogClass.of(kind(query, reply));
    }

    private ResponseKind kind(Query query, Reply reply) {
        return switch (reply) {
            case Reply.Answered answered -> kind(query, answered.response());
            case Reply.Failed failed -> kind(query, Response.bare(failed.rcode()));
            case Reply.Dropped dropped -> ResponseKind.OTHER_ERROR;
            case Reply.Messages messages -> ResponseKind.META;
            case Reply.Pending pending -> throw new IllegalArgumentException("the reply is pending");
        };
    }

    private ResponseKind kind(Query query, Response response) {
        return ResponseKind.of(query, response, clock.millis() / MILLIS_PER_SECOND);
    }

    /** The words of CoreDNS plugin/pkg/response. */
    private static String text(ResponseKind kind) {
        return switch (kind) {
            case NO_ERROR -> "NOERROR";
            case NAME_ERROR -> "NXDOMAIN";
            case SERVER_ERROR -> "SERVERERROR";
            case NO_DATA -> "NODATA";
            case DELEGATION -> "DELEGATION";
            case META -> "META";
            case OTHER_ERROR -> "OTHERERROR";
        };
    }
}
