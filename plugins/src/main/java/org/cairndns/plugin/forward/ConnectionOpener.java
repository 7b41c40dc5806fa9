package org.cairndns.plugin.forward;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Opener of the sockets of one directive; any thread. */
final class ConnectionOpener {
    /** Longest UDP response taken, and so the largest payload size that upstreams are told (RFC 6891 6.2.5). */
    static final int MAX_DATAGRAM_OCTETS = 4096;

    private static final int MAX_DATAGRAMS_PER_TURN = 64;
    private static final int SOCKET_BUFFER_OCTETS = 1 << 20;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MAX_HEADER_OCTETS = 8192;

    private final ForwardConfig.Transports transports;
    private final UpstreamTls tls;
    private final Executor handshakes;

    /**
     * An opener without sockets.
     *
     * @param handshakes takes what a TLS handshake has to compute
     */
    ConnectionOpener(ForwardConfig.Transports transports, UpstreamTls tls, Executor handshakes) {
        this.transports = transports;
        this.tls = tls;
        this.handshakes = handshakes;
    }

    /** Opens a socket; the connection hears of its success or failure on the loop. */
    void open(EventLoop loop, UpstreamConnection connection) {
        UpstreamAddress upstream = connection.upstream().address();
        Bootstrap bootstrap = connection.kind().isStream() ? stream(loop, connection) : datagram(loop, connection);
        transports.source().ifPresent(source -> bootstrap.localAddress(source, 0));
        bootstrap.connect(upstream.address()).addListener(connected -> {
            if (!connected.isSuccess()) {
                String reason = connection.kind().label() + ": " + SocketTrouble.words(connected.cause());
                loop.execute(() -> connection.closed(reason));
            }
        });
    }

    private static Bootstrap datagram(EventLoop loop, UpstreamConnection connection) {
        InetSocketAddress address = connection.upstream().address().address();
        SocketProtocolFamily family =
                address.getAddress() instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
        ChannelFactory<Channel> factory =
                isEpoll(loop) ? () -> new EpollDatagramChannel(family) : () -> new NioDatagramChannel(family);
        return new Bootstrap()
                .group(loop)
                .channelFactory(factory)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_OCTETS)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(MAX_DATAGRAM_OCTETS).maxMessagesPerRead(MAX_DATAGRAMS_PER_TURN))
                .handler(connection);
    }

    private Bootstrap stream(EventLoop loop, UpstreamConnection connection) {
        ChannelFactory<Channel> factory = isEpoll(loop) ? EpollSocketChannel::new : NioSocketChannel::new;
        return new Bootstrap()
                .group(loop)
                .channelFactory(factory)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ChannelPipeline pipeline = channel.pipeline();
                        switch (connection.kind()) {
                            case UDP, TCP -> pipeline.addLast(messageFrames());
                            case TLS -> pipeline.addLast(tlsHandler(tls.dns(), channel, connection), messageFrames());
                            case HTTPS ->
                                pipeline.addLast(
                                        tlsHandler(tls.http(), channel, connection), http2Frames(), new DohStreams());
                        }
                        pipeline.addLast(connection);
                    }
                });
    }

    /** Messages behind their lengths (RFC 1035 4.2.2). */
    private static ChannelHandler messageFrames() {
        return new LengthFieldBasedFrameDecoder(0xffff + 2, 0, 2, 0, 2);
    }

    /** Frames of HTTP/2; requests beyond what the server allows wait for others to end. */
    private static ChannelHandler http2Frames() {
        return Http2FrameCodecBuilder.forClient()
                .initialSettings(
                        Http2Settings.defaultSettings().pushEnabled(false).maxHeaderListSize(MAX_HEADER_OCTETS))
                .encoderEnforceMaxConcurrentStreams(true)
                .gracefulShutdownTimeoutMillis(0)
                .build();
    }

    private SslHandler tlsHandler(Optional<SslContext> context, Channel channel, UpstreamConnection connection) {
        UpstreamAddress upstream = connection.upstream().address();
        SslHandler handler = context.orElseThrow()
                .newHandler(
                        channel.alloc(), upstream.tlsPeer(), upstream.address().getPort(), handshakes);
        handler.setHandshakeTimeoutMillis(CONNECT_MILLIS);
        return handler;
    }

    private static boolean isEpoll(EventLoop loop) {
        return loop.parent() instanceof IoEventLoopGroup group && group.isIoType(EpollIoHandler.class);
    }
}
