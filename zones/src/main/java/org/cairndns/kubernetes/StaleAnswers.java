package org.cairndns.kubernetes;

import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Response;
import org.cairndns.zone.LookupResult;

/**
 * Answers made of what an earlier process knew of the cluster: right a while ago, so clients shall ask again soon, and those that
 * understand extended errors are told (RFC 8914 4.4).
 */
final class StaleAnswers {
    /** The longest TTL, in seconds. */
    static final int MAX_TTL_SECONDS = 5;

    private static final byte[] STALE = EdnsOptions.extendedError(EdnsOptions.STALE_ANSWER);

    private StaleAnswers() {}

    /**
     * An answer of the index as one that may not be true any more.
     *
     * @param ttlSeconds TTL that it has otherwise
     */
    static LookupResult of(LookupResult result, int ttlSeconds) {
        int seconds = Math.min(ttlSeconds, MAX_TTL_SECONDS);
        return switch (result) {
            case LookupResult.Found found -> new LookupResult.Found(stale(found.response(), seconds));
            case LookupResult.NoData noData -> new LookupResult.NoData(stale(noData.response(), seconds));
            case LookupResult.Alias alias ->
                new LookupResult.Alias(alias.target(), Math.min(alias.ttlSeconds(), MAX_TTL_SECONDS), true);
            // A failure, as nobody can know of what is missing.
            case LookupResult.NameError error -> error;
            case LookupResult.NotInZone notInZone -> notInZone;
        };
    }

    private static Response stale(Response response, int ttlSeconds) {
        return response.withTtl(ttlSeconds).withEdns(STALE);
    }
}
