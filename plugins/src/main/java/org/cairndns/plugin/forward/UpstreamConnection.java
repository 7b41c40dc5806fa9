package org.cairndns.plugin.forward;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseReader;
import org.jspecify.annotations.Nullable;

/**
 * One socket to one upstream with the exchanges under way on it.
 *
 * <p>Opening: exchanges wait, and go out once it is open. Open: they go out, all that one turn of the loop brings in one
 * flush. Retired: no new ones, closed after the last one. Closed: its exchanges have failed. For one event loop.
 */
abstract class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private static final int HEADER_OCTETS = 12;

    /** A small part of the ids, so that a free one is found quickly and guesses stay unlikely. */
    private static final int MAX_IN_FLIGHT = 4096;

    private final LoopUpstream upstream;
    private final ConnectionKind kind;
    private final InFlight inFlight = new InFlight();
    private final Runnable flush = this::flushNow;
    private final long openedNanos;
    private long usedNanos;
    private int sent;
    private @Nullable Channel channel;
    private boolean flushing;
    private boolean retired;
    private boolean closed;

    UpstreamConnection(LoopUpstream upstream, ConnectionKind kind) {
        this.upstream = upstream;
        this.kind = kind;
        this.openedNanos = upstream.loop().nanoTime();
        this.usedNanos = openedNanos;
    }

    /** Writes the query of an exchange that is under way; flushed later. */
    abstract void write(Channel open, Exchange exchange);

    ConnectionKind kind() {
        return kind;
    }

    LoopUpstream upstream() {
        return upstream;
    }

    int underWay() {
        return inFlight.size();
    }

    /** Messages sent so far. */
    int sent() {
        return sent;
    }

    /** When it was opened, nanoseconds. */
    long openedNanos() {
        return openedNanos;
    }

    /** When the last message went or came, nanoseconds. */
    long usedNanos() {
        return usedNanos;
    }

    /** True if it takes another exchange. */
    boolean isUsable() {
        return !retired && !closed && inFlight.size() < maxInFlight();
    }

    /** How many exchanges may be under way at a time. */
    int maxInFlight() {
        return MAX_IN_FLIGHT;
    }

    /** The exchange under way with an id, or null. */
    final @Nullable Exchange find(int id) {
        return inFlight.find(id);
    }

    /** True if the socket can send. */
    final boolean isOpen() {
        return channel != null;
    }

    /** Begins an exchange, which must not be under way elsewhere; the connection must be usable. */
    void begin(Exchange exchange, DeadlineQueue deadlines) {
        int id = upstream.loop().ids().next();
        while (inFlight.find(id) != null) {
            id = upstream.loop().ids().next();
        }
        long now = upstream.loop().nanoTime();
        exchange.id = id;
        exchange.connection = this;
        exchange.startNanos = now;
        exchange.reused = sent > 0;
        exchange.measured = channel != null || !kind.isStream();
        inFlight.add(exchange);
        deadlines.add(exchange, now);
        upstream.loop().wakeAt(exchange.deadlineNanos);
        usedNanos = now;
        sent++;
        if (channel != null) {
            write(channel, exchange);
            flushSoon(channel);
        }
    }

    /** Takes no more exchanges, closes after the last one. */
    void retire() {
        retired = true;
        closeIfDone();
    }

    /**
     * The time of an exchange is over.
     *
     * @param next where it goes on; null if it is at its end
     */
    void due(Exchange exchange, @Nullable DeadlineQueue next) {
        if (next == null) {
            timedOut(exchange);
            return;
        }
        next.add(exchange, upstream.loop().nanoTime());
        if (!next.isLast()) {
            exchange.onLate();
            return;
        }
        if (channel == null) {
            // It may open yet, but others had better try another one.
            upstream.retire(this);
        }
        exchange.onOverdue();
    }

    private void timedOut(Exchange exchange) {
        end(exchange);
        // A connection that is still opening may open yet; one that lost a message is not trusted with more.
        if (channel != null) {
            upstream.retire(this);
        }
        closeIfDone();
        exchange.onFailure("no response over " + kind.label() + " within "
                + (upstream.loop().nanoTime() - exchange.startNanos) / 1_000_000 + " ms");
    }

    /** The socket can send now. */
    final void opened(Channel open) {
        if (closed) {
            open.close();
            return;
        }
        channel = open;
        for (Exchange exchange : inFlight.all()) {
            write(open, exchange);
        }
        open.flush();
        upstream.flushed(this);
        closeIfDone();
    }

    /** The socket could not be opened, or is no longer of use. */
    final void closed(String reason) {
        if (closed) {
            return;
        }
        closed = true;
        upstream.forget(this);
        if (channel != null) {
            channel.eventLoop().execute(channel::close);
        }
        List<Exchange> left = List.of(inFlight.all());
        inFlight.clear();
        left.forEach(UpstreamConnection::detach);
        for (Exchange exchange : left) {
            if (exchange.reused && channel != null && kind.isStream()) {
                exchange.onStale(reason);
            } else {
                exchange.onFailure(reason);
            }
        }
    }

    private void flushSoon(Channel open) {
        if (!flushing) {
            flushing = true;
            open.eventLoop().execute(flush);
        }
    }

    private void flushNow() {
        flushing = false;
        upstream.flushed(this);
        if (channel != null) {
            channel.flush();
        }
    }

    /** A message of the upstream, owned by the caller. */
    final void received(ByteBuf message) {
        int octets = message.readableBytes();
        int id = octets < HEADER_OCTETS ? -1 : message.getUnsignedShort(message.readerIndex());
        Exchange exchange = id < 0 ? null : inFlight.find(id);
        if (exchange == null) {
            upstream.counters().ignored();
            return;
        }
        received(exchange, message, id);
    }

    /**
     * A message of the upstream for an exchange under way, which goes by {@code id} in it; owned by the caller. False if
     * the exchange goes on because another message may be the right one.
     */
    final boolean received(Exchange exchange, ByteBuf message, int id) {
        usedNanos = upstream.loop().nanoTime();
        Response response;
        try {
            response = ResponseReader.read(message, id, exchange.query());
        } catch (BadMessageException e) {
            return bad(exchange, e);
        }
        end(exchange);
        closeIfDone();
        LetterCase.deliver(exchange, response, message, usedNanos - exchange.startNanos, upstream.counters());
        return true;
    }

    private boolean bad(Exchange exchange, BadMessageException message) {
        // RFC 5452 9.1: what does not match the question is not the response, the true one may be on its way. Unlike in
        // CoreDNS (plugin/forward) a forger who guesses an id cannot end the query with FORMERR.
        if (!exchange.endsWith(message)) {
            upstream.counters().ignored();
            return false;
        }
        end(exchange);
        closeIfDone();
        exchange.onBadMessage(message);
        return true;
    }

    /**
     * An exchange under way gets no response.
     *
     * @param untouched true if the upstream did not look at the query, so that it says nothing about the upstream
     */
    final void failed(Exchange exchange, String reason, boolean untouched) {
        end(exchange);
        closeIfDone();
        if (untouched) {
            exchange.onStale(reason);
        } else {
            exchange.onFailure(reason);
        }
    }

    /** Ends an exchange under way without a word to it. */
    void end(Exchange exchange) {
        inFlight.remove(exchange);
        detach(exchange);
    }

    private static void detach(Exchange exchange) {
        exchange.leaveDeadlines();
        exchange.connection = null;
    }

    private void closeIfDone() {
        if (retired && !closed && inFlight.size() == 0 && channel != null) {
            closed = true;
            upstream.forget(this);
            // Behind the read that goes on: its descriptor's number may be another thread's by then.
            channel.eventLoop().execute(channel::close);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed("connection closed by the upstream");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        closed(kind.label() + ": " + SocketTrouble.words(cause));
        context.close();
    }
}
