package org.cairndns.plugin.cache;

import java.util.function.LongSupplier;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.Transport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the handlers below for a response, for a client or for the cache alone, and has it stored.
 *
 * <p>Queries go down with AD set, so that what is stored shows whether the upstream vouches for it. A failure that is
 * no message (a time-out, for example) is never stored. Any thread.
 */
final class Refresher {
    private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);

    private final ResponseStorage storage;
    private final CacheTable table;
    private final CacheConfig.ServeStale stale;
    private final LongSupplier nanoTime;
    private final Handler next;

    Refresher(
            ResponseStorage storage,
            CacheTable table,
            CacheConfig.ServeStale stale,
            LongSupplier nanoTime,
            Handler next) {
        this.storage = storage;
        this.table = table;
        this.stale = stale;
        this.nanoTime = nanoTime;
        this.next = next;
    }

    /** Time for ages, in nanoseconds. */
    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** Asks for a client whose query is none of the cache's business. */
    Reply passOn(Query query) {
        return next.handle(query);
    }

    /** Asks for a client whose query is not in the cache. */
    Reply ask(Query query, CacheCounters counters) {
        return next.handle(query.withAuthenticData()).then(reply -> {
            Response raw = upstreamResponse(reply);
            return raw == null ? reply : store(query, raw, counters);
        });
    }

    /** Asks for a client whose entry is stale; never throws. */
    Reply askAgain(Query query) {
        return askSafely(query.withAuthenticData());
    }

    /** Stores the reply to {@link #askAgain} and makes it the client's, or gives null if it cannot replace the entry. */
    @Nullable
    Reply accept(Query query, Reply reply, CachedResponse entry, CacheCounters counters) {
        Response raw = upstreamResponse(reply);
        boolean good = raw != null && storage.refreshes(query, raw);
        if (stale.recheckNanos() > 0) {
            entry.endRefresh(nanoTime.getAsLong(), good ? 0 : stale.recheckNanos());
        }
        if (raw == null || !good && !stale.preferPositive()) {
            return null;
        }
        Reply.Answered answered = store(query, raw, counters);
        return good ? answered : null;
    }

    /**
     * Replaces an entry in the background unless that is under way already.
     *
     * @param expired true if the entry is stale, which not every response may replace
     */
    void refresh(Query query, CachedResponse entry, CacheCounters counters, boolean expired) {
        if (!entry.beginRefresh(nanoTime.getAsLong())) {
            return;
        }
        counters.prefetches().inc();
        ListenerInfo listener = query.listener();
        // As in CoreDNS the refresh poses as a TCP client, so that it gets the whole response.
        Query background = query.withAuthenticData()
                .withListener(new ListenerInfo(Transport.TCP, listener.server(), listener.localAddress()));
        Reply reply = askSafely(background);
        reply.then(done -> {
            boolean failed = !replace(background, done, entry, counters, expired);
            entry.endRefresh(nanoTime.getAsLong(), expired && failed ? stale.recheckNanos() : 0);
            return done;
        });
    }

    private boolean replace(Query query, Reply reply, CachedResponse entry, CacheCounters counters, boolean expired) {
        Response raw = upstreamResponse(reply);
        if (raw == null) {
            return false;
        }
        boolean good = !expired || storage.refreshes(query, raw);
        if (good || stale.preferPositive()) {
            storage.store(query, raw, counters, nanoTime.getAsLong(), true);
        }
        CachedResponse replacement = good ? table.any(CacheKey.of(query)) : null;
        if (replacement != null && replacement != entry) {
            replacement.inheritHits(entry.hits(), nanoTime.getAsLong());
        }
        return good;
    }

    private Reply.Answered store(Query query, Response raw, CacheCounters counters) {
        Response response =
                storage.store(query, raw, counters, nanoTime.getAsLong(), false).response();
        boolean wantsAd = CacheHandler.wantsAd(query);
        return new Reply.Answered(wantsAd ? response : response.withAuthenticData(false));
    }

    private Reply askSafely(Query query) {
        try {
            return next.handle(query);
        } catch (RuntimeException e) {
            LOG.warn("refresh of {} failed", query, e);
            return new Reply.Failed(Rcode.SERVFAIL, "handler failed: " + e);
        }
    }

    /** The response of an upstream, or null for any other reply; live data are not to be kept. */
    private static @Nullable Response upstreamResponse(Reply reply) {
        return reply instanceof Reply.Answered answered && answered.response().fromUpstream()
                ? answered.response()
                : null;
    }
}
