package org.cairndns.plugin.forward;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.cairndns.corefile.Scheme;

/**
 * The TLS settings of a directive, whose upstreams' certificates must be for the name that they are asked by.
 *
 * @param dns there if an upstream speaks DNS over TLS
 * @param http there if an upstream speaks DNS over HTTPS, for HTTP/2 alone (RFC 8484 5.2)
 */
record UpstreamTls(Optional<SslContext> dns, Optional<SslContext> http) {
    private static final ApplicationProtocolConfig HTTP2 = new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_2);

    /**
     * What the upstreams need, and what the files of {@code tls} alone need to be checked. Reads files.
     *
     * @throws SSLException if a file is not what it should be, with its reason
     */
    static UpstreamTls open(ForwardConfig config) throws SSLException {
        ForwardConfig.TlsFiles files = config.transports().tls();
        boolean dns = !files.equals(ForwardConfig.TlsFiles.NONE) || speaks(config, Scheme.TLS);
        return new UpstreamTls(
                dns ? Optional.of(build(files, false)) : Optional.empty(),
                speaks(config, Scheme.HTTPS) ? Optional.of(build(files, true)) : Optional.empty());
    }

    private static boolean speaks(ForwardConfig config, Scheme scheme) {
        return config.upstreams().stream().anyMatch(target -> target.scheme() == scheme);
    }

    private static SslContext build(ForwardConfig.TlsFiles files, boolean http) throws SSLException {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).endpointIdentificationAlgorithm("HTTPS");
        if (http) {
            builder.applicationProtocolConfig(HTTP2)
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE);
        }
        try {
            // Says what is wrong with the file.
            files.authorities().ifPresent(path -> builder.trustManager(path.toFile()));
            builder.trustManager(UnexpiredTrust.of(files.authorities()));
            files.certificate()
                    .ifPresent(path -> builder.keyManager(
                            path.toFile(), files.key().orElseThrow().toFile()));
            return builder.build();
        } catch (IOException | GeneralSecurityException e) {
            throw e instanceof SSLException failure ? failure : new SSLException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SSLException(e.getMessage() + ": " + cause.getMessage(), e);
        }
    }
}
