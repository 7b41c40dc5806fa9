package org.cairndns.plugin.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import org.cairndns.wire.Rcode;
import org.jspecify.annotations.Nullable;

/**
 * The stored responses of one cache: positive and negative ones apart, each bounded by a number of entries.
 *
 * <p>Entries do not leave when they expire, so that they can be served stale; ages are checked when they are read. Any
 * thread.
 */
final class CacheTable {
    private final Cache<CacheKey, CachedResponse> successes;
    private final Cache<CacheKey, CachedResponse> denials;
    private final CacheConfig.ServeStale stale;

    CacheTable(CacheConfig config) {
        this.successes = build(config.success().capacity());
        this.denials = build(config.denial().capacity());
        this.stale = config.stale();
    }

    private static Cache<CacheKey, CachedResponse> build(int capacity) {
        return Caffeine.newBuilder()
                .maximumSize(capacity)
                .executor(Runnable::run)
                .evictionListener(
                        (@Nullable CacheKey key, @Nullable CachedResponse entry, RemovalCause cause) -> evicted(entry))
                .build();
    }

    private static void evicted(@Nullable CachedResponse entry) {
        if (entry != null) {
            entry.origin().counters().evictions(entry.origin().denial()).inc();
        }
    }

    /** The response to serve, fresh or stale, or null. */
    @Nullable
    CachedResponse find(CacheKey key, long nowNanos) {
        if (stale.preferPositive() && stale.durationSeconds() > 0) {
            CachedResponse answer = usable(answering(key), nowNanos);
            if (answer != null) {
                return answer;
            }
        }
        CachedResponse denial = usable(denials.getIfPresent(key), nowNanos);
        // A failure passes, so it does not hide an answer that is still good.
        if (denial != null && denial.rcode() != Rcode.SERVFAIL) {
            return denial;
        }
        CachedResponse success = usable(successes.getIfPresent(key), nowNanos);
        return success != null ? success : denial;
    }

    private @Nullable CachedResponse usable(@Nullable CachedResponse entry, long nowNanos) {
        if (entry == null) {
            return null;
        }
        long left = entry.secondsLeft(nowNanos);
        return left > 0 || -left < stale.durationSeconds() ? entry : null;
    }

    /** The newest answer to the question that is known, whatever its age, or null. */
    @Nullable
    CachedResponse answering(CacheKey key) {
        CachedResponse success = successes.getIfPresent(key);
        return success == null ? null : success.answering();
    }

    /** The entry of either kind, whatever its age, denials first, or null. */
    @Nullable
    CachedResponse any(CacheKey key) {
        CachedResponse denial = denials.getIfPresent(key);
        return denial != null ? denial : successes.getIfPresent(key);
    }

    void put(CacheKey key, CachedResponse entry) {
        (entry.origin().denial() ? denials : successes).put(key.compact(), entry);
    }

    void removeDenial(CacheKey key) {
        denials.invalidate(key);
    }

    double successCount() {
        return successes.estimatedSize();
    }

    double denialCount() {
        return denials.estimatedSize();
    }
}
