package org.cairndns.plugin.forward;

import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to an upstream and back.
 *
 * <p>May be used again once it has ended. Ends by exactly one call of {@link #onResponse}, {@link #onFailure} or
 * {@link #onStale}. For one event loop.
 */
abstract class Exchange {
    /** Neighbours and time in the queue of deadlines; its own. */
    @Nullable
    Exchange earlier;

    @Nullable
    Exchange later;

    long deadlineNanos;

    /** Where it is under way; the connection's own. */
    @Nullable
    UpstreamConnection connection;

    @Nullable
    DeadlineQueue deadlines;

    int id;
    long startNanos;

    /** True if the connection had been open before. */
    boolean reused;

    /** What to ask. */
    abstract Query query();

    /**
     * The response came.
     *
     * @param nanos time since the exchange began
     */
    abstract void onResponse(Response response, long nanos);

    /** Nothing came of it. */
    abstract void onFailure(String reason);

    /** The upstream closed a connection that had been open before; it may not have seen the query. */
    void onStale(String reason) {
        onFailure(reason);
    }

    /** True if a message with this id that is no proper response ends the exchange, as a failure or otherwise. */
    boolean endsWith(BadMessageException message) {
        return message.reason() == BadMessageException.Reason.MALFORMED;
    }

    /** A message that {@link #endsWith} said yes to. */
    void onBadMessage(BadMessageException message) {
        onFailure(String.valueOf(message.getMessage()));
    }
}
