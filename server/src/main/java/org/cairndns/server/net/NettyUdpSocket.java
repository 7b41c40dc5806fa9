package org.cairndns.server.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cairndns.plugin.spi.ShedCounts;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** UDP socket by a channel of Netty's, received and sent in batches where the system can. */
final class NettyUdpSocket implements UdpSocket {
    private static final Logger LOG = LoggerFactory.getLogger(NettyUdpSocket.class);

    /** Datagrams per receive call. */
    private static final int BATCH = 16;

    /** Responses that wait for room in the socket's buffer; what comes on top of them is dropped. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(1 << 20, 2 << 20);

    /** With {@code shed}: the order in which responses leave is settled before they are here, so few wait. */
    private static final WriteBufferWaterMark SHEDDING_WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private static final String QUERIES = "queries";
    private static final String SHED = "shed";

    private final Channel channel;
    private volatile boolean closing;
    private final String server;

    /** @throws IOException if the address cannot be bound */
    NettyUdpSocket(EventLoops loops, EventLoop loop, InetSocketAddress address, String server, QueryRunner runner)
            throws IOException {
        this.server = server;
        ChannelFuture bound =
                bootstrap(loops, loop, server, runner).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw BindFailure.of("udp", address, bound.cause());
        }
        this.channel = bound.channel();
        channel.closeFuture().addListener(closed -> {
            if (!closing) {
                loops.lost("udp " + address);
            }
        });
    }

    @Override
    public boolean shed(Optional<ShedCounts> counts) {
        channel.eventLoop().execute(() -> shedOnLoop(counts));
        return true;
    }

    /** Puts the handler that sheds load in its place, or takes it out. */
    private void shedOnLoop(Optional<ShedCounts> counts) {
        if (!(channel.pipeline().get(QUERIES) instanceof UdpQueryHandler queries)) {
            return;
        }
        boolean sheds = channel.pipeline().get(SHED) != null;
        if (counts.isPresent() && !sheds) {
            channel.config().setWriteBufferWaterMark(SHEDDING_WATER_MARK);
            channel.pipeline().addFirst(SHED, new SheddingHandler(counts.get(), server));
        } else if (counts.isEmpty() && sheds) {
            channel.config().setWriteBufferWaterMark(WATER_MARK);
            channel.pipeline().remove(SHED);
        }
        queries.shedding(counts.isPresent());
    }

    private static Bootstrap bootstrap(EventLoops loops, EventLoop loop, String server, QueryRunner runner) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(loops.datagramChannel())
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.SO_RCVBUF, BUFFER_OCTETS)
                .option(ChannelOption.SO_SNDBUF, BUFFER_OCTETS)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // The local address is known once the channel is bound.
                        channel.pipeline().addLast(new BoundAddress(runner, server));
                    }
                });
        if (loops.isEpoll()) {
            bootstrap
                    .option(EpollChannelOption.SO_REUSEPORT, true)
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_QUERY_OCTETS)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(MAX_QUERY_OCTETS * BATCH).maxMessagesPerRead(4 * BATCH));
        } else {
            bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_QUERY_OCTETS));
        }
        return bootstrap;
    }

    /** Puts the query handler in its place as soon as the channel is active. */
    private static final class BoundAddress extends ChannelInboundHandlerAdapter {
        private final QueryRunner runner;
        private final String server;

        BoundAddress(QueryRunner runner, String server) {
            this.runner = runner;
            this.server = server;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            InetSocketAddress local = (InetSocketAddress) context.channel().localAddress();
            ListenerInfo listener = new ListenerInfo(Transport.UDP, server, local);
            context.pipeline().replace(this, QUERIES, new UdpQueryHandler(runner, listener));
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public OptionalInt descriptor() {
        return channel instanceof UnixChannel unix ? OptionalInt.of(unix.fd().intValue()) : OptionalInt.empty();
    }

    /** Others that share the address get what comes from now on; what comes all the same is answered until the end. */
    @Override
    public CompletableFuture<Void> end() {
        OptionalInt fd = descriptor();
        if (fd.isPresent() && SocketCalls.areAvailable()) {
            try (Arena arena = Arena.ofConfined()) {
                new SocketCalls(arena).turnAway(fd.getAsInt(), localAddress());
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void awaitEnd(long nanos) {
        try {
            // What is in the socket's queue by now is read by then.
            CompletableFuture.supplyAsync(
                            this::queries,
                            CompletableFuture.delayedExecutor(
                                    LAST_LOOK_MILLIS, TimeUnit.MILLISECONDS, channel.eventLoop()))
                    .thenCompose(UdpQueryHandler::answered)
                    .get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("udp {}: {}", localAddress(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    private UdpQueryHandler queries() {
        return (UdpQueryHandler) channel.pipeline().get(QUERIES);
    }

    @Override
    public void close() {
        closing = true;
        channel.close().awaitUninterruptibly();
    }
}
