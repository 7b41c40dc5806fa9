package org.cairndns.plugin.forward;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import org.cairndns.wire.QueryWriter;

/** Connected UDP socket, whose kernel drops what others than the upstream send. */
final class UdpConnection extends UpstreamConnection {
    UdpConnection(LoopUpstream upstream) {
        super(upstream, ConnectionKind.UDP);
    }

    @Override
    void write(Channel open, Exchange exchange) {
        ByteBuf out = open.alloc().directBuffer(QueryWriter.octets(exchange.query()));
        QueryWriter.write(exchange.query(), exchange.id, out);
        open.write(out, open.voidPromise());
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
