package org.cairndns.kubernetes.source;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * The TLS of another context whose clients offer one group for the exchange of keys, X25519 (RFC 7748).
 *
 * <p>By default they make keys for a second group too in case that a server prefers it, which at the start, with code that is
 * not compiled yet, takes 0.1 s for each connection. Servers that know no X25519 refuse. The HTTP client drops named groups from
 * its parameters (JDK 25), so its engines add them.
 */
final class QuickHandshakes extends SSLContextSpi {
    private final SSLContext context;

    private QuickHandshakes(SSLContext context) {
        this.context = context;
    }

    /** A context with the keys and the trust of another one. */
    static SSLContext of(SSLContext context) {
        return new SSLContext(new QuickHandshakes(context), context.getProvider(), context.getProtocol()) {};
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return new QuickEngine(context.createSSLEngine(host, port));
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return new QuickEngine(context.createSSLEngine());
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("the other context is initialized");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return context.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return context.getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return context.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return context.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return context.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return context.getSupportedSSLParameters();
    }
}
