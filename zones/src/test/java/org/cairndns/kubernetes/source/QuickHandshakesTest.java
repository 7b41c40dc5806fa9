package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class QuickHandshakesTest {
    @Test
    void engine_whateverItsParameters_offersOneGroup() throws NoSuchAlgorithmException {
        SSLContext context = SSLContext.getDefault();
        SSLEngine engine = QuickHandshakes.of(context).createSSLEngine("api", 6443);
        engine.setUseClientMode(true);
        engine.setSSLParameters(new SSLParameters());
        assertThat(engine.getSSLParameters().getNamedGroups()).containsExactly("x25519");
        assertThat(engine.getPeerHost()).isEqualTo("api");
        assertThat(engine.getUseClientMode()).isTrue();
        assertThat(engine.getEnabledProtocols())
                .isEqualTo(context.createSSLEngine().getEnabledProtocols());
    }
}
