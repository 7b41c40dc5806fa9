package org.cairndns.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.server.query.ConnectionEnd;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.QueryReader;
import org.cairndns.wire.ReadResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries of one TCP connection; responses leave as they are ready (RFC 7766 6.2.1.1).
 *
 * <p>Queries wait while too many are under way or the client does not take its responses, so that a connection holds
 * little memory whatever its client does. One that sends no whole query for a while is closed.
 */
final class TcpQueryHandler extends ChannelInboundHandlerAdapter implements ConnectionWatch.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(TcpQueryHandler.class);

    /** How many times as long as a query its response usually is at most. */
    private static final int RESPONSE_PER_QUERY = 3;

    /** A node's cache has one connection, where fast names must not wait; forwarding limits how many there are in all. */
    private static final int MAX_UNDER_WAY = 1_024;

    private final QueryRunner runner;
    private final ListenerInfo listener;
    private final InetSocketAddress client;
    private final TcpLimits limits;
    private final StreamOctets held;
    private final TcpFrames frames = new TcpFrames();
    private final ResponseBatch batch;
    private final ConnectionWatch watch;
    private int queries;
    private @Nullable ChannelHandlerContext context;

    /** Queries that are not answered yet, or not with all messages. */
    private int underWay;

    private final Goodbye goodbye = new Goodbye();
    private @Nullable MessageStreams streams;
    private boolean answering;
    private boolean endIsDue;

    /** The client sends no more, but wants its responses. */
    private boolean inputEnded;

    /** No more queries are read. */
    private boolean closing;

    TcpQueryHandler(
            QueryRunner runner, ListenerInfo listener, InetSocketAddress client, TcpLimits limits, StreamOctets held) {
        this.runner = runner;
        this.listener = listener;
        this.client = client;
        this.limits = limits;
        this.batch = new ResponseBatch(runner);
        this.held = held;
        this.watch = new ConnectionWatch(limits, this);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        this.context = context;
        watch.start(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf received = (ByteBuf) message;
        if (closing) {
            received.release();
            return;
        }
        frames.add(received, context.alloc());
        answerWaiting(context);
    }

    /** Several reads may come before: TLS hands on its records one by one. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        endTurn(context);
    }

    /** Answers what is waiting as far as limits allow. */
    private void answerWaiting(ChannelHandlerContext context) {
        // A write or a flush comes back here when it changes whether the channel is writable.
        if (answering) {
            return;
        }
        answering = true;
        try {
            if (frames.hasNext()) {
                watch.note(context);
            }
            while (mayAnswer(context) && frames.hasNext()) {
                read(context, frames.next());
                if (!context.channel().isWritable()) {
                    context.flush();
                }
            }
        } finally {
            answering = false;
        }
    }

    /** Sends what there is; then reads on, or closes, or does neither. */
    private void endTurn(ChannelHandlerContext context) {
        answerWaiting(context);
        closing |= frames.isExcessive();
        frames.compact(context.alloc());
        watch.partial(context, frames.waitingOctets() > 0 && !frames.hasNext());
        batch.write(context);
        context.flush();
        held.note(context, frames.heldOctets());
        context.channel().config().setAutoRead(goodbye.isSaid() || mayAnswer(context) && !inputEnded);
        closeIfDone(context);
    }

    private boolean mayAnswer(ChannelHandlerContext context) {
        return !closing && underWay < MAX_UNDER_WAY && context.channel().isWritable();
    }

    private void read(ChannelHandlerContext context, ByteBuf frame) {
        queries++;
        runner.arrivals().add(1);
        closing |= queries == limits.maxQueries();
        switch (QueryReader.read(frame, client, listener)) {
            case Query query -> answer(context, query);
            case ReadResult.Rejected rejected -> batch.add(context, rejected);
            // A stream with something else than queries in it is out of step; what was asked before is answered.
            case ReadResult.Ignored ignored -> closing = true;
        }
    }

    private void answer(ChannelHandlerContext context, Query query) {
        Reply reply = runner.run(query);
        if (!(reply instanceof Reply.Pending pending)) {
            send(context, query, reply);
            return;
        }
        underWay++;
        pending.whenDone(new LateReply(context.executor(), runner, query) {
            @Override
            void send(Reply late) {
                sendLate(context, query, late);
            }

            @Override
            void failed(Throwable cause) {
                super.failed(cause);
                context.close();
            }
        });
    }

    private void sendLate(ChannelHandlerContext context, Query query, Reply reply) {
        underWay--;
        if (context.channel().isActive()) {
            watch.note(context);
            send(context, query, reply);
            endTurnLater(context);
        } else if (reply instanceof Reply.Messages messages) {
            messages.stream().close();
        }
    }

    /** Upstreams answer in bursts too: all that one turn of the loop brings leaves in one flush. */
    private void endTurnLater(ChannelHandlerContext context) {
        if (!endIsDue) {
            endIsDue = true;
            context.executor().execute(() -> {
                endIsDue = false;
                try {
                    if (context.channel().isActive()) {
                        endTurn(context);
                    }
                } catch (Throwable e) {
                    exceptionCaught(context, e);
                }
            });
        }
    }

    private void send(ChannelHandlerContext context, Query query, Reply reply) {
        if (reply instanceof Reply.Messages messages && messages.qname().equals(query.qname())) {
            underWay++;
            streams(context).add(context, query, messages);
            return;
        }
        batch.add(context, query, reply, RESPONSE_PER_QUERY * frames.waitingOctets());
    }

    private MessageStreams streams(ChannelHandlerContext context) {
        if (streams == null) {
            streams = new MessageStreams(held, new MessageStreams.Owner() {
                @Override
                public void progressed() {
                    watch.note(context);
                }

                @Override
                public void ended() {
                    underWay--;
                    watch.note(context);
                    endTurn(context);
                }
            });
        }
        return streams;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            watch.note(context);
            endTurn(context);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == TcpListener.Drain.INSTANCE) {
            Goodbye.whenQuiet(context, () -> isQuiet(context), () -> {
                closing = true;
                endTurn(context);
            });
        } else if (event == ChannelInputShutdownEvent.INSTANCE || event == SslCloseCompletionEvent.SUCCESS) {
            inputEnded = true;
            endTurn(context);
        } else if (event == SslHandshakeCompletionEvent.SUCCESS) {
            watch.note(context);
            endTurn(context);
        }
    }

    private void closeIfDone(ChannelHandlerContext context) {
        boolean noMore = closing || inputEnded && !frames.hasNext();
        if (noMore && underWay == 0 && context.channel().isActive()) {
            goodbye.say(context, inputEnded);
        }
    }

    /** True if the client has its responses, and took its time since. */
    private boolean isQuiet(ChannelHandlerContext context) {
        return queries > 0 && underWay == 0 && watch.idleNanos(context) >= Goodbye.QUIET_NANOS;
    }

    @Override
    public boolean isAtWork() {
        // What the client does not take of a stream is no work.
        return underWay > (streams == null ? 0 : streams.count());
    }

    @Override
    public ConnectionEnd waitsFor() {
        if (context != null && !context.channel().isWritable()) {
            return ConnectionEnd.WRITE;
        }
        return queries == 0 ? ConnectionEnd.READ : ConnectionEnd.IDLE;
    }

    @Override
    public void expired(ConnectionEnd reason) {
        runner.metrics().connections().ended(listener.server(), reason);
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing = true;
        held.forget();
        frames.close();
        batch.close();
        if (streams != null) {
            streams.close();
        }
        watch.stop();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Faults.tell(LOG, runner, "tcp", client, cause);
        context.close();
    }
}
