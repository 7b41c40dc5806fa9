package org.cairndns.plugin.forward;

import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Edns;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.Section;
import org.jspecify.annotations.Nullable;

/**
 * One client's query on its way: goes from upstream to upstream until one answers, attempts or time run out.
 *
 * <p>For one event loop.
 */
final class Forwarding extends Exchange {
    private static final PluginLog LOG = PluginLog.of("forward");

    /** Time for all attempts, looked at between two of them. */
    private static final long TIMEOUT_NANOS = 5_000_000_000L;

    // Unlike in CoreDNS (plugin/forward) "any number" has an end: refused ports would keep a core busy for 5 s.
    private static final long MAX_ATTEMPTS = 100;

    private static final int ATTEMPTS_PER_UPSTREAM = 2;

    private final LoopForwarder loop;
    private final ForwardHandler handler;
    private final ForwardConfig config;
    private final Query query;
    private final Query outgoing;
    private final Reply.Pending pending;
    private final long endNanos;
    private final LoopUpstream[] upstreams;
    private final int first;

    /** Places taken in this round, and bit per upstream among them. */
    private int place;

    private long tried;

    /** True once no upstream but one that is down was left to ask. */
    private boolean lastResort;

    private long failed;
    private int failovers;
    private @Nullable LoopUpstream upstream;
    private boolean stream;
    private boolean retried;
    private @Nullable Response lastResponse;
    private String reason;

    Forwarding(LoopForwarder loop, ForwardHandler handler, Query query, Reply.Pending pending) {
        this.loop = loop;
        this.handler = handler;
        this.config = loop.config();
        this.query = query;
        this.outgoing = limited(query);
        this.pending = pending;
        this.endNanos = loop.nanoTime() + TIMEOUT_NANOS;
        this.upstreams = loop.upstreams();
        this.reason = upstreams.length == 0 ? "no address of an upstream is known yet" : "no healthy upstream";
        this.first = upstreams.length == 0
                ? 0
                : config.attempts()
                        .policy()
                        .first(upstreams.length, loop.shared().turn(), loop.random());
    }

    /** The query with a payload size that our sockets can take: EDNS is between neighbours (RFC 6891 6.2.6). */
    private static Query limited(Query query) {
        Edns edns = query.edns();
        if (edns.udpPayloadSize() <= ConnectionOpener.MAX_DATAGRAM_OCTETS) {
            return query;
        }
        return query.withEdns(
                new Edns(true, ConnectionOpener.MAX_DATAGRAM_OCTETS, edns.version(), edns.flags(), edns.options()));
    }

    @Override
    Query query() {
        return outgoing;
    }

    /** Begins with the first upstream. */
    void start() {
        if (loop.enter()) {
            run();
        } else {
            deliver(new Reply.Failed(Rcode.SERVFAIL, "too many queries under way"));
        }
    }

    /** Tries the next upstream; the reply is complete once none is left. */
    private void run() {
        LoopUpstream next = hasAttempts() ? nextUpstream() : null;
        if (next == null) {
            giveUp();
            return;
        }
        upstream = next;
        handler.asks(next, query);
        retried = false;
        stream = config.transports().forceTcp()
                || !config.transports().preferUdp()
                        && query.listener().transport().isStream();
        begin(next, false);
    }

    private boolean hasAttempts() {
        long max = config.attempts().max().orElse((long) ATTEMPTS_PER_UPSTREAM * upstreams.length);
        boolean inTime = tried == 0 || loop.nanoTime() - endNanos < 0;
        return failed < (max == 0 ? MAX_ATTEMPTS : max) && upstreams.length > 0 && inTime;
    }

    /** The next upstream in turn that is in order, else the least doubtful one; null if none may be asked. */
    private @Nullable LoopUpstream nextUpstream() {
        int count = upstreams.length;
        for (int looked = 0; looked < count; looked++) {
            LoopUpstream candidate = upstreams[nextPlace(count)];
            Circuit circuit = candidate.upstream().circuit();
            Circuit.State state = circuit.state();
            if (state == Circuit.State.CLOSED || state == Circuit.State.HALF_OPEN && circuit.takeTrial()) {
                return candidate;
            }
        }
        return leastDoubtful();
    }

    private int nextPlace(int count) {
        if (place == count) {
            place = 0;
            tried = 0;
        }
        Policy policy = config.attempts().policy();
        int index = place == 0 ? first : policy.next(place, first, tried, count, loop.random());
        place++;
        tried |= 1L << index;
        return index;
    }

