package org.cairndns.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.function.Consumer;
import org.cairndns.server.query.ConnectionEnd;
import org.jspecify.annotations.Nullable;

/**
 * Watch over one HTTP connection: closes it when its client asks nothing or takes no responses for too long, or when
 * the server stops, behind the responses under way.
 *
 * <p>Whole requests count, so that octets that trickle in keep nothing open. One event loop, which all streams of the
 * connection share.
 */
final class HttpActivity extends ChannelInboundHandlerAdapter implements ConnectionWatch.Owner {
    private final ConnectionWatch watch;
    private final Consumer<ConnectionEnd> ended;
    private @Nullable ChannelHandlerContext context;
    private boolean asked;
    private boolean closing;

    /** Whole requests whose responses are not with the kernel yet. */
    private int underWay;

    /** Those of them whose responses wait for the client to take them. */
    private int unsent;

    /** @param ended takes the reason why the watch ends the connection */
    HttpActivity(TcpLimits limits, Consumer<ConnectionEnd> ended) {
        this.watch = new ConnectionWatch(limits, this);
        this.ended = ended;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        note();
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        watch.start(active);
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
            watch.note(context);
        }
    }

    @Override
    public ConnectionEnd waitsFor() {
        if (unsent > 0) {
            return ConnectionEnd.WRITE;
        }
        return asked ? ConnectionEnd.IDLE : ConnectionEnd.READ;
    }

    @Override
    public boolean isAtWork() {
        return underWay > unsent;
    }

    @Override
    public void expired(ConnectionEnd reason) {
        ended.accept(reason);
        if (context == null) {
            return;
        }
        if (unsent > 0) {
            // At once: a client that takes nothing takes no goodbye either.
            context.close();
        } else {
            context.channel().close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        watch.stop();
        here.fireChannelInactive();
    }
}
