package org.cairndns.plugin.forward;

import org.jspecify.annotations.Nullable;

/**
 * Exchanges under way in the order in which their time is over: the same time-out holds for all, so this is the order in
 * which they began.
 *
 * <p>A linked list through the exchanges themselves. For one event loop.
 */
final class DeadlineQueue {
    private final long timeoutNanos;
    private @Nullable Exchange first;
    private @Nullable Exchange last;

    DeadlineQueue(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    void add(Exchange exchange, long nowNanos) {
        exchange.deadlineNanos = nowNanos + timeoutNanos;
        exchange.earlier = last;
        if (last == null) {
            first = exchange;
        } else {
            last.later = exchange;
        }
        last = exchange;
    }

    void remove(Exchange exchange) {
        Exchange earlier = exchange.earlier;
        Exchange later = exchange.later;
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
        exchange.earlier = null;
        exchange.later = null;
    }

    /** The exchange whose time is over first, or null. */
    @Nullable
    Exchange first() {
        return first;
    }
}
