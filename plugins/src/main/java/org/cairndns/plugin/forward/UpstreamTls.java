package org.cairndns.plugin.forward;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/** Maker of the TLS settings of a directive. */
final class UpstreamTls {
    private UpstreamTls() {}

    /**
     * Settings for connections to upstreams, whose certificates must be for the name they are opened for. Reads files.
     *
     * @throws SSLException if a file is not what it should be, with its reason
     */
    static SslContext open(ForwardConfig.TlsFiles files) throws SSLException {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).endpointIdentificationAlgorithm("HTTPS");
        try {
            files.authorities().ifPresent(path -> builder.trustManager(path.toFile()));
            files.certificate()
                    .ifPresent(path -> builder.keyManager(
                            path.toFile(), files.key().orElseThrow().toFile()));
            return builder.build();
        } catch (IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SSLException(e.getMessage() + ": " + cause.getMessage(), e);
        }
    }
}
