package org.cairndns.plugin.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.xbill.DNS.Message;

/** A DNS over HTTPS server on a loopback port, HTTP/2 alone, that does to every query what a test tells it. */
public final class DohDouble implements AutoCloseable {
    /** A request: its headers, the DNS message in it, the way back. */
    public record Request(Http2Headers headers, byte[] message, Sender sender) {
        public Message query() {
            try {
                return new Message(message);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The way back to who asked. */
    public record Sender(Channel channel, Http2FrameStream stream) {
        /** Sends a response as HTTP has it. */
        public void send(String status, String type, byte[]... parts) {
            Http2Headers headers = new DefaultHttp2Headers().status(status).set("content-type", type);
            channel.write(new DefaultHttp2HeadersFrame(headers, parts.length == 0).stream(stream));
            for (int i = 0; i < parts.length; i++) {
                ByteBuf part = Unpooled.wrappedBuffer(parts[i]);
                channel.write(new DefaultHttp2DataFrame(part, i == parts.length - 1).stream(stream));
            }
            channel.flush();
        }

        /** Ends the stream without a response. */
        public void reset(Http2Error reason) {
            channel.writeAndFlush(new DefaultHttp2ResetFrame(reason).stream(stream));
        }

        /** Says that no request after this one is looked at. */
        public void goAway() {
            channel.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
        }

        /** Cuts the connection. */
        public void close() {
            channel.close();
        }
    }

    /** What is done to a request. */
    public interface Behaviour {
        void answer(Request request);
    }

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Channel listener;
    private volatile Behaviour behaviour = answered(UpstreamDouble.address("10.0.0.1"));

    /**
     * A server.
     *
     * @param protocols what it offers in TLS, {@code h2} for one that works
     * @param maxStreams requests that it takes at a time per connection; 0 for a server that says nothing once TLS is up
     */
    public DohDouble(TestCertificate certificate, List<String> protocols, int maxStreams) {
        try {
            SslContext tls = SslContextBuilder.forServer(certificate.keys())
                    .sslProvider(SslProvider.JDK)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            protocols))
                    .build();
            this.listener = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            accepted.incrementAndGet();
                            connections.add(channel);
                            channel.closeFuture().addListener(closed -> connections.remove(channel));
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                            if (maxStreams > 0) {
                                channel.pipeline()
                                        .addLast(
                                                Http2FrameCodecBuilder.forServer()
                                                        .initialSettings(Http2Settings.defaultSettings()
                                                                .maxConcurrentStreams(maxStreams))
                                                        .build(),
                                                new Requests());
                            }
                        }
                    })
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .syncUninterruptibly()
                    .channel();
        } catch (SSLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that works. */
    public DohDouble(TestCertificate certificate) {
        this(certificate, List.of(ApplicationProtocolNames.HTTP_2), 100);
    }

    /** The form {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** What happens to requests from now on. */
    public DohDouble does(Behaviour what) {
        this.behaviour = what;
        return this;
    }

    public List<Request> requests() {
        return requests;
    }

    /** Connections accepted so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Connections that are open now. */
    public int connected() {
        return connections.size();
    }

    /** Answers with the message that an upstream over UDP would send. */
    public static Behaviour answered(UpstreamDouble.Behaviour like) {
        return request -> {
            try {
                like.answer(new UpstreamDouble.Ask(
                        request.query(),
                        true,
                        0,
                        message -> request.sender().send("200", "application/dns-message", message)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private final class Requests extends ChannelInboundHandlerAdapter {
        private final Map<Http2FrameStream, Http2Headers> headers = new HashMap<>();
        private final Map<Http2FrameStream, ByteBuf> bodies = new HashMap<>();

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            try {
                if (frame instanceof Http2HeadersFrame start) {
                    headers.put(start.stream(), start.headers());
                    bodies.put(start.stream(), Unpooled.buffer());
                    if (start.isEndStream()) {
                        String path = start.headers().path().toString();
                        String encoded = path.substring(path.indexOf("?dns=") + "?dns=".length());
                        complete(context, start.stream(), Base64.getUrlDecoder().decode(encoded));
                    }
                } else if (frame instanceof Http2DataFrame data) {
                    ByteBuf body = bodies.get(data.stream()).writeBytes(data.content());
                    if (data.isEndStream()) {
                        complete(context, data.stream(), ByteBufUtil.getBytes(body));
                    }
                }
            } finally {
                ReferenceCountUtil.release(frame);
            }
        }

        private void complete(ChannelHandlerContext context, Http2FrameStream stream, byte[] message) {
            Request request = new Request(headers.get(stream), message, new Sender(context.channel(), stream));
            requests.add(request);
            behaviour.answer(request);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // The test sees what did not come.
            context.close();
        }
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        connections.forEach(connection -> connection.close().syncUninterruptibly());
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
