package org.cairndns.plugin.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Stored responses of one kind, bounded by a number of entries. Any thread.
 *
 * <p>Most of what a full table is offered was asked for once and never will be again. Were it taken in, it would stay
 * for thousands of others: long enough to reach the old part of the heap, which it leaves as garbage that only a pause of
 * tens of milliseconds collects. So what comes when the table is full is a newcomer first, in a small array where
 * another takes its place before long. It comes into the table with its first hit, or if its question was asked lately.
 */
final class ResponseTable {
    private static final int MAX_NEWCOMERS = 512;

    /** Part of the capacity that newcomers may have. */
    private static final int NEWCOMERS_SHARE = 16;

    private final Cache<CacheKey, CachedResponse> known;
    private final AtomicReferenceArray<@Nullable Newcomer> newcomers;
    private final RecentKeys recent;

    /** True once the table had to let go of something; newcomers are few enough not to matter before. */
    private volatile boolean full;

    private record Newcomer(CacheKey key, CachedResponse entry) {}

    /**
     * An empty table.
     *
     * @param capacity largest number of entries, at least 1024
     */
    ResponseTable(int capacity) {
        int places = Integer.highestOneBit(Math.min(MAX_NEWCOMERS, capacity / NEWCOMERS_SHARE));
        this.newcomers = new AtomicReferenceArray<>(places);
        this.recent = new RecentKeys(capacity);
        this.known = Caffeine.newBuilder()
                .maximumSize(capacity - places)
                .executor(Runnable::run)
                .evictionListener((@Nullable CacheKey key, @Nullable CachedResponse entry, RemovalCause cause) -> {
                    full = true;
                    evicted(entry);
                })
                .build();
    }

    private static void evicted(@Nullable CachedResponse entry) {
        if (entry != null) {
            entry.origin().counters().evictions(entry.origin().denial()).inc();
        }
    }

    /** The entry of a key, whatever its age, or null. */
    @Nullable
    CachedResponse get(CacheKey key) {
        CachedResponse entry = known.getIfPresent(key);
        return entry != null || !full ? entry : newcomer(key);
    }

    private @Nullable CachedResponse newcomer(CacheKey key) {
        int place = place(key);
        Newcomer newcomer = newcomers.get(place);
        if (newcomer == null || !newcomer.key().equals(key)) {
            return null;
        }
        if (newcomers.compareAndSet(place, newcomer, null)) {
            known.put(newcomer.key(), newcomer.entry());
        }
        return newcomer.entry();
    }

    /** Takes an entry in, in the place of one with the same key. */
    void put(CacheKey key, CachedResponse entry) {
        if (!full || known.asMap().containsKey(key) || recent.add(key)) {
            known.put(key.compact(), entry);
            return;
        }
        Newcomer before = newcomers.getAndSet(place(key), new Newcomer(key.compact(), entry));
        if (before != null && !before.key().equals(key)) {
            evicted(before.entry());
        }
    }

    void remove(CacheKey key) {
        known.invalidate(key);
        int place = place(key);
        Newcomer newcomer = newcomers.get(place);
        if (newcomer != null && newcomer.key().equals(key)) {
            newcomers.compareAndSet(place, newcomer, null);
        }
    }

    void clear() {
        known.invalidateAll();
        for (int i = 0; i < newcomers.length(); i++) {
            newcomers.set(i, null);
        }
    }

    /** Number of entries, about. */
    long count() {
        long count = known.estimatedSize();
        for (int i = 0; i < newcomers.length(); i++) {
            count += newcomers.get(i) == null ? 0 : 1;
        }
        return count;
    }

    private int place(CacheKey key) {
        return RecentKeys.spread(key) & newcomers.length() - 1;
    }
}
