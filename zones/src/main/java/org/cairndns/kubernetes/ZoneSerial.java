package org.cairndns.kubernetes;

import java.time.InstantSource;

/**
 * Serial of the cluster zone's SOA: Unix time of the last relevant change in seconds, and larger after each change.
 *
 * <p>Changes that come faster than seconds make it run ahead of the clock, by an hour at most, so that a restart does not
 * take it back by much (RFC 1982 orders serials).
 */
final class ZoneSerial {
    private static final long MAX_AHEAD_SECONDS = 3600;

    private final InstantSource clock;

    /** Written by the writer thread only; 0..2^32-1. */
    private volatile long value;

    /** Written by the writer thread only. */
    private volatile long changes;

    ZoneSerial(InstantSource clock) {
        this.clock = clock;
        this.value = nowSeconds();
    }

    long value() {
        return value;
    }

    /** Number of changes so far, which unlike the serial never stops. */
    long changes() {
        return changes;
    }

    /** Something changed that clients can see; writer thread only. */
    void advance() {
        long now = nowSeconds();
        long next = Math.clamp(value + 1, now, now + MAX_AHEAD_SECONDS);
        value = Math.max(value, next);
        long number = changes + 1;
        changes = number;
    }

    private long nowSeconds() {
        return clock.instant().getEpochSecond() & 0xffff_ffffL;
    }
}
