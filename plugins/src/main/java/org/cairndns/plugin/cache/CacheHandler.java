package org.cairndns.plugin.cache;

import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
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

    CacheHandler(
            CacheConfig config,
            CacheTable table,
            CacheMetrics metrics,
            Refresher refresher,
            StaleAnswers staleAnswers) {
        this.config = config;
        this.zones = Zones.of(config.zones());
        this.table = table;
        this.metrics = metrics;
        this.refresher = refresher;
        this.staleAnswers = staleAnswers;
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
            return refresher.ask(query, key, counters);
        }
        counters.hits(entry.origin().denial()).inc();
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
        return entry == null
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
