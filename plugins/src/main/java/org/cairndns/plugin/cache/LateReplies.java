package org.cairndns.plugin.cache;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Rcode;
import org.jspecify.annotations.Nullable;

/**
 * Replies that clients do not wait for any longer than a time that is the same for all, so that one queue in the order of coming
 * does instead of a timer each. Any thread.
 */
final class LateReplies {
    /** In place of a reply that did not come in time. */
    static final Reply.Failed LATE = new Reply.Failed(Rcode.SERVFAIL, "no reply in time");

    private static final PluginLog LOG = PluginLog.of("cache");
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService background;
    private final Queue<Race> races = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ticking = new AtomicBoolean();

    LateReplies(long patienceNanos, LongSupplier nanoTime, ScheduledExecutorService background) {
        this.patienceNanos = patienceNanos;
        this.nanoTime = nanoTime;
        this.background = background;
    }

    /** The reply, or {@link #LATE} if it does not come in time. */
    Reply.Pending inTime(Reply.Pending reply) {
        Reply.Pending result = new Reply.Pending();
        Race race = new Race(nanoTime.getAsLong() + patienceNanos, new AtomicReference<>(result));
        races.add(race);
        if (ticking.compareAndSet(false, true)) {
            background.schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
        reply.whenDone(race::end);
        return result;
    }

    private void tick() {
        long now = nanoTime.getAsLong();
        for (Race race = races.peek(); race != null; race = races.peek()) {
            if (race.result.get() != null && now - race.endNanos < 0) {
                break;
            }
            races.poll();
            race.end(LATE);
        }
        ticking.set(false);
        if (!races.isEmpty() && ticking.compareAndSet(false, true)) {
            background.schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    /**
     * A reply and the end of patience.
     *
     * @param result emptied by what comes first, for the race stays in the queue behind those that came before it
     */
    private record Race(long endNanos, AtomicReference<Reply.@Nullable Pending> result) {
        void end(Reply reply) {
            Reply.Pending waiting = result.getAndSet(null);
            if (waiting == null) {
                return;
            }
            try {
                waiting.complete(reply);
            } catch (Throwable e) {
                LOG.error("a reply could not be delivered: " + e);
            }
        }
    }
}
