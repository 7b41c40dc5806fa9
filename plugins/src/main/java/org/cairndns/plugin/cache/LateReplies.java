package org.cairndns.plugin.cache;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.cairndns.plugin.spi.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Replies that clients do not wait for any longer than a time that is the same for all, so that one queue in the order of coming
 * does instead of a timer each. Any thread.
 */
final class LateReplies {
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

    /**
     * The reply, or another one if it does not come in time.
     *
     * @param step what is made of the reply if it does
     */
    Reply inTime(Reply.Pending reply, UnaryOperator<Reply> step, Supplier<Reply> instead) {
        Race race = new Race(nanoTime.getAsLong() + patienceNanos, instead);
        races.add(race);
        if (ticking.compareAndSet(false, true)) {
            background.schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
        reply.whenDone(came -> race.end(() -> step.apply(came)));
        return race.result;
    }

    private void tick() {
        long now = nanoTime.getAsLong();
        for (Race race = races.peek(); race != null; race = races.peek()) {
            Supplier<Reply> instead = race.instead;
            if (instead != null && now - race.endNanos < 0) {
                break;
            }
            races.poll();
            if (instead != null) {
                race.end(instead);
            }
        }
        ticking.set(false);
        if (!races.isEmpty() && ticking.compareAndSet(false, true)) {
            background.schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    /** Races under way, those over not counted for sure. */
    int size() {
        return races.size();
    }

    private static final class Race {
        private final long endNanos;
        private final Reply.Pending result = new Reply.Pending();
        private final AtomicBoolean over = new AtomicBoolean();

        /** Null once the race is over, for it holds on to much. */
        private volatile @Nullable Supplier<Reply> instead;

        private Race(long endNanos, Supplier<Reply> instead) {
            this.endNanos = endNanos;
            this.instead = instead;
        }

        private void end(Supplier<Reply> winner) {
            if (over.compareAndSet(false, true)) {
                instead = null;
                result.complete(winner.get());
            }
        }
    }
}
