package org.cairndns.plugin.cache;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.MemoryShares;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.jspecify.annotations.Nullable;

/**
 * The questions of one cache that are under way, each asked once: who asks the same meanwhile waits for the reply.
 *
 * <p>That spares upstreams the burst of equal queries which follows the end of a popular entry's TTL, and it is a defence. A
 * forger who makes this server ask one question n times at once has n pairs of id and port to guess one of, and by the
 * birthday paradox soon does (RFC 5452 5: at most one query for a question may be outstanding). So queries wait for each
 * other if their keys in the cache are equal, even where their messages to the upstream are not: what the cache keeps of the
 * reply is for all of them, as if they had come a moment later. What it does not keep is only for those whose message
 * would have been the same; the others then go alone. Any thread.
 */
final class Flights {
    /** Bound for one question: its waiters are all told in one turn of an event loop. */
    static final int MAX_WAITERS_PER_QUESTION = 4_000;

    /** Longer than {@code forward} takes: nobody waits for a handler that has lost a query. */
    static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final PluginLog LOG = PluginLog.of("cache");

    // To go alone would hand a forger the many chances that waiting takes from him.
    private static final Reply TOO_MANY =
            new Reply.Failed(Rcode.SERVFAIL, "too many queries wait for the reply to the same question");

    private static final Reply HANDLER_FAILED = new Reply.Failed(Rcode.SERVFAIL, "handler of an equal query failed");

    private final Handler next;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<CacheKey, Flight> byKey = new ConcurrentHashMap<>();
    private final WaitingPlaces places;
    private final int maxPerQuestion;

    /**
     * @param next the handlers below the cache
     * @param places for those who wait, of all caches
     */
    Flights(Handler next, LongSupplier nanoTime, WaitingPlaces places) {
        this.next = next;
        this.nanoTime = nanoTime;
        this.places = places;
        this.maxPerQuestion = Math.min(MAX_WAITERS_PER_QUESTION, places.places() / 2 + 1);
    }

    /** What becomes of a reply. */
    @FunctionalInterface
    interface Use {
        /** The reply to a client, made from what the upstream said; not for later use. */
        Reply of(Flight landed);
    }

    /** Time for ages, in nanoseconds. */
    LongSupplier clock() {
        return nanoTime;
    }

    /** True for a reply that is no word of the handlers below. */
    @SuppressWarnings("ReferenceEquality") // there is one of each
    static boolean isOwn(Reply reply) {
        return reply == TOO_MANY || reply == HANDLER_FAILED;
    }

    /** Hands a query on that is none of the cache's business. */
    Reply passOn(Query query) {
        return next.handle(query);
    }

    /** Whether {@link #passOn} has to be called for each of equal queries. */
    Repetition repetition(Query query) {
        return next.repetition(query);
    }

    /**
     * Asks the handlers below, or waits for the reply to the same question.
     *
     * @param coalesced counts queries that wait
     * @param use called once
     */
    Reply ask(Query query, CacheKey key, CounterDataPoint coalesced, Use use) {
        // The directive loop finds loops by queries for HINFO that come by again, so these must get to it each time.
        if (query.qtype() == RecordType.HINFO) {
            return askAlone(query, use);
        }
        Flight mine = new Flight(query, nanoTime.getAsLong());
        while (true) {
            Flight other = byKey.putIfAbsent(key, mine);
            boolean lost = other != null && mine.startNanos() - other.startNanos() > MAX_AGE_NANOS;
            if (other == null || lost && byKey.replace(key, other, mine)) {
                return lead(mine, query, key, use);
            }
            if (!lost) {
                Reply joined = join(other, query, coalesced, use);
                if (joined != null) {
                    return joined;
                }
            }
        }
    }

    /** Asks the handlers below, whoever else does. */
    Reply askAlone(Query query, Use use) {
        return next.handle(query).then(reply -> use.of(Flight.alone(query, reply)));
    }

    private Reply lead(Flight flight, Query query, CacheKey key, Use use) {
        @Nullable Reply reply = null;
        try {
            reply = next.handle(query);
        } finally {
            if (reply == null) {
                byKey.remove(key, flight);
                tell(flight.land(HANDLER_FAILED), HANDLER_FAILED);
            }
        }
        return reply.then(came -> land(flight, key, came, use));
    }

    private Reply land(Flight flight, CacheKey key, Reply reply, Use use) {
        byKey.remove(key, flight);
        List<Flight.Waiter> waiters = flight.land(reply);
        try {
            return use.of(flight);
        } finally {
            tell(waiters, reply);
        }
    }

    private void tell(List<Flight.Waiter> waiters, Reply reply) {
        for (Flight.Waiter waiter : waiters) {
            places.release(waiter.share(), waiter.places());
            try {
                waiter.pending().complete(reply);
            } catch (Throwable e) {
                LOG.error("a reply could not be delivered: " + e);
            }
        }
    }

    /** The reply to the same question of somebody else, or null if that has just come. */
    private @Nullable Reply join(Flight flight, Query query, CounterDataPoint coalesced, Use use) {
        int share = places.of(query.client());
        int count = MemoryShares.places(query);
        if (places.take(share, count)) {
            Reply.Pending waiter = new Reply.Pending();
            Reply reply = waiter.then(came -> use.of(flight));
            // For one question too: a client has no more places than it leaves to others.
            int max = maxPerQuestion - Math.min(places.count(share), flight.waiting() + 1) + 1;
            if (flight.add(new Flight.Waiter(waiter, share, count), max)) {
                coalesced.inc();
                return reply;
            }
            places.release(share, count);
        }
        return flight.hasLanded() ? null : use.of(Flight.alone(query, TOO_MANY));
    }

    /** Questions under way. */
    int size() {
        return byKey.size();
    }
}
