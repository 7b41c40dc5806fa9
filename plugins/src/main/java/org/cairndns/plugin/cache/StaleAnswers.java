package org.cairndns.plugin.cache;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;

/** Answers from entries whose TTL is over, while the upstream is asked again (RFC 8767). Any thread. */
final class StaleAnswers {
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
        AtomicBoolean over = new AtomicBoolean();
        Future<?> timer = timers.schedule(
                () -> {
                    if (over.compareAndSet(false, true)) {
                        result.complete(staleAnswer(query, entry, counters));
                    }
                },
                stale.verifyTimeoutNanos(),
                TimeUnit.NANOSECONDS);
        upstream.whenDone(done -> {
            if (over.compareAndSet(false, true)) {
                timer.cancel(false);
                result.complete(freshOrStale(query, done, entry, counters));
            }
        });
        return result;
    }

    private Reply freshOrStale(Query query, Reply done, CachedResponse entry, CacheCounters counters) {
        return done instanceof Reply.Answered ? done : staleAnswer(query, entry, counters);
    }

    private Reply staleAnswer(Query query, CachedResponse entry, CacheCounters counters) {
        counters.servedStale().inc();
        Response response = entry.response(CacheHandler.wantsAd(query));
        if (stale.ttlSeconds() > 0) {
            return new Reply.Answered(response.withTtl(stale.ttlSeconds()));
        }
        return new Reply.Answered(config.keepTtl() ? response : response.withTtl(0));
    }
}
