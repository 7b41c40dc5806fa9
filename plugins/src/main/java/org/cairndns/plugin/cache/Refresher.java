package org.cairndns.plugin.cache;

import java.util.function.LongSupplier;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.Transport;
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

    /** The reply of {@link #askAgain} where the upstream has nothing to replace the entry. */
    static final Reply NOTHING_BETTER = new Reply.Failed(Rcode.SERVFAIL, "");

    private final ResponseStorage storage;
    private final CacheTable table;
    private final CacheConfig.ServeStale stale;
    private final LongSupplier nanoTime;
    private final Flights flights;
    private final UpstreamState upstreams;

    Refresher(
            ResponseStorage storage,
            CacheTable table,
            CacheConfig.ServeStale stale,
            Flights flights,
            UpstreamState upstreams) {
        this.storage = storage;
        this.table = table;
        this.stale = stale;
        this.nanoTime = flights.clock();
        this.flights = flights;
        this.upstreams = upstreams;
    }

    /** Time for ages, in nanoseconds. */
    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** Asks for a client whose query is none of the cache's business. */
    Reply passOn(Query query) {
        return flights.passOn(query);
    }

    /** Whether {@link #passOn} has to be called for each of equal queries. */
    Repetition repetition(Query query) {
        return flights.repetition(query);
    }

    /** Asks for a client whose query is not in the cache. */
    Reply ask(Query query, CacheKey key, CacheCounters counters) {
        Query below = query.withAuthenticData();
        return flights.ask(below, key, counters.coalesced(), landed -> answer(query, below, landed, counters));
    }

    private Reply answer(Query query, Query below, Flight landed, CacheCounters counters) {
        note(query, landed);
        Reply own = landed.replyTo(below);
        Response raw = landed.upstreamResponse();
        if (raw != null) {
            ResponseStorage.Stored stored = store(query, raw, landed, counters);
            if (own != null || stored.entry() != null) {
                return answered(query, stored);
            }
        }
        return own != null ? own : flights.askAlone(below, landedAlone -> answer(query, below, landedAlone, counters));
    }

    private void note(Query query, Flight landed) {
        Reply.Failed failure = landed.failure();
        if (failure != null) {
            upstreams.failed(query.qname(), failure, nanoTime.getAsLong());
        } else {
            upstreams.answered();
        }
    }

    /**
     * Asks for the cache alone, as a client would, unless somebody did so and failed less than a while ago; for an entry that clients
     * get in place of failures.
     */
    void lookAgain(Query query, CachedResponse entry, CacheCounters counters, long recheckAfterNanos) {
        if (!entry.beginRefresh(nanoTime.getAsLong())) {
            return;
        }
        Query below = query.withAuthenticData();
        askSafely(below, counters, landed -> {
            note(query, landed);
            Response raw = landed.upstreamResponse();
            if (raw != null) {
                store(below, raw, landed, counters);
            }
            entry.endRefresh(nanoTime.getAsLong(), recheckAfterNanos);
            return NOTHING_BETTER;
        });
    }

    /**
     * Asks for a client whose entry is stale, has the response stored and makes it the client's; never throws. {@link
     * #NOTHING_BETTER} if it cannot replace the entry.
     */
    Reply askAgain(Query query, CachedResponse entry, CacheCounters counters) {
        return askSafely(query.withAuthenticData(), counters, landed -> accept(query, landed, entry, counters));
    }

    private Reply accept(Query query, Flight landed, CachedResponse entry, CacheCounters counters) {
        Response raw = landed.upstreamResponse();
        boolean good = raw != null && storage.refreshes(query, raw);
        if (stale.recheckNanos() > 0) {
            entry.endRefresh(nanoTime.getAsLong(), good ? 0 : stale.recheckNanos());
        }
        if (raw == null || !good && !stale.preferPositive()) {
            return NOTHING_BETTER;
        }
        ResponseStorage.Stored stored = store(query, raw, landed, counters);
        return good ? answered(query, stored) : NOTHING_BETTER;
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
        askSafely(background, counters, landed -> {
            boolean failed = !replace(background, landed, entry, counters, expired);
            entry.endRefresh(nanoTime.getAsLong(), expired && failed ? stale.recheckNanos() : 0);
            return NOTHING_BETTER;
        });
    }

    private boolean replace(Query query, Flight landed, CachedResponse entry, CacheCounters counters, boolean expired) {
        Response raw = landed.upstreamResponse();
        if (raw == null) {
            return false;
        }
        boolean good = !expired || storage.refreshes(query, raw);
        if (good || stale.preferPositive()) {
            landed.stored(storage.store(query, raw, counters, nanoTime.getAsLong(), true));
        }
        CachedResponse replacement = good ? table.any(CacheKey.of(query)) : null;
        if (replacement != null && replacement != entry) {
            replacement.inheritHits(entry.hits(), nanoTime.getAsLong());
        }
        return good;
    }

    /** What is stored of a response, by whoever is told of it first. */
    private ResponseStorage.Stored store(Query query, Response raw, Flight landed, CacheCounters counters) {
        ResponseStorage.Stored stored = landed.stored();
        if (stored == null) {
            stored = storage.store(query, raw, counters, nanoTime.getAsLong(), false);
            landed.stored(stored);
        }
        return stored;
    }

    private static Reply.Answered answered(Query query, ResponseStorage.Stored stored) {
        Response response = stored.response();
        return new Reply.Answered(CacheHandler.wantsAd(query) ? response : response.withAuthenticData(false));
    }

    private Reply askSafely(Query query, CacheCounters counters, Flights.Use use) {
        try {
            return flights.ask(query, CacheKey.of(query), counters.coalesced(), use);
        } catch (Throwable e) {
            LOG.warn("refresh of {} failed", query, e);
            return use.of(Flight.alone(query, new Reply.Failed(Rcode.SERVFAIL, "handler failed: " + e)));
        }
    }
}
