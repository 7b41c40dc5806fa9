package org.cairndns.plugin.forward;

import java.util.Optional;
import java.util.OptionalInt;
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
 * <p>An upstream that is late is still listened to while the next one is asked. For one event loop.
 */
final class Forwarding extends Timed {
    private static final PluginLog LOG = PluginLog.of("forward");

    // Unlike in CoreDNS (plugin/forward) "any number" has an end: refused ports would keep a core busy for 5 s.
    private static final long MAX_ATTEMPTS = 100;

    private static final int ATTEMPTS_PER_UPSTREAM = 2;

    private final LoopForwarder loop;
    private final ForwardHandler handler;
    private final ForwardConfig config;
    private final Query query;
    private final Query outgoing;
    private final UpstreamChoice choice;

    /** Null once the client has its reply: late attempts may hold this object for seconds. */
    private Reply.@Nullable Pending pending;

    /** Attempts under way, those among them that are not overdue, and bit per upstream of the former. */
    private int underWay;

    private int inTime;
    private long asked;

    private long failed;
    private int failovers;
    private @Nullable Response lastResponse;
    private String reason = "no healthy upstream";
    private int extendedError = EdnsOptions.NO_REACHABLE_AUTHORITY;

    Forwarding(LoopForwarder loop, ForwardHandler handler, Query query, Reply.Pending pending) {
        this.loop = loop;
        this.handler = handler;
        this.config = loop.config();
        this.query = query;
        this.outgoing = limited(query);
        this.pending = pending;
        this.choice = new UpstreamChoice(loop);
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

    /** The query as it goes to upstreams. */
    Query outgoing() {
        return outgoing;
    }

    /** True if an attempt begins over a stream. */
    boolean wantsStream() {
        return config.transports().forceTcp()
                || !config.transports().preferUdp()
                        && query.listener().transport().isStream();
    }

    /** True if a truncated response is asked for once more over a stream. */
    boolean prefersWhole() {
        return config.transports().preferUdp() && !isDone();
    }

    /** True if any upstream is as good as the others. */
    boolean hasEqualUpstreams() {
        return config.attempts().patience().equal();
    }

    /** True once the client has its reply. */
    boolean isDone() {
        return pending == null;
    }

    /** Begins with the first upstream. */
    void start() {
        try {
            begin();
        } catch (Throwable e) {
            // On another loop than the query's nobody would hear of it.
            deliver(failure(e));
        }
    }

    private void begin() {
        String refusal = loop.enter(query);
        if (!refusal.isEmpty()) {
            deliver(new Reply.Failed(Rcode.SERVFAIL, refusal, EdnsOptions.OTHER));
        } else if (choice.isEmpty()) {
            fail("no address of an upstream is known yet");
        } else if (!tryNext()) {
            giveUp();
        }
    }

    /** Asks the next upstream in place of those before; false if none is left. */
    private boolean tryNext() {
        LoopUpstream next = hasAttempts() ? choice.next(asked) : null;
        if (next == null) {
            return false;
        }
        begin(new Attempt(this, next, choice.index(), false));
        return true;
    }

    private boolean hasAttempts() {
        long max = config.attempts().max().orElse((long) ATTEMPTS_PER_UPSTREAM * choice.size());
        boolean onlyTrials = choice.isLastResort() && failed + underWay > 0;
        return !onlyTrials && failed + underWay < (max == 0 ? MAX_ATTEMPTS : max);
    }

    private void begin(Attempt attempt) {
        underWay++;
        inTime++;
        asked |= 1L << attempt.index();
        handler.asks(attempt.target(), query);
        attempt.begin();
        if (deadlines == null && attempt.connection != null) {
            loop.addQuery(this, attempt.startNanos);
        }
    }

    /** An attempt takes longer than usual: a second upstream may be asked, too. */
    void late(Attempt attempt) {
        if (isDone() || attempt.isOverdue() || inTime > 1 || choice.size() == 1 || !hasAttempts()) {
            return;
        }
        if (!loop.hedges().has()) {
            if (loop.hedges().isUsedUp()) {
                attempt.target().counters().hedgeWithheld();
            }
            return;
        }
        // Looked for last: it may take the one trial of an upstream, which then is to be asked.
        LoopUpstream other = choice.other(asked);
        if (other != null && loop.hedges().spend()) {
            other.counters().hedged();
            begin(new Attempt(this, other, choice.index(), true));
        }
    }

    /** An attempt takes much longer than usual. */
    void overdue(Attempt attempt) {
        inTime--;
        goOn();
    }

    /** Asks somebody else if nobody is left of whom an answer is to be expected soon. */
    private void goOn() {
        if (isDone() || inTime > 0 || lastResponse == null && tryNext()) {
            return;
        }
        // Once all upstreams are down, what is overdue will hardly come, and a cache may have a stale answer.
        if (lastResponse != null || underWay == 0 || choice.isLastResort()) {
            giveUp();
        }
    }

    /** An attempt is over, whatever came of it. */
    void ended(Attempt attempt) {
        underWay--;
        asked &= ~(1L << attempt.index());
        if (!attempt.isOverdue()) {
            inTime--;
        }
    }

    /** An attempt failed. */
    void failed(Attempt attempt, String text, int error) {
        ended(attempt);
        failed++;
        reason = attempt.target().label() + ": " + text;
        extendedError = error;
        goOn();
    }

    /** An upstream answered. */
    void answered(Attempt attempt, Response response) {
        ended(attempt);
        if (isDone()) {
            attempt.target().counters().late();
            return;
        }
        int rcode = response.rcode();
        if (ForwardConfig.Rcodes.has(config.rcodes().failover(), rcode) && ++failovers < choice.size()) {
            lastResponse = response;
            if (inTime > 0 || tryNext()) {
                return;
            }
        }
        if (inTime > 0 && (rcode == Rcode.SERVFAIL || rcode == Rcode.REFUSED)) {
            // Another one is being asked as well, and may know better.
            lastResponse = response;
            return;
        }
        if (attempt.isHedge()) {
            attempt.target().counters().hedgeWon();
        }
        if (handler.hasNextForward() && isForNext(response)) {
            deliver(askNext());
        } else {
            if (underWay + failed > 0) {
                // Not the last one asked, perhaps.
                handler.asks(attempt.target(), query);
            }
            answer(response);
        }
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
        } catch (Throwable e) {
            return failure(e);
        }
    }

