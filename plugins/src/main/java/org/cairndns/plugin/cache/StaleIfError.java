package org.cairndns.plugin.cache;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.jspecify.annotations.Nullable;

/**
 * Answers from entries whose TTL is over where otherwise SERVFAIL or silence would come (RFC 8767). Any thread.
 *
 * <p>Unlike {@code serve_stale} it asks first, and changes nothing as long as upstreams answer. While they are down a client waits
 * no longer: it gets the old answer, and the upstreams are asked behind its back.
 */
final class StaleIfError {
    /** RFC 8767 5: the client response timer. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1800);

    /**
     * How long after a failure nobody asks for a name again, the failure recheck timer. RFC 8767 5 recommends 30 seconds to spare
     * the servers; here the circuits of forward do, and a server that is back is to be noticed soon.
     */
    private static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CacheTable table;
    private final Refresher refresher;
    private final UpstreamState upstreams;
    private final StaleAnswers answers;
    private final LateReplies late;

    StaleIfError(
            CacheTable table,
            Refresher refresher,
            UpstreamState upstreams,
            StaleAnswers answers,
            ScheduledExecutorService background) {
        this.table = table;
        this.refresher = refresher;
        this.upstreams = upstreams;
        this.answers = answers;
        this.late = new LateReplies(PATIENCE_NANOS, refresher::nanoTime, background);
    }

    /** The reply to a query that no entry is fresh enough for. */
    Reply ask(Query query, CacheKey key, CacheCounters counters, long nowNanos) {
        CachedResponse old = table.outdated(key, nowNanos);
        if (old == null) {
            return refresher.ask(query, key, counters);
        }
        if (upstreams.isDown(nowNanos)) {
            refresher.lookAgain(query, old, counters, RECHECK_NANOS);
            return answers.onError(old, counters);
        }
        Reply reply = refresher.ask(query, key, counters);
        Reply inTime = reply instanceof Reply.Pending pending ? late.inTime(pending) : reply;
        return inTime.then(came -> orStale(query, came, old, counters));
    }

    /** An old answer in place of a failure that is kept, or null if there is none. */
    @Nullable
    Reply insteadOfFailure(CacheKey key, CacheCounters counters, long nowNanos) {
        CachedResponse old = table.outdated(key, nowNanos);
        return old == null ? null : answers.onError(old, counters);
    }

    @SuppressWarnings("ReferenceEquality") // there is one of it
    private Reply orStale(Query query, Reply reply, CachedResponse old, CacheCounters counters) {
        if (reply == LateReplies.LATE) {
            upstreams.failed(query.qname(), refresher.nanoTime());
        }
        boolean failed = switch (reply) {
            case Reply.Failed failure ->
                failure.rcode() == Rcode.SERVFAIL
                        && !isVerdict(failure.extendedError().orElse(EdnsOptions.OTHER));
            case Reply.Answered answered -> isFailure(answered.response());
            case Reply.Dropped dropped -> false;
            case Reply.Messages messages -> false;
            case Reply.Pending pending -> false;
        };
        return failed ? answers.onError(old, counters) : reply;
    }

    /** True for SERVFAIL that says nothing of the name: not for one that was found to be bogus, or is blocked. */
    static boolean isFailure(Response response) {
        return response.rcode() == Rcode.SERVFAIL
                && !EdnsOptions.hasExtendedError(response.ednsOptions(), StaleIfError::isVerdict);
    }

    private static boolean isVerdict(int infoCode) {
        return infoCode == EdnsOptions.BOGUS || infoCode >= EdnsOptions.BLOCKED && infoCode <= EdnsOptions.PROHIBITED;
    }
}
