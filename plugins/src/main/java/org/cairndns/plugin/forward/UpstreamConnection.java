package org.cairndns.plugin.forward;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.QueryWriter;
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

    /** Writes what stands in front of a message of so many octets. */
    abstract void writeFrame(int octets, ByteBuf out);

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
        return !retired && !closed && inFlight.size() < MAX_IN_FLIGHT;
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
        exchange.deadlines = deadlines;
        exchange.startNanos = now;
        exchange.reused = sent > 0;
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

    /** The time of an exchange is over. */
    void timedOut(Exchange exchange) {
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
            channel.close();
        }
        Exchange[] left = inFlight.all();
        inFlight.clear();
        for (Exchange exchange : left) {
            detach(exchange);
        }
        for (Exchange exchange : left) {
            if (exchange.reused && channel != null && kind.isStream()) {
                exchange.onStale(reason);
            } else {
                exchange.onFailure(reason);
            }
        }
    }

    private void write(Channel open, Exchange exchange) {
        int octets = QueryWriter.octets(exchange.query());
        ByteBuf out = open.alloc().directBuffer(2 + octets);
        writeFrame(octets, out);
        QueryWriter.write(exchange.query(), exchange.id, out);
        open.write(out, open.voidPromise());
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
        usedNanos = upstream.loop().nanoTime();
        int octets = message.readableBytes();
        int id = octets < HEADER_OCTETS ? -1 : message.getUnsignedShort(message.readerIndex());
        Exchange exchange = id < 0 ? null : inFlight.find(id);
        if (exchange == null) {
            upstream.counters().ignored();
            return;
        }
        Response response;
        try {
            response = ResponseReader.read(message, id, exchange.query());
        } catch (BadMessageException e) {
            bad(exchange, e);
            return;
        }
        end(exchange);
        closeIfDone();
        exchange.onResponse(response, usedNanos - exchange.startNanos);
    }

    private void bad(Exchange exchange, BadMessageException message) {
        // RFC 5452 9.1: what does not match the question is not the response, the true one may be on its way. Unlike in
        // CoreDNS (plugin/forward) a forger who guesses an id cannot end the query with FORMERR.
        if (!exchange.endsWith(message)) {
            upstream.counters().ignored();
            return;
        }
        end(exchange);
        closeIfDone();
        exchange.onBadMessage(message);
    }

    private void end(Exchange exchange) {
        inFlight.remove(exchange);
        detach(exchange);
    }

    private static void detach(Exchange exchange) {
        if (exchange.deadlines != null) {
            exchange.deadlines.remove(exchange);
        }
        exchange.deadlines = null;
        exchange.connection = null;
    }

    private void closeIfDone() {
        if (retired && !closed && inFlight.size() == 0 && channel != null) {
            closed = true;
            upstream.forget(this);
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed("connection closed by the upstream");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        closed(kind.label() + ": " + (message == null ? root.getClass().getSimpleName() : message));
        context.close();
    }
}