    /** A failure of ours, which the server counts and logs. */
    private static Reply failure(Throwable panic) {
        return new Reply.Failed(Rcode.SERVFAIL, panic.toString(), OptionalInt.empty(), Optional.of(panic));
    }

    @Override
    void onDeadline(@Nullable DeadlineQueue next) {
        if (failed == 0) {
            reason = underWay + (underWay == 1 ? " upstream" : " upstreams") + " asked, no response within "
                    + config.attempts().patience().budgetNanos() / 1_000_000 + " ms";
        }
        giveUp();
    }

    private void giveUp() {
        Response response = lastResponse;
        if (response != null) {
            answer(response);
        } else {
            fail(failed == 0 ? choice.reasonOr(reason) : reason);
        }
    }

    private void answer(Response response) {
        // RFC 1035 4.1.1: RA is said of the server that answers, and this one asks on. Unlike in CoreDNS
        // (plugin/forward):
        // without AA and RA an empty answer is a "lame referral" to Go's resolver, which then gives the server up.
        deliver(new Reply.Answered(response.withRecursionAvailable(true)));
    }

    private void fail(String text) {
        if (LOG.isDebugging()) {
            LOG.debug(query + ": " + text);
        }
        // RFC 8914 4.23 to 4.25: nobody answers, talking failed, or what came makes no sense.
        deliver(new Reply.Failed(Rcode.SERVFAIL, text, extendedError));
    }

    private void deliver(Reply reply) {
        Reply.Pending waiting = pending;
        if (waiting == null) {
            return;
        }
        pending = null;
        leaveDeadlines();
        loop.leave(query);
        handler.ended();
        try {
            waiting.complete(reply);
        } catch (Throwable e) {
            LOG.error("reply to " + query + " could not be delivered: " + e);
        }
    }
}