    private @Nullable LoopUpstream leastDoubtful() {
        int count = upstreams.length;
        int start = loop.random().nextInt(count);
        LoopUpstream best = null;
        for (int i = 0; i < count; i++) {
            LoopUpstream candidate = upstreams[(start + i) % count];
            Circuit.State state = candidate.upstream().circuit().state();
            if (state.compareTo(Circuit.State.OPEN) < 0
                    && (best == null
                            || state.compareTo(best.upstream().circuit().state()) < 0)) {
                best = candidate;
            }
        }
        return best != null ? best : trial(start);
    }

    /** All are down: one query in turn tells whether they still are, all others need not wait for nothing. */
    private @Nullable LoopUpstream trial(int start) {
        lastResort = true;
        loop.metrics().allDown();
        int count = upstreams.length;
        LoopUpstream known = upstreams[start];
        String heldOut = known.upstream().circuit().heldOut();
        if (failed == 0 && !heldOut.isEmpty()) {
            reason = known.label() + ": " + heldOut;
        }
        for (int i = 0; i < count && loop.mayTry(); i++) {
            LoopUpstream candidate = upstreams[(start + i) % count];
            Circuit circuit = candidate.upstream().circuit();
            if (circuit.state() == Circuit.State.OPEN && circuit.takeTrial()) {
                return candidate;
            }
        }
        return null;
    }

    private void begin(LoopUpstream target, boolean fresh) {
        target.begin(this, stream, fresh).ifPresent(text -> fail(target.label() + ": " + text));
    }

    @Override
    void onResponse(Response response, long nanos) {
        LoopUpstream from = upstream;
        if (from != null) {
            from.counters().answered(response.rcode(), nanos);
            from.upstream().answered();
        }
        if (response.truncated()
                && config.transports().preferUdp()
                && !stream
                && from != null
                && from.address().isPlain()) {
            stream = true;
            begin(from, false);
            return;
        }
        int rcode = response.rcode();
        if (ForwardConfig.Rcodes.has(config.rcodes().failover(), rcode) && ++failovers < upstreams.length) {
            lastResponse = response;
            run();
            return;
        }
        if (handler.hasNextForward() && isForNext(response)) {
            deliver(askNext());
            return;
        }
        answer(response);
    }

    private boolean isForNext(Response response) {
        return ForwardConfig.Rcodes.has(config.rcodes().next(), response.rcode())
                || config.rcodes().nextOnNodata()
                        && response.rcode() == Rcode.NOERROR
                        && response.count(Section.ANSWER) == 0;
    }

    private Reply askNext() {
        try {
            return handler.next().handle(query);
        } catch (RuntimeException e) {
            LOG.error("next forward failed: " + e);
            return new Reply.Failed(Rcode.SERVFAIL, e.toString());
        }
    }

    @Override
    void onStale(String text) {
        LoopUpstream same = upstream;
        if (retried || same == null) {
            onFailure(text);
            return;
        }
        // RFC 7766 6.2.4: servers close idle connections at will, so this says nothing about the upstream.
        retried = true;
        begin(same, true);
    }

    @Override
    void onFailure(String text) {
        LoopUpstream suspect = upstream;
        if (suspect != null) {
            reason = suspect.label() + ": " + text;
            suspect.upstream().circuit().missed();
            suspect.upstream().queryFailed(text);
            HealthProbe.start(suspect);
        }
        failed++;
        if (lastResort) {
            giveUp();
        } else {
            run();
        }
    }

    private void giveUp() {
        Response response = lastResponse;
        if (response != null) {
            answer(response);
        } else {
            fail(reason);
        }
    }

    private void answer(Response response) {
        // RFC 1035 4.1.1: RA is said of the server that answers, and this one asks on. Unlike in CoreDNS
        // (plugin/forward): without
        // AA and RA an empty answer is a "lame referral" to Go's resolver, which then gives the server up.
        deliver(new Reply.Answered(response.withRecursionAvailable(true)));
    }

    private void fail(String text) {
        if (LOG.isDebugging()) {
            LOG.debug(query + ": " + text);
        }
        // RFC 8914 4.23, 4.24: nobody to ask, or those asked could not be talked to.
        int error = failed == 0 ? EdnsOptions.NO_REACHABLE_AUTHORITY : EdnsOptions.NETWORK_ERROR;
        deliver(new Reply.Failed(Rcode.SERVFAIL, text, error));
    }

    private void deliver(Reply reply) {
        loop.leave();
        handler.ended();
        try {
            pending.complete(reply);
        } catch (RuntimeException e) {
            LOG.error("reply to " + query + " could not be delivered: " + e);
        }
    }
}
