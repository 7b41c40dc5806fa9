package org.cairndns.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;

/** Choice of the HTTP version of a connection without TLS: HTTP/2 for who starts with its preface (RFC 9113 3.3). */
final class HttpVersionChoice extends ByteToMessageDecoder {
    private final DohService service;
    private final HttpActivity activity;

    HttpVersionChoice(DohService service, HttpActivity activity) {
        this.service = service;
        this.activity = activity;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        int length = Math.min(in.readableBytes(), preface.readableBytes());
        boolean matches = ByteBufUtil.equals(in, in.readerIndex(), preface, preface.readerIndex(), length);
        if (matches && length < preface.readableBytes()) {
            preface.release();
            return;
        }
        preface.release();
        if (matches) {
            HttpPipelines.addHttp2(context.pipeline(), service, activity);
        } else {
            HttpPipelines.addHttp1(context.pipeline(), service, activity);
        }
        context.pipeline().remove(this);
    }
}
