package org.cairndns.plugin.cache;

import java.util.concurrent.TimeUnit;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.jspecify.annotations.Nullable;

/**
 * A response in the cache with the time it was stored at.
 *
 * <p>The response is immutable; what is known about hits and refreshes is guarded by this object. Any thread.
 */
final class CachedResponse {
    private static final byte[] CACHED_ERROR = EdnsOptions.extendedError(EdnsOptions.CACHED_ERROR);

    private final Response response;
    private final Response withoutAd;
    private final Origin origin;
    private final int ttlSeconds;
    private final long storedNanos;

    private int hits;
    private long lastHitNanos;
    private boolean refreshing;
    private long refreshNanos;
    private boolean waitsForRecheck;
    private long recheckNanos;

    /**
     * Where a response belongs.
     *
     * @param denial true for negative responses and SERVFAIL
     * @param answersQuestion true if it holds what was asked for
     * @param counters of the server that it was stored for
     * @param lastKnownGood the answer whose place it took without being one, under {@code prefer_positive}; the denial whose place a
     *     failure took
     */
    record Origin(
            boolean denial,
            boolean answersQuestion,
            CacheCounters counters,
            @Nullable CachedResponse lastKnownGood) {}

    /**
     * @param response as it goes to clients, all records with the TTL {@code ttlSeconds}
     */
    CachedResponse(Response response, Origin origin, int ttlSeconds, long storedNanos) {
        // Some resolvers drop what is not authoritative, so CoreDNS sets AA on every hit.
        Response stored = response.withAuthoritative(true);
        this.response = response.rcode() == Rcode.SERVFAIL ? failure(stored) : stored;
        this.withoutAd = this.response.withAuthenticData(false);
        this.origin = origin;
        this.ttlSeconds = ttlSeconds;
        this.storedNanos = storedNanos;
        this.lastHitNanos = storedNanos;
    }

    private static Response failure(Response response) {
        return response.withEdns(EdnsOptions.joined(CACHED_ERROR, response.ednsOptions()));
    }

    Origin origin() {
        return origin;
    }

    int rcode() {
        return response.rcode();
    }

    int ttlSeconds() {
        return ttlSeconds;
    }

    /** When it was stored. */
    long storedNanos() {
        return storedNanos;
    }

    /** Whole seconds of the TTL left, zero or negative once it is over. */
    long secondsLeft(long nowNanos) {
        return ttlSeconds - TimeUnit.NANOSECONDS.toSeconds(nowNanos - storedNanos);
    }

    /** The response as it was stored, with AD only where it is wanted. */
    Response response(boolean wantsAd) {
        return wantsAd ? response : withoutAd;
    }

    /** This response, or the one it took the place of, if that answers the question; else null. */
    @Nullable
    CachedResponse answering() {
        return origin.answersQuestion() ? this : origin.lastKnownGood();
    }

    /** Counts a hit; true if there were enough of them, each within {@code windowNanos} of the one before. */
    synchronized boolean hit(long nowNanos, CacheConfig.Prefetch prefetch) {
        hits = nowNanos - lastHitNanos > prefetch.windowNanos() ? 1 : hits + 1;
        lastHitNanos = nowNanos;
        return hits >= prefetch.amount();
    }

    /** Takes over the hits of the response that this one replaces. */
    synchronized void inheritHits(int count, long nowNanos) {
        hits = count;
        lastHitNanos = nowNanos;
    }

    synchronized int hits() {
        return hits;
    }

    /** True if the caller is to refresh this response: nobody else does, and the last failure is long enough ago. */
    synchronized boolean beginRefresh(long nowNanos) {
        // The handlers that a reload put an end to may never say what became of a refresh.
        boolean busy = refreshing && nowNanos - refreshNanos < Flights.MAX_AGE_NANOS;
        if (busy || waitsForRecheck && nowNanos - recheckNanos < 0) {
            return false;
        }
        refreshing = true;
        refreshNanos = nowNanos;
        return true;
    }

    /**
     * Ends what {@link #beginRefresh} began.
     *
     * @param recheckAfterNanos how long to wait after a failure; 0 for success or no waiting
     */
    synchronized void endRefresh(long nowNanos, long recheckAfterNanos) {
        waitsForRecheck = recheckAfterNanos > 0;
        recheckNanos = nowNanos + recheckAfterNanos;
        refreshing = false;
    }
}
