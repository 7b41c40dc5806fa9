package org.cairndns.plugin.cache;

import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.zone.Zones;

/** Layer that answers from what upstreams said before, until its TTL is over. */
final class CacheHandler implements Handler {
    private final CacheConfig config;
    private final Zones zones;
    private final CacheTable table;
    private final CacheMetrics metrics;
    private final Refresher refresher;
    private final StaleAnswers staleAnswers;
    private final StaleIfError staleIfError;

    /** The two uses of entries whose TTL is over. */
    record Stale(StaleAnswers answers, StaleIfError ifError) {}

    CacheHandler(CacheConfig config, CacheTable table, CacheMetrics metrics, Refresher refresher, Stale stale) {
        this.config = config;
        this.zones = Zones.of(config.zones());
        this.table = table;
        this.metrics = metrics;
        this.refresher = refresher;
        this.staleAnswers = stale.answers();
        this.staleIfError = stale.ifError();
    }

    @Override
    public Reply handle(Query query) {
        if (!zones.covers(query.qname())) {
            return refresher.passOn(query);
        }
        long now = refresher.nanoTime();
        CacheCounters counters = metrics.of(query.listener().server());
        counters.requests().inc();
        CacheKey key = CacheKey.of(query);
        CachedResponse entry = table.find(key, now);
        if (entry == null) {
            counters.misses().inc();
            return staleIfError.ask(query, key, counters, now);
        }
        counters.hits(entry.origin().denial()).inc();
        Reply better = entry.rcode() == Rcode.SERVFAIL && StaleIfError.isFailure(entry.response(false))
                ? staleIfError.insteadOfFailure(key, counters, now)
                : null;
        if (better != null) {
            return better;
        }
        long left = entry.secondsLeft(now);
        if (left <= 0) {
            return staleAnswers.answer(query, entry, counters);
        }
        if (config.prefetch().amount() > 0) {
            prefetch(query, entry, counters, now);
        }
        Response response = entry.response(wantsAd(query));
        return new Reply.Answered(config.keepTtl() ? response : response.withTtl((int) left));
    }

    @Override
    public Repetition repetition(Query query) {
        if (!zones.covers(query.qname())) {
            return refresher.repetition(query);
        }
        // Each hit counts towards a prefetch.
        if (config.prefetch().amount() > 0) {
            return Repetition.NEVER;
        }
        CacheKey key = CacheKey.of(query);
        CachedResponse entry = table.find(key, refresher.nanoTime());
        // In place of a failure there may be an old answer, which is none of the entry.
        return entry == null || entry.rcode() == Rcode.SERVFAIL
                ? Repetition.NEVER
                : new HitRepetition(
                        table, key, entry, metrics.of(query.listener().server()), config.keepTtl());
    }

    private void prefetch(Query query, CachedResponse entry, CacheCounters counters, long now) {
        boolean wanted = entry.hit(now, config.prefetch());
        if (wanted && entry.secondsLeft(now) <= config.prefetch().thresholdSeconds(entry.ttlSeconds())) {
            refresher.refresh(query, entry, counters, false);
        }
    }

    /** RFC 6840 5.7: AD is for clients that asked for it, by DO or by AD. */
    static boolean wantsAd(Query query) {
        return query.authenticData() || query.edns().dnssecOk();
    }
}
