package org.cairndns.plugin.forward;

import org.jspecify.annotations.Nullable;

/**
 * What is under way in the order in which its time is over: nearly the same time holds for all, so this is the order in which
 * it began. After a change of the time, nobody's is over before that of those that began earlier.
 *
 * <p>A linked list through the members themselves. For one event loop.
 */
final class DeadlineQueue {
    private final @Nullable DeadlineQueue next;
    private long timeoutNanos;
    private @Nullable Timed first;
    private @Nullable Timed last;

    /** A queue whose members are at their end when their time is over. */
    DeadlineQueue(long timeoutNanos) {
        this(timeoutNanos, null);
    }

    /**
     * @param next where members go on when their time in this queue is over
     */
    DeadlineQueue(long timeoutNanos, @Nullable DeadlineQueue next) {
        this.timeoutNanos = timeoutNanos;
        this.next = next;
    }

    /** The time that holds from now on. */
    void timeoutNanos(long nanos) {
        timeoutNanos = nanos;
    }

    /** True if members are at their end when their time is over. */
    boolean isLast() {
        return next == null;
    }

    /** Adds something that is in no queue. */
    void add(Timed timed, long nowNanos) {
        timed.deadlines = this;
        timed.deadlineNanos = nowNanos + timeoutNanos;
        timed.earlier = last;
        if (last == null) {
            first = timed;
        } else {
            if (timed.deadlineNanos - last.deadlineNanos < 0) {
                timed.deadlineNanos = last.deadlineNanos;
            }
            last.later = timed;
        }
        last = timed;
    }

    void remove(Timed timed) {
        Timed earlier = timed.earlier;
        Timed later = timed.later;
        if (earlier == null) {
            first = later;
        } else {
            earlier.later = later;
        }
        if (later == null) {
            last = earlier;
        } else {
            later.earlier = earlier;
        }
        timed.earlier = null;
        timed.later = null;
        timed.deadlines = null;
    }

    /** Tells those whose time is over. */
    void expire(long nowNanos) {
        for (Timed due = first; due != null && due.deadlineNanos - nowNanos <= 0; due = first) {
            remove(due);
            due.onDeadline(next);
        }
    }

    /** What is over first, or null. */
    @Nullable
    Timed first() {
        return first;
    }
}
