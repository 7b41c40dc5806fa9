package org.cairndns.plugin.cache;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;

/** Answers from entries whose TTL is over, while the upstream is asked again (RFC 8767). Any thread. */
final class StaleAnswers {
    /** RFC 8767 5: what stale answers should have. */
    private static final int ON_ERROR_TTL_SECONDS = 30;

    private static final byte[] STALE_ANSWER = EdnsOptions.extendedError(EdnsOptions.STALE_ANSWER);
    private static final byte[] STALE_NAME_ERROR = EdnsOptions.extendedError(EdnsOptions.STALE_NAME_ERROR);

    private final CacheConfig config;
    private final CacheConfig.ServeStale stale;
    private final Refresher refresher;
    private final ScheduledExecutorService timers;

    StaleAnswers(CacheConfig config, Refresher refresher, ScheduledExecutorService timers) {
        this.config = config;
        this.stale = config.stale();
        this.refresher = refresher;
        this.timers = timers;
    }

    Reply answer(Query query, CachedResponse entry, CacheCounters counters) {
        if (!stale.verify()) {
            refresher.refresh(query, entry, counters, true);
            return staleAnswer(query, entry, counters);
        }
        boolean tooEarly = stale.recheckNanos() > 0 && !entry.beginRefresh(refresher.nanoTime());
        if (tooEarly) {
            return staleAnswer(query, entry, counters);
        }
        Reply reply = refresher.askAgain(query, entry, counters);
        if (reply instanceof Reply.Pending pending && stale.verifyTimeoutNanos() > 0) {
            return race(query, entry, counters, pending);
        }
        return reply.then(done -> freshOrStale(query, done, entry, counters));
    }

    /** The upstream's reply or, if that takes too long, the stale one; the reply is stored in any case. */
    private Reply race(Query query, CachedResponse entry, CacheCounters counters, Reply.Pending upstream) {
        Reply.Pending result = new Reply.Pending();
        Future<?> timer = timers.schedule(
                () -> result.complete(Refresher.NOTHING_BETTER), stale.verifyTimeoutNanos(), TimeUnit.NANOSECONDS);
        upstream.whenDone(done -> {
            timer.cancel(false);
            result.complete(done);
        });
        return result.then(done -> freshOrStale(query, done, entry, counters));
    }

    private Reply freshOrStale(Query query, Reply done, CachedResponse entry, CacheCounters counters) {
        return done instanceof Reply.Answered ? done : staleAnswer(query, entry, counters);
    }

    /** The answer of an entry that is too old for any client that could have a better one. */
    Reply onError(CachedResponse entry, CacheCounters counters) {
        counters.servedStale().inc();
        // Signatures may be out of date, so nobody vouches for it any more.
        Response response = marked(entry.response(false));
        return new Reply.Answered(
                response.withTtl(Math.min(ON_ERROR_TTL_SECONDS, config.success().maxTtlSeconds())));
    }

    private Reply staleAnswer(Query query, CachedResponse entry, CacheCounters counters) {
        counters.servedStale().inc();
        Response response = marked(entry.response(CacheHandler.wantsAd(query)));
        if (stale.ttlSeconds() > 0) {
            return new Reply.Answered(response.withTtl(stale.ttlSeconds()));
        }
        return new Reply.Answered(config.keepTtl() ? response : response.withTtl(0));
    }

    /** RFC 8914 4.4, 4.20: a client with EDNS is told that the answer is an old one. */
    private static Response marked(Response response) {
        return response.withEdns(response.rcode() == Rcode.NXDOMAIN ? STALE_NAME_ERROR : STALE_ANSWER);
    }
}
