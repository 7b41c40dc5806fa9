package org.cairndns.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Choice of the HTTP version of a connection with TLS, as client and server agreed in ALPN; HTTP/1.1 without it. */
final class HttpsVersionChoice extends ApplicationProtocolNegotiationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HttpsVersionChoice.class);

    private final DohService service;
    private final HttpActivity activity;

    HttpsVersionChoice(DohService service, HttpActivity activity) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.service = service;
        this.activity = activity;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
        if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
            HttpPipelines.addHttp2(context.pipeline(), service, activity);
        } else {
            HttpPipelines.addHttp1(context.pipeline(), service, activity);
        }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
        exceptionCaught(context, cause);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Faults.tell(LOG, service.runner(), "https", service.client(), cause);
        context.close();
    }
}
