package org.cairndns.plugin.cache;

import java.util.List;
import org.cairndns.wire.DomainName;

/**
 * What one {@code cache} directive says.
 *
 * @param zones names at or below these are cached; lower case, absolute
 * @param servfailSeconds how long SERVFAIL is kept, 0 to 300; 0 keeps none
 * @param staleIfErrorSeconds how long after expiry an entry may stand in for a failure; 0 is off
 * @param maxOctets octets of heap that all entries may take, at least {@link #MIN_OCTETS}; 0 is a part of the heap
 * @param keepTtl true sends the TTL at storing time instead of the TTL left
 */
record CacheConfig(
        List<String> zones,
        Limits success,
        Limits denial,
        int servfailSeconds,
        Prefetch prefetch,
        ServeStale stale,
        long staleIfErrorSeconds,
        long maxOctets,
        boolean keepTtl) {
    /** Least budget: the largest of messages fits several times. */
    static final long MIN_OCTETS = 1 << 20;

    CacheConfig {
        zones = List.copyOf(zones);
    }

    /**
     * Bounds of one kind of response.
     *
     * @param capacity largest number of entries, at least 1024
     * @param maxTtlSeconds cap of the TTL, at least 1; wins over the minimum
     * @param minTtlSeconds 0 or more
     * @param disabledZones names at or below these are not stored
     */
    record Limits(int capacity, int maxTtlSeconds, int minTtlSeconds, List<DomainName> disabledZones) {
        Limits {
            disabledZones = List.copyOf(disabledZones);
        }

        /** A TTL within the bounds. */
        int clamp(int ttlSeconds) {
            return Math.min(Math.max(ttlSeconds, minTtlSeconds), maxTtlSeconds);
        }
    }

    /**
     * Refreshing of entries before they expire.
     *
     * @param amount hits from which on an entry is refreshed; 0 is off
     * @param windowNanos longest time between two hits that count together
     * @param percentage part of the TTL left at which the refresh starts, 10 to 90
     */
    record Prefetch(int amount, long windowNanos, int percentage) {
        /** TTL left in seconds from which on an entry with this TTL is refreshed. */
        int thresholdSeconds(int ttlSeconds) {
            return (int) Math.ceil(ttlSeconds * (percentage / 100.0));
        }
    }

    /**
     * Use of entries after they expired.
     *
     * @param durationSeconds how long after expiry; 0 is off
     * @param verify true asks the upstream first, false answers at once and asks in the background
     * @param verifyTimeoutNanos how long {@code verify} waits; 0 waits for the reply
     * @param ttlSeconds TTL of a stale answer; 0 is the standard
     * @param recheckNanos how long after a failed refresh no other is tried; 0 tries with every query
     * @param preferPositive true lets an answer, be it stale, win over a denial
     */
    record ServeStale(
            long durationSeconds,
            boolean verify,
            long verifyTimeoutNanos,
            int ttlSeconds,
            long recheckNanos,
            boolean preferPositive) {
        static final ServeStale OFF = new ServeStale(0, false, 0, 0, 0, false);
    }
}
