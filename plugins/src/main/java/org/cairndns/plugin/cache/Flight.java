package org.cairndns.plugin.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Edns;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.jspecify.annotations.Nullable;

/**
 * One question on its way to an upstream, with those who wait for the reply to it.
 *
 * <p>Waiters come from any thread, guarded by this object. The reply, and what was stored of it, are for the thread that
 * the reply came on, where the waiters are told one by one.
 */
final class Flight {
    private final Query asked;
    private final long startNanos;
    private List<Waiter> waiters = List.of();
    private boolean landed;
    private @Nullable Reply reply;
    private ResponseStorage.@Nullable Stored stored;

    Flight(Query asked, long startNanos) {
        this.asked = asked;
        this.startNanos = startNanos;
    }

    /** A question that went alone, with the reply to it. */
    static Flight alone(Query asked, Reply reply) {
        Flight flight = new Flight(asked, 0);
        flight.land(reply);
        return flight;
    }

    long startNanos() {
        return startNanos;
    }

    /**
     * A query that waits.
     *
     * @param share share of its client in {@link WaitingPlaces}
     * @param places how many it has there
     */
    record Waiter(Reply.Pending pending, int share, int places) {}

    /** Has the waiter completed with the reply; false if that has come, or if {@code max} others wait already. */
    synchronized boolean add(Waiter waiter, int max) {
        if (landed || waiters.size() >= max) {
            return false;
        }
        if (waiters.isEmpty()) {
            waiters = new ArrayList<>();
        }
        waiters.add(waiter);
        return true;
    }

    /** Queries that wait. */
    synchronized int waiting() {
        return waiters.size();
    }

    /** True once the reply has come. */
    synchronized boolean hasLanded() {
        return landed;
    }

    /** Takes the reply; the waiters are to be completed with it, no others come. */
    synchronized List<Waiter> land(Reply came) {
        landed = true;
        reply = came;
        return waiters;
    }

    /** The response of an upstream, or null for any other reply; live data are not to be kept. */
    @Nullable
    Response upstreamResponse() {
        return reply instanceof Reply.Answered answered && answered.response().fromUpstream()
                ? answered.response()
                : null;
    }

    /** The failure that came, or null. */
    Reply.@Nullable Failed failure() {
        return reply instanceof Reply.Failed failed ? failed : null;
    }

    /** What was stored of the response, null if nobody did so yet. */
    ResponseStorage.@Nullable Stored stored() {
        return stored;
    }

    void stored(ResponseStorage.Stored now) {
        stored = now;
    }

    /**
     * The reply for who sends this query down, or null if the reply says nothing about it: the message to the upstream would
     * have been another one, or the reply is none of an upstream and may be made for one client alone.
     */
    @Nullable
    Reply replyTo(Query query) {
        boolean shared = reply instanceof Reply.Failed || upstreamResponse() != null;
        return query == asked || shared && isSameMessage(query, asked) ? reply : null;
    }

    /** True if two queries for the same question make equal messages to an upstream, on equal ways. */
    private static boolean isSameMessage(Query one, Query other) {
        Edns edns = one.edns();
        Edns otherEdns = other.edns();
        return one.recursionDesired() == other.recursionDesired()
                && one.authenticData() == other.authenticData()
                && one.listener().transport().isStream()
                        == other.listener().transport().isStream()
                && edns.present() == otherEdns.present()
                && edns.udpPayloadSize() == otherEdns.udpPayloadSize()
                && edns.flags() == otherEdns.flags()
                && Arrays.equals(edns.options(), otherEdns.options());
    }
}
