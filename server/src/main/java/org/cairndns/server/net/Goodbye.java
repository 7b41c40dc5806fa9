package org.cairndns.server.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * End of a connection after which its client can still read all that was sent: first this half, then the rest.
 *
 * <p>Closing both halves at once, with octets of the client unread, makes the kernel send a reset (RFC 1122 4.2.2.13), at
 * which the client's kernel throws away responses that its program did not read yet. For the event loop of the connection.
 */
final class Goodbye {
    /** How long a client waits for nothing before its connection is ended: its next query may be on the way. */
    static final long QUIET_NANOS = 50_000_000L;

    /** For clients that ask on and on. */
    private static final long MAX_WAIT_NANOS = 1_500_000_000L;

    /** For clients that do not close their half. */
    private static final long PATIENCE_MILLIS = 1_000;

    private boolean said;

    /**
     * Ends a connection whose client takes nothing, soon: without a word of TLS or HTTP/2 that it would have to take first.
     *
     * @param context of the connection, null before it has any
     * @param ends told on the event loop, if it is open still
     */
    static void unsaid(@Nullable ChannelHandlerContext context, Runnable ends) {
        if (context == null) {
            return;
        }
        Runnable end = () -> {
            if (context.channel().isActive()) {
                ends.run();
                closeNow(context.channel());
            }
        };
        if (context.executor().inEventLoop()) {
            // At once: a turn of the loop may have many more connections that fill buffers.
            end.run();
        } else {
            context.executor().execute(end);
        }
    }

    private static void closeNow(Channel connection) {
        ChannelHandlerContext first = connection.pipeline().firstContext();
        if (first == null) {
            connection.close();
        } else {
            first.close();
        }
    }

    /** Ends a connection of a server that leaves as soon as it is quiet, or before long. */
    static void whenQuiet(ChannelHandlerContext context, BooleanSupplier quiet, Runnable end) {
        whenQuiet(context, quiet, end, context.executor().ticker().nanoTime() + MAX_WAIT_NANOS);
    }

    private static void whenQuiet(
            ChannelHandlerContext context, BooleanSupplier quiet, Runnable end, long deadlineNanos) {
        if (!context.channel().isActive()) {
            return;
        }
        if (quiet.getAsBoolean() || context.executor().ticker().nanoTime() - deadlineNanos >= 0) {
            end.run();
            return;
        }
        Runnable again = () -> whenQuiet(context, quiet, end, deadlineNanos);
        context.executor().schedule(again, QUIET_NANOS, TimeUnit.NANOSECONDS);
    }

    /** True once the client was told that all is sent: what it sends is to be read and dropped. */
    boolean isSaid() {
        return said;
    }

    /**
     * Ends the half of ours behind what the socket has not taken yet, and the whole where the client has ended its own.
     */
    void say(ChannelHandlerContext context, boolean inputEnded) {
        if (inputEnded) {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else if (!said) {
            said = true;
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> endOutput(context));
        }
    }

    private static void endOutput(ChannelHandlerContext context) {
        Channel channel = context.channel();
        if (!channel.isActive()) {
            return;
        }
        if (!(channel instanceof DuplexChannel both)) {
            context.close();
            return;
        }
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            both.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(sent -> both.shutdownOutput());
        }
        channel.config().setAutoRead(true);
        context.executor().schedule(() -> context.close(), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
