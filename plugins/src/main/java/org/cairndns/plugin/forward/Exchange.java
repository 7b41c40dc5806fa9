package org.cairndns.plugin.forward;

import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to an upstream and back.
 *
 * <p>May be used again once it has ended. Ends by exactly one call of {@link #onResponse}, {@link #onFailure}, {@link
 * #onBadMessage} or {@link #onStale}. For one event loop.
 */
abstract class Exchange extends Timed {
    /** Where it is under way; the connection's own. */
    @Nullable
    UpstreamConnection connection;

    int id;
    long startNanos;

    /** True if the connection had been open before. */
    boolean reused;

    /** True if the connection was open when it began, so that its time is the upstream's alone. */
    boolean measured;

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

    /** No response within the time that the upstream usually takes; it goes on. */
    void onLate() {}

    /** No response within a multiple of that time; it goes on. */
    void onOverdue() {}

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

    /** True if the letter case of the question in the response tells a true one; false if it is only counted. */
    boolean mindsCase() {
        return false;
    }

    /** The response came, but with the question in other letter case than was sent. */
    void onOtherCase(Response response, long nanos) {
        onResponse(response, nanos);
    }

    @Override
    final void onDeadline(@Nullable DeadlineQueue next) {
        UpstreamConnection at = connection;
        if (at != null) {
            at.due(this, next);
        }
    }
}
