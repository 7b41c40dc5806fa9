package org.cairndns.plugin.spi;

import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.cairndns.zone.Validity;

/**
 * A handler's word that queries equal to one that it answered get the same response without being handed to it.
 *
 * <p>Equal means every octet behind the message id, at the same listener. Handlers are asked for it in advance, see {@link
 * Handler#repetition}; one that gives none sees every query. Any thread.
 */
@FunctionalInterface
public interface Repetition {
    /** Result of {@link #again}: the response is to be made anew. */
    int OVER = -2;

    /** Result of {@link #again}: the records have the TTLs that they had in the first response. */
    int SAME_TTLS = -1;

    /** No such word. */
    Repetition NEVER = (nowNanos, tookNanos) -> OVER;

    /** For responses that depend on nothing but the query. */
    Repetition ALWAYS = (nowNanos, tookNanos) -> SAME_TTLS;

    /**
     * Asks whether the response may be sent once more, and accounts for that if so, as the handler would have.
     *
     * @param nowNanos the server's {@link ServerContext#nanoTime}
     * @param tookNanos what it took to answer, 0 or more
     * @return {@link #OVER}, {@link #SAME_TTLS}, or the seconds that all records have as TTL now
     */
    int again(long nowNanos, long tookNanos);

    /** This word for the response that came of the query, or {@link #NEVER} for one that is not to be repeated. */
    default Repetition of(Query query, Response response) {
        return this;
    }

    /** True for the lack of a word. */
    @SuppressWarnings("ReferenceEquality") // there is one of it
    default boolean isNever() {
        return this == NEVER;
    }

    /** This word as long as something else holds too. */
    default Repetition during(Validity validity) {
        return isNever() ? NEVER : new LimitedRepetition(validity, this);
    }
}
