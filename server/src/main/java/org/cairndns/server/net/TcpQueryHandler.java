package org.cairndns.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.QueryReader;
import org.cairndns.wire.ReadResult;
import org.cairndns.wire.ResponseWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries of one TCP connection, each a frame without its length; responses leave as they are ready (RFC 7766 6.2.1.1).
 *
 * <p>Reading pauses while too many queries are under way or the client does not take its responses.
 */
final class TcpQueryHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(TcpQueryHandler.class);
    private static final int USUAL_RESPONSE_OCTETS = 512;
    private static final int MAX_UNDER_WAY = 256;

    private final QueryRunner runner;
    private final ListenerInfo listener;
    private final InetSocketAddress client;
    private int underWay;
    private boolean closing;

    TcpQueryHandler(QueryRunner runner, ListenerInfo listener, InetSocketAddress client) {
        this.runner = runner;
        this.listener = listener;
        this.client = client;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf frame = (ByteBuf) message;
        try {
            switch (QueryReader.read(frame, client, listener)) {
                case Query query -> answer(context, query);
                case ReadResult.Rejected rejected -> {
                    ByteBuf out = frame(context);
                    ResponseWriter.writeRejected(rejected, out);
                    write(context, out);
                }
                // A stream with something else than queries in it is out of step.
                case ReadResult.Ignored ignored -> context.close();
            }
        } finally {
            frame.release();
        }
    }

    private void answer(ChannelHandlerContext context, Query query) {
        if (query.edns().version() != 0) {
            ByteBuf out = frame(context);
            ResponseWriter.writeBadVersion(query, out);
            write(context, out);
            return;
        }
        Reply reply = runner.run(query);
        if (!(reply instanceof Reply.Pending pending)) {
            send(context, query, reply);
            return;
        }
        underWay++;
        updateReading(context);
        pending.whenDone(late -> {
            if (context.executor().inEventLoop()) {
                sendLate(context, query, late);
            } else {
                context.executor().execute(() -> sendLate(context, query, late));
            }
        });
    }

    private void sendLate(ChannelHandlerContext context, Query query, Reply reply) {
        underWay--;
        send(context, query, reply);
        context.flush();
        updateReading(context);
        closeIfDone(context);
    }

    private static void send(ChannelHandlerContext context, Query query, Reply reply) {
        ByteBuf out = frame(context);
        boolean owned = true;
        try {
            if (QueryRunner.write(query, reply, out)) {
                owned = false;
                write(context, out);
            }
        } finally {
            if (owned) {
                out.release();
            }
        }
    }

    private static ByteBuf frame(ChannelHandlerContext context) {
        return context.alloc().directBuffer(USUAL_RESPONSE_OCTETS).writeZero(2);
    }

    private static void write(ChannelHandlerContext context, ByteBuf out) {
        out.setShort(0, out.writerIndex() - 2);
        context.write(out, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
        updateReading(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        updateReading(context);
        context.fireChannelWritabilityChanged();
    }

    private void updateReading(ChannelHandlerContext context) {
        boolean wanted =
                !closing && underWay < MAX_UNDER_WAY && context.channel().isWritable();
        if (context.channel().config().isAutoRead() != wanted) {
            context.channel().config().setAutoRead(wanted);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && underWay == 0) {
            context.close();
        } else if (event == TcpListener.Drain.INSTANCE) {
            closing = true;
            updateReading(context);
            closeIfDone(context);
        }
    }

    private void closeIfDone(ChannelHandlerContext context) {
        if (closing && underWay == 0) {
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("tcp {}: {}", client, cause.toString());
        context.close();
    }
}
