package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.TestCertificate;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams over TLS whose certificate is for {@code dns.example}. */
class TlsUpstreamTest {
    private static TestCertificate certificate;

    private final ForwardFixture forward = new ForwardFixture();
    private UpstreamDouble upstream;

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        certificate = TestCertificate.make(directory);
    }

    @BeforeEach
    void start() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(certificate.keys().getKeyManagers(), null, null);
        upstream = forward.add(new UpstreamDouble(context));
    }

    @AfterEach
    void close() throws Exception {
        forward.close();
    }

    private String authorities() {
        return certificate.authorities().toString();
    }

    @Test
    void handle_nameInOption_isCheckedAndRight() {
        forward.with("forward . tls://" + upstream.address() + " {;tls " + authorities()
                + ";tls_servername dns.example;read_timeout 1m;max_fails 0;}");

        assertThat(forward.addressOf("a.example.")).isEqualTo("10.0.0.1");
        assertThat(forward.addressOf("b.example.")).isEqualTo("10.0.0.1");
        assertThat(upstream.accepted()).isEqualTo(1);
        assertThat(forward.metric("coredns_proxy_conn_cache_hits_total", "tcp-tls"))
                .isEqualTo(1);
    }

    @Test
    void handle_nameInAddress_isCheckedAndRight() {
        forward.with("forward . tls://127.0.0.1%dns.example:" + upstream.port() + " {;read_timeout 1m;tls "
                + authorities() + ";}");

        assertThat(forward.addressOf("a.example.")).isEqualTo("10.0.0.1");
    }

    @Test
    void handle_otherName_isAFailure() {
        forward.with("forward . tls://" + upstream.address() + " {;tls " + authorities()
                + ";tls_servername other.example;max_fails 0;}");

        assertThat(forward.ask("a.example.")).isInstanceOf(Reply.Failed.class);
        assertThat(upstream.asks()).isEmpty();
    }

    @Test
    void handle_addressNotInCertificate_isAFailure() {
        forward.with("forward . tls://" + upstream.address() + " {;tls " + authorities() + ";max_fails 0;}");

        assertThat(forward.ask("a.example.")).isInstanceOf(Reply.Failed.class);
    }

    @Test
    void handle_unknownAuthority_isAFailure() {
        forward.with("forward . tls://" + upstream.address() + " {;tls_servername dns.example;max_fails 0;}");

        assertThat(forward.ask("a.example."))
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed ->
                                assertThat(failed.reason()).contains("tcp-tls").contains("certification path"));
    }

    @Test
    void handle_expiredCertificate_isAFailureThatSaysSo(@TempDir Path directory) throws Exception {
        TestCertificate expired = TestCertificate.makeExpired(directory);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(expired.keys().getKeyManagers(), null, null);
        UpstreamDouble old = forward.add(new UpstreamDouble(context));
        forward.with("forward . tls://" + old.address() + " {;tls " + expired.authorities()
                + ";tls_servername dns.example;max_fails 0;}");

        assertThat(forward.ask("a.example.")).isInstanceOfSatisfying(Reply.Failed.class, failed -> {
            assertThat(failed.rcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(failed.reason()).contains(old.address()).containsPattern("validity|NotAfter|expired");
        });
        assertThat(old.asks()).isEmpty();
    }

    @Test
    void handle_otherName_isAFailureThatNamesBoth() {
        forward.with("forward . tls://" + upstream.address() + " {;tls " + authorities()
                + ";tls_servername other.example;max_fails 0;}");

        assertThat(forward.ask("a.example."))
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains(upstream.address())
                                .contains("other.example"));
        assertThat(upstream.asks()).isEmpty();
    }

    @Test
    void handle_handshakeThatStalls_isLeftAfterTheReadTimeout() throws Exception {
        try (java.net.ServerSocket mute = new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
            forward.with("forward . tls://127.0.0.1:" + mute.getLocalPort() + " tls://" + upstream.address()
                    + " {;policy sequential;read_timeout 500ms;budget 1m;tls " + authorities()
                    + ";tls_servername dns.example;}");

            assertThat(forward.addressOf("a.example.")).isEqualTo("10.0.0.1");
        }
    }
}
