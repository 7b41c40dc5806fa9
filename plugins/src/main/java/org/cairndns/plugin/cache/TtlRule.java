package org.cairndns.plugin.cache;

import java.util.function.LongSupplier;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseKind;
import org.cairndns.wire.ResponseTtls;
import org.cairndns.wire.Section;

/** The one TTL that all records of a response get: the smallest of them, within the configured bounds. */
final class TtlRule {
    /** For responses without records, or of a kind whose TTLs mean nothing. */
    private static final int WITHOUT_TTL_SECONDS = 5;

    private final CacheConfig config;
    private final LongSupplier epochSeconds;

    /**
     * @param epochSeconds seconds since 1970, for the validity of signatures
     */
    TtlRule(CacheConfig config, LongSupplier epochSeconds) {
        this.config = config;
        this.epochSeconds = epochSeconds;
    }

    /**
     * The kind of a response, where NOERROR with an SOA and an answer section that does not answer the question counts as
     * no data (RFC 2308 2.2).
     */
    ResponseKind kind(Query query, Response response) {
        ResponseKind kind = ResponseKind.of(query, response, epochSeconds.getAsLong());
        boolean denied = kind == ResponseKind.NO_ERROR
                && response.count(Section.ANSWER) > 0
                && ResponseKind.hasAuthority(response, RecordType.SOA)
                && !AnswerChain.answers(query, response);
        return denied ? ResponseKind.NO_DATA : kind;
    }

    /** The TTL in seconds of a response of this kind. */
    int ttlSeconds(ResponseKind kind, Response response) {
        return switch (kind) {
            case NAME_ERROR, NO_DATA -> config.denial().clamp(Math.min(smallest(response), soaMinimum(response)));
            case SERVER_ERROR -> config.servfailSeconds();
            case NO_ERROR -> config.success().clamp(smallest(response));
            case DELEGATION, META, OTHER_ERROR -> config.success().clamp(WITHOUT_TTL_SECONDS);
        };
    }

    /**
     * RFC 2308 5: a denial holds no longer than the last field of its SOA record says. What is our own has that as its TTL already.
     * Unlike in CoreDNS (plugin/cache), which looks at TTLs only; servers older than that rule send the TTL of the record.
     */
    private static int soaMinimum(Response response) {
        int seconds = Integer.MAX_VALUE;
        if (response.fromUpstream()) {
            RecordCursor cursor = new RecordCursor(DomainName.ROOT, response);
            while (cursor.next()) {
                if (cursor.section() == Section.AUTHORITY && cursor.type() == RecordType.SOA) {
                    seconds = Math.min(seconds, Math.max(0, cursor.rdataLastInt()));
                }
            }
        }
        return seconds;
    }

    private static int smallest(Response response) {
        int seconds = ResponseTtls.minSeconds(response);
        return seconds < 0 ? WITHOUT_TTL_SECONDS : seconds;
    }
}
