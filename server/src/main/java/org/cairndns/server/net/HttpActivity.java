package org.cairndns.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watch over one HTTP connection: closes it when its client asks nothing or takes no responses for too long, or when
 * the server stops, behind the responses under way.
 *
 * <p>Whole requests count, so that octets that trickle in keep nothing open. One event loop, which all streams of the
 * connection share.
 */
final class HttpActivity extends ChannelInboundHandlerAdapter {
    private final TcpLimits limits;
    private long lastActiveNanos;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> check;
    private boolean asked;
    private boolean closing;

    /** Whole requests whose responses are not with the kernel yet. */
    private int underWay;

    /** Those of them whose responses wait for the client to take them. */
    private int unsent;

    HttpActivity(TcpLimits limits) {
        this.limits = limits;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        note();
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        note();
        schedule(active, patienceNanos());
        active.fireChannelActive();
    }

    /** A whole request is there. */
    void began() {
        asked = true;
        underWay++;
        note();
    }

    /** Its response is about to be sent. */
    void answered() {
        unsent++;
        note();
    }

    /** Its response is sent, or the stream that waits for it is gone. */
    void ended() {
        underWay--;
        unsent = Math.min(unsent, underWay);
        note();
        closeIfDone();
    }

    /** True if the connection takes no more requests. */
    boolean isClosing() {
        return closing;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext here, Object event) {
        if (event == SslHandshakeCompletionEvent.SUCCESS) {
            note();
        } else if (event == TcpListener.Drain.INSTANCE
                || event == ChannelInputShutdownEvent.INSTANCE
                || event == SslCloseCompletionEvent.SUCCESS) {
            closing = true;
            closeIfDone();
        }
        here.fireUserEventTriggered(event);
    }

    private void closeIfDone() {
        if (closing && context != null && (underWay == 0 || closesGracefully(context))) {
            // From the far end of the pipeline, so that HTTP/2 says goodbye first.
            context.channel().close();
        }
    }

    /** True if closing means to take no more streams and to wait for those that are open. */
    private static boolean closesGracefully(ChannelHandlerContext here) {
        return here.pipeline().get(Http2FrameCodec.class) != null;
    }

    private void note() {
        if (context != null) {
            lastActiveNanos = context.executor().ticker().nanoTime();
        }
    }

    private void schedule(ChannelHandlerContext here, long delayNanos) {
        check = here.executor().schedule(() -> check(here), delayNanos, TimeUnit.NANOSECONDS);
    }

    private void check(ChannelHandlerContext here) {
        long left = patienceNanos() - (here.executor().ticker().nanoTime() - lastActiveNanos);
        if (left > 0 || underWay > unsent) {
            long nextNanos = left > 0 ? left : patienceNanos();
            schedule(here, Math.min(nextNanos, TimeUnit.MILLISECONDS.toNanos(limits.writeMillis())));
        } else if (unsent > 0) {
            // At once: a client that takes nothing takes no goodbye either.
            here.close();
        } else {
            here.channel().close();
        }
    }

    private long patienceNanos() {
        long millis = unsent > 0 ? limits.writeMillis() : asked ? limits.idleMillis() : limits.readMillis();
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        if (check != null) {
            check.cancel(false);
        }
        here.fireChannelInactive();
    }
}
