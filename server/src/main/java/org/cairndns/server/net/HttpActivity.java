package org.cairndns.server.net;

import io.netty.channel.Channel;
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
final class HttpActivity extends ChannelInboundHandlerAdapter implements ConnectionWatch.Owner, HeldOctets.Holder {
    /** Heap of a stream of HTTP/2 with its handlers. */
    private static final int STREAM_OCTETS = 4_000;

    private final ConnectionWatch watch;
    private final ConnectionRoom room;
    private final HeldOctets held;
    private final Consumer<ConnectionEnd> ended;

    /** Set once, before anybody else knows this. */
    private volatile @Nullable ChannelHandlerContext context;

    /** Of bodies that are not whole, and of responses that are not sent; written by the event loop. */
    private volatile int heldOctets;

    private boolean asked;
    private boolean closing;

    /** The connection is closed; what ends with it is of no account. */
    private boolean gone;

    /** Whole requests whose responses are not with the kernel yet. */
    private int underWay;

    /** Those of them whose responses wait for the client to take them. */
    private int unsent;

    /**
     * @param room heap for streams
     * @param held what all connections have in buffers
     * @param ended takes the reason why the server ends the connection
     */
    HttpActivity(TcpLimits limits, ConnectionRoom room, HeldOctets held, Consumer<ConnectionEnd> ended) {
        this.watch = new ConnectionWatch(limits, this);
        this.room = room;
        this.held = held;
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

    /** Buffers were filled, or given back where the number is negative. */
    void holds(int octets) {
        int now = heldOctets + octets;
        heldOctets = now;
        if (!gone) {
            held.note(this, now);
        }
    }

    @Override
    public long heldOctets() {
        return heldOctets;
    }

    @Override
    public void endForRoom() {
        Goodbye.unsaid(context, () -> ended.accept(ConnectionEnd.WRITE));
    }

    /** Takes heap for a stream until it is closed; false if there is none. */
    boolean hasRoomFor(Channel stream) {
        if (!room.take(STREAM_OCTETS)) {
            return false;
        }
        stream.closeFuture().addListener(closed -> room.giveBack(STREAM_OCTETS));
        return true;
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
        ChannelHandlerContext here = context;
        if (closing && here != null && (underWay == 0 || closesGracefully(here))) {
            // From the far end of the pipeline, so that HTTP/2 says goodbye first.
            here.channel().close();
        }
    }

    /** True if closing means to take no more streams and to wait for those that are open. */
    private static boolean closesGracefully(ChannelHandlerContext here) {
        return here.pipeline().get(Http2FrameCodec.class) != null;
    }

    private void note() {
        ChannelHandlerContext here = context;
        if (here != null) {
            watch.note(here);
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
        ChannelHandlerContext here = context;
        if (here == null) {
            return;
        }
        if (unsent > 0) {
            // At once: a client that takes nothing takes no goodbye either.
            here.close();
        } else {
            here.channel().close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        gone = true;
        held.forget(this);
        watch.stop();
        here.fireChannelInactive();
    }
}
