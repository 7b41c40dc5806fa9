package org.cairndns.plugin.forward;

import org.jspecify.annotations.Nullable;

/** Something whose time may be over before it ends; in one {@link DeadlineQueue} at most. For one event loop. */
abstract class Timed {
    /** Neighbours and time in the queue of deadlines; its own. */
    @Nullable
    Timed earlier;

    @Nullable
    Timed later;

    long deadlineNanos;

    @Nullable
    DeadlineQueue deadlines;

    /**
     * Its time is over; it is in no queue any longer.
     *
     * @param next where it may go on; null if that was its last queue
     */
    abstract void onDeadline(@Nullable DeadlineQueue next);

    /** Leaves the queue that it is in, if any. */
    final void leaveDeadlines() {
        DeadlineQueue queue = deadlines;
        if (queue != null) {
            queue.remove(this);
        }
    }
}
