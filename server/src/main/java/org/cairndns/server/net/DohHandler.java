package org.cairndns.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.QueryReader;
import org.cairndns.wire.ReadResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DNS queries in HTTP requests (RFC 8484), one at a time: those of an HTTP/1.1 connection, or the one of an HTTP/2
 * stream. One event loop.
 */
final class DohHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(DohHandler.class);
    private static final int USUAL_RESPONSE_OCTETS = 512;

    /** Of a response, about. */
    private static final int HEAD_OCTETS = 200;

    /** Time that a client has to see why it was refused, while the rest of what it sends is thrown away. */
    private static final long LINGER_MILLIS = 3_000;

    private final DohService service;
    private final HttpActivity activity;
    private DohRequest request = DohRequest.InBody.INSTANCE;

    /** False between requests, and while one is answered. */
    private boolean reading;

    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private int bodyOctets;

    /** Of the buffer of the body. */
    private int heldOctets;

    private boolean keepAlive;

    /** Whole requests that {@link #activity} was told of, but not of their ends. */
    private int underWay;

    /** The request was read to its end. */
    private boolean whole;

    /** Nothing is taken any more; what comes is thrown away. */
    private boolean done;

    DohHandler(DohService service, HttpActivity activity) {
        this.service = service;
        this.activity = activity;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest head && !done) {
                begin(context, head);
            }
            if (reading && message instanceof HttpContent content) {
                add(context, content.content());
            }
            if (reading && message instanceof LastHttpContent) {
                whole = true;
                end(context);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest head) {
        request = DohRequest.of(head);
        reading = true;
        bodyOctets = 0;
        whole = false;
        keepAlive = HttpUtil.isKeepAlive(head) && head.decoderResult().isSuccess();
        if (head.decoderResult().isFailure()) {
            end(context);
        } else if (request instanceof DohRequest.InBody && HttpUtil.is100ContinueExpected(head)) {
            context.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private void add(ChannelHandlerContext context, ByteBuf content) {
        bodyOctets += content.readableBytes();
        if (bodyOctets > TcpFrames.MAX_QUERY_OCTETS) {
            // No reason to read the rest.
            keepAlive = false;
            request = request instanceof DohRequest.Refused
                    ? request
                    : new DohRequest.Refused(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
            end(context);
        } else if (request instanceof DohRequest.InBody && content.isReadable()) {
            if (body.capacity() == 0) {
                body = context.alloc().directBuffer(USUAL_RESPONSE_OCTETS, TcpFrames.MAX_QUERY_OCTETS);
            }
            int before = heldOctets;
            body.writeBytes(content);
            heldOctets = body.capacity();
            activity.holds(heldOctets - before);
        }
    }

    private void end(ChannelHandlerContext context) {
        reading = false;
        underWay++;
        activity.began();
        setReading(context, false);
        try {
            switch (request) {
                case DohRequest.InUri uri -> read(context, Unpooled.wrappedBuffer(uri.message()));
                case DohRequest.InBody posted -> read(context, body);
                case DohRequest.Refused refused -> refuse(context, refused.status());
            }
        } finally {
            releaseBody();
        }
    }

    private void releaseBody() {
        if (heldOctets > 0) {
            activity.holds(-heldOctets);
            heldOctets = 0;
        }
        body.release();
        body = Unpooled.EMPTY_BUFFER;
    }

    private void read(ChannelHandlerContext context, ByteBuf message) {
        switch (QueryReader.read(message, service.client(), service.listener())) {
            case Query query -> answer(context, query);
            // As in CoreDNS; HTTP has its own way to say that a request makes no sense.
            case ReadResult.Rejected rejected -> refuse(context, HttpResponseStatus.BAD_REQUEST);
            case ReadResult.Ignored ignored -> refuse(context, HttpResponseStatus.BAD_REQUEST);
        }
    }

    private void answer(ChannelHandlerContext context, Query query) {
        service.runner().arrivals().add(1);
        Reply reply = service.runner().run(query);
        if (!(reply instanceof Reply.Pending pending)) {
            send(context, query, reply);
            return;
        }
        pending.whenDone(new LateReply(context.executor(), service.runner(), query) {
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
        if (context.channel().isActive()) {
            send(context, query, reply);
        }
    }

    private void send(ChannelHandlerContext context, Query query, Reply reply) {
        ByteBuf out = context.alloc().directBuffer(USUAL_RESPONSE_OCTETS);
        boolean owned = true;
        try {
            if (service.write(query, reply, out)) {
                owned = false;
                send(context, out, service.maxAgeSeconds(query, reply));
            } else {
                refuse(context, HttpResponseStatus.INTERNAL_SERVER_ERROR);
            }
        } finally {
            if (owned) {
                out.release();
            }
        }
    }

    private void send(ChannelHandlerContext context, ByteBuf message, int maxAgeSeconds) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, message);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, DohRequest.MEDIA_TYPE)
                .set(HttpHeaderNames.CACHE_CONTROL, "max-age=" + maxAgeSeconds);
        send(context, response);
    }

    private void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, "GET, POST");
        }
        send(context, response);
    }

    private void send(ChannelHandlerContext context, FullHttpResponse response) {
        service.count(response.status());
        boolean more = keepAlive && !activity.isClosing();
        response.headers()
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        if (!more) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        int octets = response.content().capacity() + HEAD_OCTETS;
        activity.answered();
        ChannelFuture sent = context.writeAndFlush(response);
        activity.holds(octets);
        sent.addListener(done -> {
            activity.holds(-octets);
            ended();
        });
        // One who waits for a response that was not taken would wait long.
        sent.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        done = !more;
        if (done && whole) {
            sent.addListener(ChannelFutureListener.CLOSE);
        } else {
            setReading(context, true);
        }
        if (done && !whole) {
            stopRequest(context, sent);
        }
    }

    /** Ends what the client goes on sending after its response without taking the response from it. */
    private static void stopRequest(ChannelHandlerContext context, ChannelFuture sent) {
        if (context.channel() instanceof Http2StreamChannel) {
            // RFC 9113 8.1: the response is whole, the rest of the request is not wanted.
            sent.addListener(done -> context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR)));
        } else {
            // To close with octets unread resets the connection, and the client would not see the response.
            context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** HTTP/1.1 has its responses in the order of the requests, so the next one waits; a stream has no next. */
    private static void setReading(ChannelHandlerContext context, boolean wanted) {
        if (!(context.channel() instanceof Http2StreamChannel)) {
            context.channel().config().setAutoRead(wanted);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        reading = false;
        releaseBody();
        while (underWay > 0) {
            ended();
        }
        context.fireChannelInactive();
    }

    /** A response is sent, or will never be. */
    private void ended() {
        if (underWay > 0) {
            underWay--;
            activity.ended();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Faults.tell(LOG, service.runner(), "https", service.client(), cause);
        context.close();
    }
}
