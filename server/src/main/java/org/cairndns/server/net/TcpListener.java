package org.cairndns.server.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Transport;

/** Accepting socket for DNS over TCP with a limit on connections. */
final class TcpListener implements DnsListener {
    /** Tells a connection to close once its queries are answered. */
    enum Drain {
        INSTANCE
    }

    private static final int MAX_CONNECTIONS = 10_000;
    private static final int IDLE_SECONDS = 10;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final QueryRunner runner;
    private final String server;
    private final Channel channel;

    /** @throws IOException if the address cannot be bound */
    TcpListener(EventLoops loops, InetSocketAddress address, String server, QueryRunner runner) throws IOException {
        this.runner = runner;
        this.server = server;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        accept(connection);
                    }
                });
        if (loops.isEpoll()) {
            bootstrap.option(EpollChannelOption.SO_REUSEPORT, true);
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw BindFailure.of("tcp", address, bound.cause());
        }
        this.channel = bound.channel();
    }

    private void accept(Channel connection) {
        if (connections.size() >= MAX_CONNECTIONS) {
            connection.close();
            return;
        }
        connections.add(connection);
        InetSocketAddress client = (InetSocketAddress) connection.remoteAddress();
        ListenerInfo listener = new ListenerInfo(Transport.TCP, server, (InetSocketAddress) connection.localAddress());
        connection
                .pipeline()
                .addLast(new IdleStateHandler(IDLE_SECONDS, 0, 0, TimeUnit.SECONDS))
                .addLast(new LengthFieldBasedFrameDecoder(0xffff + 2, 0, 2, 0, 2))
                .addLast(new TcpQueryHandler(runner, listener, client));
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        for (Channel connection : connections) {
            connection.pipeline().fireUserEventTriggered(Drain.INSTANCE);
        }
    }

    /** Closes what is still open. */
    @Override
    public void closeNow() {
        channel.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
