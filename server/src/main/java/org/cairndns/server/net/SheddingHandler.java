package org.cairndns.server.net;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import org.cairndns.plugin.spi.ShedCounts;
import org.jspecify.annotations.Nullable;

/**
 * Responses that a UDP socket does not take for now: the newest leave first, the oldest are dropped when there are too
 * many, and as long as the stack is full queries are dropped before anyone looks at them.
 *
 * <p>Clients ask again after seconds, so a response that has waited long is of no use to anyone, while a new one is. One
 * event loop. Source: CoreDNS plugin/shed.
 */
final class SheddingHandler extends ChannelDuplexHandler {
    /** Responses that wait. */
    static final int DEPTH = 1024;

    private final ShedCounts counts;
    private final String server;

    /** A ring of which {@code waiting} entries up to {@code top} are in use. */
    private final @Nullable DatagramPacket[] stack = new DatagramPacket[DEPTH];

    private int top;
    private int waiting;

    SheddingHandler(ShedCounts counts, String server) {
        this.counts = counts;
        this.server = server;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (waiting < DEPTH) {
            context.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
            counts.query(server);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (waiting == 0 && context.channel().isWritable()) {
            context.write(message, promise);
        } else {
            push((DatagramPacket) message);
        }
    }

    private void push(DatagramPacket response) {
        DatagramPacket oldest = stack[top];
        if (oldest != null) {
            drop(oldest);
        } else {
            waiting++;
        }
        stack[top] = response;
        top = (top + 1) % DEPTH;
    }

    private DatagramPacket pop() {
        top = (top + DEPTH - 1) % DEPTH;
        DatagramPacket newest = stack[top];
        if (newest == null) {
            throw new IllegalStateException("no response waits");
        }
        stack[top] = null;
        waiting--;
        return newest;
    }

    private void drop(DatagramPacket response) {
        response.release();
        counts.response(server);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        sendWaiting(context);
        context.fireChannelWritabilityChanged();
    }

    private void sendWaiting(ChannelHandlerContext context) {
        boolean some = false;
        while (waiting > 0 && context.channel().isWritable()) {
            some = true;
            context.write(pop(), context.voidPromise());
        }
        if (some) {
            context.flush();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            sendWaiting(context);
        }
        while (waiting > 0) {
            drop(pop());
        }
    }
}
