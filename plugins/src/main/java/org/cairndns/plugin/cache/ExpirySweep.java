package org.cairndns.plugin.cache;

import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of entries that are too old to be of use to anyone, a few at a time, so that a cache whose clients are gone does not keep
 * its memory. Runs in the background, never on an event loop.
 */
final class ExpirySweep {
    private static final long PERIOD_SECONDS = 5;

    /** Places looked at in a turn: a table of 10,000 is through within half a minute. */
    private static final int LOOKS_PER_TURN = 4_000;

    private final ResponseTable table;
    private final long keepSeconds;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService background;

    /** Where the last turn ended; for the background alone, which runs one turn at a time. */
    private Iterator<Slot> places = Collections.emptyIterator();

    private volatile @Nullable Future<?> turns;

    /**
     * @param keepSeconds how long after their expiry entries are of use
     */
    ExpirySweep(ResponseTable table, long keepSeconds, LongSupplier nanoTime, ScheduledExecutorService background) {
        this.table = table;
        this.keepSeconds = keepSeconds;
        this.nanoTime = nanoTime;
        this.background = background;
    }

    void start() {
        turns = background.scheduleWithFixedDelay(this::turn, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    void stop() {
        Future<?> running = turns;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void turn() {
        if (!places.hasNext()) {
            places = table.places();
        }
        long now = nanoTime.getAsLong();
        for (int looks = 0; looks < LOOKS_PER_TURN && places.hasNext(); looks++) {
            Slot slot = places.next();
            CachedResponse entry = slot.entry();
            if (-entry.secondsLeft(now) >= keepSeconds) {
                table.remove(slot, entry);
            }
        }
    }
}
