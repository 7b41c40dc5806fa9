package org.cairndns.server.net;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.cairndns.plugin.spi.ServerTls;
import org.jspecify.annotations.Nullable;

/** Maker of the TLS handlers of one address's connections; any event loop. */
final class TlsHandlers {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /** RFC 9325 4.2: forward secrecy, and authenticated encryption only; HTTP/2 takes no others (RFC 9113 9.2.2). */
    private static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** A client that does not take the end of its connection in this time does not get it. */
    private static final long CLOSE_MILLIS = 500;

    /** Settings made of an identity, good as long as that has the same context. */
    private record Made(SSLContext from, JdkSslContext settings) {}

    private final List<String> protocols;
    private final Executor handshakes;
    private volatile @Nullable Made made;

    /**
     * @param protocols names that the server takes in ALPN, the preferred one first
     * @param handshakes takes what a handshake has to compute
     */
    TlsHandlers(List<String> protocols, Executor handshakes) {
        this.protocols = protocols;
        this.handshakes = handshakes;
    }

    /** A handler that shows the certificate of now and gives up after the time for a handshake. */
    SslHandler handler(Channel connection, ServerTls identity, long handshakeMillis) {
        SslHandler handler = new Counted(settings(identity).newEngine(connection.alloc()), handshakes);
        handler.setHandshakeTimeoutMillis(handshakeMillis);
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_MILLIS);
        return handler;
    }

    /** Octets of a connection that are no whole record of TLS yet; for its event loop. */
    static int receivedOctets(Channel connection) {
        return connection.pipeline().first() instanceof Counted tls ? tls.receivedOctets() : 0;
    }

    /** A handler that tells what it has received in part. */
    private static final class Counted extends SslHandler {
        Counted(SSLEngine engine, Executor handshakes) {
            super(engine, handshakes);
        }

        private int receivedOctets() {
            return actualReadableBytes();
        }
    }

    private JdkSslContext settings(ServerTls identity) {
        SSLContext context = identity.context();
        Made current = made;
        if (current == null || !current.from().equals(context)) {
            current = new Made(context, make(context, identity));
            made = current;
        }
        return current.settings();
    }

    private JdkSslContext make(SSLContext context, ServerTls identity) {
        ClientAuth clientAuth = switch (identity.clientCertificate()) {
            case NONE -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.OPTIONAL;
            case REQUIRED -> ClientAuth.REQUIRE;
        };
        ApplicationProtocolConfig negotiation = new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                protocols);
        return new JdkSslContext(
                context,
                false,
                CIPHER_SUITES,
                SupportedCipherSuiteFilter.INSTANCE,
                negotiation,
                clientAuth,
                VERSIONS,
                false);
    }
}
