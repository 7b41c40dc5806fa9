package org.cairndns.perf.compare;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/** Program that sends each query back as the response to itself, with the socket options of the server. */
final class UdpEcho extends ChannelInboundHandlerAdapter {
    private static final int MAX_QUERY_OCTETS = 2048;
    private static final int BATCH = 16;
    private static final int SOCKET_BUFFER_OCTETS = 4 << 20;

    private UdpEcho() {}

    /** Serves the port of 127.0.0.1 that is the only argument, until it is killed. */
    public static void main(String[] args) {
        new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                .channel(EpollDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_OCTETS)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_OCTETS)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_QUERY_OCTETS)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(MAX_QUERY_OCTETS * BATCH).maxMessagesPerRead(4 * BATCH))
                .handler(new UdpEcho())
                .bind(new InetSocketAddress(Ports.LOOPBACK, Integer.parseInt(args[0])))
                .channel()
                .closeFuture()
                .awaitUninterruptibly();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        packet.content().setByte(2, packet.content().getByte(2) | 0x80);
        context.write(new DatagramPacket(packet.content(), packet.sender()), context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }
}
