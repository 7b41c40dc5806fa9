package org.cairndns.plugin.forward;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamEvent;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cairndns.wire.QueryWriter;

/**
 * HTTP/2 connection with one stream per query under way (RFC 8484).
 *
 * <p>Exchanges have their ids to be found by; on the wire every message has the id 0, which helps caches on the way (RFC
 * 8484 4.1).
 */
final class DohConnection extends UpstreamConnection {
    private static final String MEDIA_TYPE = "application/dns-message";
    private static final String PATH = "/dns-query";
    private static final int WIRE_ID = 0;

    /** What servers allow at least (RFC 9113 6.5.2), before this one says what it allows. */
    private static final int USUAL_STREAMS = 100;

    private static final int MAX_STREAMS = 1000;

    /** Time from the end of the handshake to the server's settings, with which it has to begin (RFC 9113 3.4). */
    private static final long SETTINGS_MILLIS = 5_000;

    private final DohMethod method;
    private final Map<Http2FrameStream, DohBody> bodies = new HashMap<>();
    private int maxStreams = USUAL_STREAMS;

    DohConnection(LoopUpstream upstream, DohMethod method) {
        super(upstream, ConnectionKind.HTTPS);
        this.method = method;
    }

    @Override
    int maxInFlight() {
        return maxStreams;
    }

    @Override
    void write(Channel open, Exchange exchange) {
        Http2FrameStream stream = open.pipeline().get(DohStreams.class).newStream();
        int octets = QueryWriter.octets(exchange.query());
        ByteBuf query = open.alloc().directBuffer(octets);
        QueryWriter.write(exchange.query(), WIRE_ID, query);
        bodies.put(stream, new DohBody(exchange.id));
        Http2Headers headers = new DefaultHttp2Headers()
                .method(method.name())
                .scheme("https")
                .authority(upstream().address().authority())
                .add("accept", MEDIA_TYPE);
        switch (method) {
            case GET -> {
                String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(ByteBufUtil.getBytes(query));
                query.release();
                headers.path(PATH + "?dns=" + encoded);
                send(open, stream, new DefaultHttp2HeadersFrame(headers, true).stream(stream));
            }
            case POST -> {
                headers.path(PATH).add("content-type", MEDIA_TYPE).addInt("content-length", octets);
                send(open, stream, new DefaultHttp2HeadersFrame(headers, false).stream(stream));
                send(open, stream, new DefaultHttp2DataFrame(query, true).stream(stream));
            }
        }
    }

    private void send(Channel open, Http2FrameStream stream, Object frame) {
        open.write(frame).addListener(written -> {
            if (!written.isSuccess()) {
                fail(stream, String.valueOf(written.cause().getMessage()), true);
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (!handshake.isSuccess()) {
                exceptionCaught(context, handshake.cause());
            } else if (!speaksHttp2(context)) {
                closed(kind().label() + ": the upstream does not speak HTTP/2");
                context.close();
            } else {
                context.executor().schedule(() -> endIfSilent(context), SETTINGS_MILLIS, TimeUnit.MILLISECONDS);
            }
        } else if (event instanceof Http2FrameStreamEvent change
                && change.type() == Http2FrameStreamEvent.Type.State
                && change.stream().state() == Http2Stream.State.CLOSED) {
            // What the upstream did not answer before it went away it did not look at (RFC 9113 6.8).
            fail(change.stream(), "stream closed by the upstream", true);
        }
    }

    /** Ends a connection that is of no use, and that nobody closes who has given it up. */
    private void endIfSilent(ChannelHandlerContext context) {
        if (!isOpen()) {
            closed(kind().label() + ": the upstream does not begin with HTTP/2");
            context.close();
        }
    }

    private static boolean speaksHttp2(ChannelHandlerContext context) {
        String chosen = context.pipeline().get(SslHandler.class).applicationProtocol();
        return ApplicationProtocolNames.HTTP_2.equals(chosen);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        try {
            switch (frame) {
                case Http2HeadersFrame headers -> headers(headers);
                case Http2DataFrame data -> data(context, data);
                case Http2ResetFrame reset ->
                    fail(
                            reset.stream(),
                            "stream reset by the upstream",
                            reset.errorCode() == Http2Error.REFUSED_STREAM.code());
                case Http2GoAwayFrame goAway -> upstream().retire(this);
                case Http2SettingsFrame settings -> {
                    Long allowed = settings.settings().maxConcurrentStreams();
                    maxStreams = allowed == null ? maxStreams : Math.clamp(allowed, 1, MAX_STREAMS);
                    // Before the server's settings nobody knows how much it takes.
                    if (!isOpen()) {
                        opened(context.channel());
                    }
                }
                default -> {
                    // Answers to what the codec itself sends.
                }
            }
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }

    private void headers(Http2HeadersFrame frame) {
        DohBody body = bodies.get(frame.stream());
        if (body == null) {
            return;
        }
        String fault = body.headers(frame.headers());
        if (!fault.isEmpty()) {
            fail(frame.stream(), fault, false);
        } else if (frame.isEndStream()) {
            ended(frame.stream(), body);
        }
    }

    private void data(ChannelHandlerContext context, Http2DataFrame frame) {
        // What was read makes room for more, also where nobody waits for it any longer.
        context.write(new DefaultHttp2WindowUpdateFrame(frame.initialFlowControlledBytes()).stream(frame.stream()));
        DohBody body = bodies.get(frame.stream());
        if (body == null) {
            return;
        }
        if (!body.add(frame.content())) {
            context.write(new DefaultHttp2ResetFrame(Http2Error.CANCEL).stream(frame.stream()));
            fail(frame.stream(), "response of more than " + DohBody.MAX_OCTETS + " octets", false);
        } else if (frame.isEndStream()) {
            ended(frame.stream(), body);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    private void ended(Http2FrameStream stream, DohBody body) {
        bodies.remove(stream);
        Exchange exchange = find(body.exchangeId());
        if (exchange == null) {
            upstream().counters().ignored();
            body.release();
            return;
        }
        try {
            if (!received(exchange, body.content(), WIRE_ID)) {
                failed(exchange, "response to another question", false);
            }
        } finally {
            body.release();
        }
    }

    private void fail(Http2FrameStream stream, String reason, boolean untouched) {
        DohBody body = bodies.remove(stream);
        if (body == null) {
            return;
        }
        body.release();
        Exchange exchange = find(body.exchangeId());
        if (exchange != null) {
            failed(exchange, kind().label() + ": " + reason, untouched);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof Http2FrameStreamException ofStream) {
            fail(ofStream.stream(), String.valueOf(ofStream.getMessage()), false);
        } else {
            super.exceptionCaught(context, cause);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        bodies.values().forEach(DohBody::release);
        bodies.clear();
    }
}
