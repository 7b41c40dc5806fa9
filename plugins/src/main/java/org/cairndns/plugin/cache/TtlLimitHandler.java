package org.cairndns.plugin.cache;

import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseTtls;
import org.cairndns.zone.Zones;

/** Layer that gives all records of a live answer the one TTL that the cache's bounds allow. */
final class TtlLimitHandler implements Handler {
    private final Zones zones;
    private final TtlRule rule;
    private final Handler next;

    TtlLimitHandler(CacheConfig config, TtlRule rule, Handler next) {
        this.zones = Zones.of(config.zones());
        this.rule = rule;
        this.next = next;
    }

    @Override
    public Reply handle(Query query) {
        Reply reply = next.handle(query);
        return zones.covers(query.qname()) ? limited(query, reply) : reply;
    }

    @Override
    public Repetition repetition(Query query) {
        return next.repetition(query);
    }

    private Reply limited(Query query, Reply reply) {
        return switch (reply) {
            case Reply.Answered answered -> limited(query, answered);
            case Reply.Pending pending -> pending.then(done -> limited(query, done));
            case Reply.Failed failed -> failed;
            case Reply.Dropped dropped -> dropped;
            case Reply.Messages messages -> messages;
        };
    }

    private Reply limited(Query query, Reply.Answered answered) {
        Response response = answered.response();
        // What comes from an upstream has passed the cache, whose TTLs count down.
        if (response.fromUpstream() || response.recordCount() == 0) {
            return answered;
        }
        int ttlSeconds = rule.ttlSeconds(rule.kind(query, response), response);
        return ResponseTtls.all(response, ttlSeconds) ? answered : new Reply.Answered(response.withTtl(ttlSeconds));
    }
}
