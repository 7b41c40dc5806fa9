package org.cairndns.plugin.forward;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;

/** Connected UDP socket, whose kernel drops what others than the upstream send. */
final class UdpConnection extends UpstreamConnection {
    UdpConnection(LoopUpstream upstream) {
        super(upstream, ConnectionKind.UDP);
    }

    @Override
    void writeFrame(int octets, ByteBuf out) {
        // A datagram is a message.
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        opened(context.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object datagram) {
        try {
            received(((ByteBufHolder) datagram).content());
        } finally {
            ReferenceCountUtil.release(datagram);
        }
    }
}
