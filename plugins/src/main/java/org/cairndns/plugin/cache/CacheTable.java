package org.cairndns.plugin.cache;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.cairndns.wire.Rcode;
import org.jspecify.annotations.Nullable;

/**
 * The stored responses of one cache: positive and negative ones apart, each bounded by a number of entries, both by octets.
 *
 * <p>Octets are there for whoever needs them; where they are short, what has more of them lets go of some. So neither a flood of names
 * that do not exist nor one of large answers can take the other half. Entries do not leave when they expire, so that they can be served stale; ages are checked when they are read. Any
 * thread.
 */
final class CacheTable implements AutoCloseable {
    /** Part of all octets that one entry may take. */
    private static final int LARGEST_SHARE = 8;

    private final OctetBudget budget;
    private final ResponseTable successes;
    private final ResponseTable denials;
    private final CacheConfig.ServeStale stale;
    private final long onErrorSeconds;

    /**
     * An empty one.
     *
     * @param maxOctets of heap that all entries together may take
     */
    CacheTable(CacheConfig config, long maxOctets) {
        this.budget = new OctetBudget(maxOctets);
        this.successes = new ResponseTable(config.success().capacity(), budget);
        this.denials = new ResponseTable(config.denial().capacity(), budget);
        this.stale = config.stale();
        this.onErrorSeconds = config.staleIfErrorSeconds();
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

    /**
     * The response to serve where otherwise a failure would be: the newer of what is known of the question, if that is not too old.
     *
     * @return null if there is none
     */
    @Nullable
    CachedResponse outdated(CacheKey key, long nowNanos) {
        CachedResponse success = notTooOld(successes.get(key), nowNanos);
        CachedResponse denial = notTooOld(denying(key), nowNanos);
        if (success == null || denial == null) {
            return success == null ? denial : success;
        }
        boolean newer = success.storedNanos() - denial.storedNanos() >= 0;
        return newer || stale.preferPositive() ? success : denial;
    }

    private @Nullable CachedResponse notTooOld(@Nullable CachedResponse entry, long nowNanos) {
        if (entry == null) {
            return null;
        }
        boolean good = entry.rcode() == Rcode.NOERROR || entry.rcode() == Rcode.NXDOMAIN;
        return good && -entry.secondsLeft(nowNanos) < onErrorSeconds ? entry : null;
    }

    /** The newest answer to the question that is known, whatever its age, or null. */
    @Nullable
    CachedResponse answering(CacheKey key) {
        CachedResponse success = successes.get(key);
        return success == null ? null : success.answering();
    }

    /** The newest denial that is known, whatever its age and whatever failed since, or null. */
    @Nullable
    CachedResponse denying(CacheKey key) {
        CachedResponse denial = denials.get(key);
        return denial != null && denial.rcode() == Rcode.SERVFAIL
                ? denial.origin().lastKnownGood()
                : denial;
    }

    /** The entry of either kind, whatever its age, denials first, or null. */
    @Nullable
    CachedResponse any(CacheKey key) {
        CachedResponse denial = denials.get(key);
        return denial != null ? denial : successes.get(key);
    }

    /** Takes an entry in, or only lets go of the one before it if it is too large for the whole cache. */
    void put(CacheKey key, CachedResponse entry, long nowNanos) {
        ResponseTable table = entry.origin().denial() ? denials : successes;
        CacheKey kept = key.compact();
        int octets = EntryOctets.of(kept, entry);
        if (octets > budget.maxOctets() / LARGEST_SHARE) {
            table.remove(key);
            return;
        }
        budget.take(octets);
        boolean evicted = true;
        while (budget.isOverdrawn() && evicted) {
            evicted = (successes.octets() >= denials.octets() ? successes : denials).evict(nowNanos);
        }
        table.put(kept, entry, octets, nowNanos);
    }

    void removeDenial(CacheKey key) {
        denials.remove(key);
    }

    /** The tasks that let go of what is too old, one for each kind; not started yet. */
    List<ExpirySweep> sweeps(LongSupplier nanoTime, ScheduledExecutorService background) {
        long keepSeconds = Math.max(stale.durationSeconds(), onErrorSeconds);
        return List.of(
                new ExpirySweep(successes, keepSeconds, nanoTime, background),
                new ExpirySweep(denials, keepSeconds, nanoTime, background));
    }

    /** Octets of heap of the positive responses. */
    double successOctets() {
        return successes.octets();
    }

    /** Octets of heap of the negative responses. */
    double denialOctets() {
        return denials.octets();
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
