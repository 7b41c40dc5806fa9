package org.cairndns.plugin.forward;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.cairndns.wire.QueryWriter;

/** TCP or TLS connection with many queries under way at a time, whose responses come in any order (RFC 7766 6.2.1.1). */
final class StreamConnection extends UpstreamConnection {
    StreamConnection(LoopUpstream upstream, ConnectionKind kind) {
        super(upstream, kind);
    }

    @Override
    void write(Channel open, Exchange exchange) {
        int octets = QueryWriter.octets(exchange.query());
        ByteBuf out = open.alloc().directBuffer(2 + octets);
        out.writeShort(octets);
        QueryWriter.write(exchange.query(), exchange.id, out);
        open.write(out, open.voidPromise());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (kind() == ConnectionKind.TCP) {
            opened(context.channel());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                opened(context.channel());
            } else {
                exceptionCaught(context, handshake.cause());
            }
        }
    }

    /** A frame without its length. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        ByteBuf message = (ByteBuf) frame;
        try {
            received(message);
        } finally {
            message.release();
        }
    }
}
