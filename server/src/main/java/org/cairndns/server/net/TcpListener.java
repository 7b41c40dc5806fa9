package org.cairndns.server.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepting socket with a limit on connections. */
final class TcpListener implements DnsListener {
    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);

    /** Tells a connection to close once its queries are answered. */
    enum Drain {
        INSTANCE
    }

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /**
     * Most octets that one connection gets read before the loop turns to its other sockets: forty queries, so that a thousand connections
     * that ask all the time hold up UDP for a fraction of a second. The buffer is there while they are answered only.
     */
    private static final int MAX_READ_OCTETS = 2048;

    /**
     * What the kernel keeps of responses for a client that does not take them, half of it. By itself it would keep megabytes, which take
     * the time to answer, and count as memory of the container.
     */
    private static final int SEND_BUFFER_OCTETS = 64 * 1024;

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final ConnectionSetup setup;
    private final ConnectionTable table;
    private final Channel channel;
    private volatile boolean closing;

    /** @throws IOException if the address cannot be bound */
    TcpListener(EventLoops loops, InetSocketAddress address, ConnectionSetup setup) throws IOException {
        this.setup = setup;
        this.table = new ConnectionTable(setup, loops.room());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .handler(new AcceptFaults(table))
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_OCTETS)
                // Who has asked everything may end its half and still gets its responses.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(MAX_READ_OCTETS).maxMessagesPerRead(1))
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
        channel.closeFuture().addListener(closed -> {
            if (!closing) {
                loops.lost("tcp " + address);
            }
        });
    }

    private void accept(Channel connection) {
        // A client that is gone already has no address.
        if (!(connection.remoteAddress() instanceof InetSocketAddress client)
                || !table.admit(connection, client.getAddress())) {
            connection.close();
            return;
        }
        connections.add(connection);
        setup.begin(connection);
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        closing = true;
        channel.close().awaitUninterruptibly();
        sendAway();
    }

    /**
     * Lets a successor on the same address have the connections that come from now on; goes on to take those that were on their
     * way.
     */
    void handOver() {
        if (channel instanceof UnixChannel socket && SocketCalls.areAvailable()) {
            try (Arena arena = Arena.ofConfined()) {
                new SocketCalls(arena).handOver(socket.fd().intValue());
            } catch (IOException e) {
                LOG.debug("tcp {}: {}", localAddress(), e.toString());
            }
        }
    }

    /** Ends the connections there are, behind the responses under way; others may come. */
    void sendAway() {
        for (Channel connection : connections) {
            connection.pipeline().fireUserEventTriggered(Drain.INSTANCE);
        }
    }

    /** Waits until all connections have ended, no longer than the time given; true if they have. */
    boolean awaitEnd(long nanos) {
        return connections.newCloseFuture().awaitUninterruptibly(nanos, TimeUnit.NANOSECONDS);
    }

    /** Closes what is still open. */
    @Override
    public void closeNow() {
        closing = true;
        channel.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
