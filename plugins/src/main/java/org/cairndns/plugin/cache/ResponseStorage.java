package org.cairndns.plugin.cache;

import java.util.List;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseKind;
import org.cairndns.wire.Section;
import org.jspecify.annotations.Nullable;

/** Decides what of an upstream's responses is kept, for how long, and what the client sees of them. Any thread. */
final class ResponseStorage {
    /** Extended errors of more octets are not passed on: they would take the room of records. */
    private static final int MAX_ERRORS_OCTETS = 256;

    private final CacheConfig config;
    private final TtlRule rule;
    private final CacheTable table;

    ResponseStorage(CacheConfig config, TtlRule rule, CacheTable table) {
        this.config = config;
        this.rule = rule;
        this.table = table;
    }

    /**
     * A response on its way from the upstream to the client.
     *
     * @param response without OPT but for extended errors, with one TTL, its AD bit as the upstream set it
     * @param entry what was kept of it, or null
     */
    record Stored(Response response, @Nullable CachedResponse entry) {}

    /**
     * Stores a response if it may be stored.
     *
     * @param refresh true if it replaces an entry in the background
     */
    Stored store(Query query, Response raw, CacheCounters counters, long nowNanos, boolean refresh) {
        ResponseKind kind = rule.kind(query, raw);
        int ttlSeconds = rule.ttlSeconds(kind, raw);
        // OPT is for one hop only (RFC 6891 6.1.1), and one TTL for all spares clients a jump at the first hit.
        Response response = withErrors(raw.withoutEdns(), raw.ednsOptions()).withTtl(ttlSeconds);
        boolean denial = isDenial(kind);
        boolean answers = !denial && AnswerChain.answers(query, raw);
        if (ttlSeconds == 0 || !isCacheable(kind, raw, answers)) {
            return new Stored(response, null);
        }
        CacheConfig.Limits limits = denial ? config.denial() : config.success();
        if (isWithin(limits, query.qname())) {
            return new Stored(response, null);
        }
        CacheKey key = CacheKey.of(query);
        CachedResponse lastKnownGood = lastKnownGood(key, raw, denial, answers);
        CachedResponse.Origin origin = new CachedResponse.Origin(denial, answers, counters, lastKnownGood);
        CachedResponse entry = new CachedResponse(response, origin, ttlSeconds, nowNanos);
        keep(key, entry, nowNanos, refresh);
        return new Stored(response, entry);
    }

    /** RFC 8914 3: whoever asked on behalf of a client tells it what else is known of a failure, such as that a name is blocked. */
    private static Response withErrors(Response response, byte[] options) {
        if (response.rcode() == Rcode.NOERROR || options.length == 0) {
            return response;
        }
        byte[] errors = EdnsOptions.only(options, EdnsOptions.EXTENDED_ERROR);
        return errors.length == 0 || errors.length > MAX_ERRORS_OCTETS ? response : response.withEdns(errors);
    }

    /** What the response is to take the place of and yet leave of use: a failure passes, and an answer may be preferred. */
    private @Nullable CachedResponse lastKnownGood(CacheKey key, Response raw, boolean denial, boolean answers) {
        if (raw.rcode() == Rcode.SERVFAIL) {
            return table.denying(key);
        }
        return config.stale().preferPositive() && !denial && !answers ? table.answering(key) : null;
    }

    private void keep(CacheKey key, CachedResponse entry, long nowNanos, boolean refresh) {
        table.put(key, entry, nowNanos);
        CachedResponse.Origin origin = entry.origin();
        boolean newest = config.stale().preferPositive() ? origin.answersQuestion() : refresh;
        if (!origin.denial() && newest) {
            table.removeDenial(key);
        }
    }

    private static boolean isDenial(ResponseKind kind) {
        return switch (kind) {
            case NAME_ERROR, NO_DATA, SERVER_ERROR -> true;
            case NO_ERROR, DELEGATION, META, OTHER_ERROR -> false;
        };
    }

    private static boolean isCacheable(ResponseKind kind, Response response, boolean answers) {
        if (response.truncated()) {
            return false;
        }
        return switch (kind) {
            case META, OTHER_ERROR -> false;
            // RFC 2308 5: without an SOA nothing says how long a denial holds.
            case NAME_ERROR -> ResponseKind.hasAuthority(response, RecordType.SOA);
            // An alias that leads nowhere is a half answer; asking again may give the rest.
            case NO_ERROR -> response.count(Section.ANSWER) == 0 || answers;
            case NO_DATA, SERVER_ERROR, DELEGATION -> true;
        };
    }

    private static boolean isWithin(CacheConfig.Limits limits, DomainName qname) {
        List<DomainName> zones = limits.disabledZones();
        for (int i = 0; i < zones.size(); i++) {
            if (qname.isAtOrBelow(zones.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** True if a response may take the place of a stale one (RFC 8767 4). */
    boolean refreshes(Query query, Response response) {
        if (response.truncated()) {
            return false;
        }
        ResponseKind kind = rule.kind(query, response);
        if (config.stale().preferPositive()) {
            return kind == ResponseKind.NO_ERROR && AnswerChain.answers(query, response);
        }
        boolean known = kind != ResponseKind.META && kind != ResponseKind.OTHER_ERROR;
        return known && (response.rcode() == Rcode.NOERROR || response.rcode() == Rcode.NXDOMAIN);
    }
}
