package org.cairndns.plugin.cache;

import org.cairndns.wire.Rcode;
import org.jspecify.annotations.Nullable;

/**
 * The stored responses of one cache: positive and negative ones apart, each bounded by a number of entries.
 *
 * <p>Entries do not leave when they expire, so that they can be served stale; ages are checked when they are read. Any
 * thread.
 */
final class CacheTable implements AutoCloseable {
    private final ResponseTable successes;
    private final ResponseTable denials;
    private final CacheConfig.ServeStale stale;

    CacheTable(CacheConfig config) {
        this.successes = new ResponseTable(config.success().capacity());
        this.denials = new ResponseTable(config.denial().capacity());
        this.stale = config.stale();
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
        CachedResponse denial = usable(denials.get(key), nowNanos);
        // A failure passes, so it does not hide an answer that is still good.
        if (denial != null && denial.rcode() != Rcode.SERVFAIL) {
            return denial;
        }
        CachedResponse success = usable(successes.get(key), nowNanos);
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
        CachedResponse success = successes.get(key);
        return success == null ? null : success.answering();
    }

    /** The entry of either kind, whatever its age, denials first, or null. */
    @Nullable
    CachedResponse any(CacheKey key) {
        CachedResponse denial = denials.get(key);
        return denial != null ? denial : successes.get(key);
    }

    void put(CacheKey key, CachedResponse entry) {
        (entry.origin().denial() ? denials : successes).put(key, entry);
    }

    void removeDenial(CacheKey key) {
        denials.remove(key);
    }

    double successCount() {
        return successes.count();
    }

    double denialCount() {
        return denials.count();
    }

    /** Lets go of all entries, once no configuration uses them. */
    @Override
    public void close() {
        successes.clear();
        denials.clear();
    }
}
