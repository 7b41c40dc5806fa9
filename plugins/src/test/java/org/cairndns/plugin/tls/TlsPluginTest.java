package org.cairndns.plugin.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.cairndns.plugin.root.RootPlugin;
import org.cairndns.plugin.spi.ServerTls;
import org.cairndns.plugin.spi.ServerTls.ClientCertificate;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsPluginTest {
    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void write() throws Exception {
        server = new FakeServer(folder);
        write("cert.pem", "key.pem", ecdsa());
        Files.copy(folder.resolve("cert.pem"), folder.resolve("ca.pem"));
    }

    @Test
    void tls_twoFiles_areTheIdentityAndAskForNoClientCertificate() {
        FakeBlock block = block("tls cert.pem key.pem");

        assertThat(block.problems()).isEmpty();
        assertThat(block.warnings()).isEmpty();
        assertThat(block.hasHandler()).isFalse();
        assertThat(identity(block).clientCertificate()).isEqualTo(ClientCertificate.NONE);
    }

    @Test
    void clientAuth_everyWord_asksForWhatItSays() {
        Map<String, ClientCertificate> expected = Map.of(
                "nocert", ClientCertificate.NONE,
                "request", ClientCertificate.OPTIONAL,
                "require", ClientCertificate.REQUIRED,
                "verify_if_given", ClientCertificate.OPTIONAL,
                "require_and_verify", ClientCertificate.REQUIRED);
        expected.forEach((word, wanted) -> {
            FakeBlock block = block("tls cert.pem key.pem ca.pem {\n client_auth " + word + "\n }");
            assertThat(block.problems()).as(word).isEmpty();
            assertThat(identity(block).clientCertificate()).as(word).isEqualTo(wanted);
        });
    }

    @Test
    void files_belowRoot_areFound() throws Exception {
        Path below = Files.createDirectory(folder.resolve("certs"));
        Files.move(folder.resolve("cert.pem"), below.resolve("cert.pem"));
        Files.move(folder.resolve("key.pem"), below.resolve("key.pem"));

        assertThat(block("root certs\ntls cert.pem key.pem").problems()).isEmpty();
    }

    @Test
    void identity_ofTheSameFilesAndOptions_isTheSame() {
        ServerTls one = identity(block("tls cert.pem key.pem"));

        assertThat(one.isSameAs(identity(block("tls cert.pem key.pem")))).isTrue();
        assertThat(one.isSameAs(identity(block("tls cert.pem key.pem ca.pem")))).isFalse();
        assertThat(one.isSameAs(identity(block("tls cert.pem key.pem {\n client_auth request\n }"))))
                .isFalse();
    }

    @Test
    void files_changedLater_areANewIdentity() throws Exception {
        FakeBlock block = block("tls cert.pem key.pem").start();
        SSLContext before = identity(block).context();

        server.scheduler().advance(Duration.ofSeconds(10));
        assertThat(identity(block).context()).as("nothing changed").isSameAs(before);

        write("cert.pem", "key.pem", ecdsa());
        server.scheduler().advance(Duration.ofSeconds(5));
        SSLContext after = identity(block).context();
        assertThat(after).isNotSameAs(before);

        block.stop();
        write("cert.pem", "key.pem", ecdsa());
        server.scheduler().advance(Duration.ofSeconds(60));
        assertThat(identity(block).context()).as("not looked at any more").isSameAs(after);
    }

    @Test
    void certificateInUse_endIsAMetric_untilTheBlockStops() throws Exception {
        String series = "cairn_tls_certificate_not_after_seconds{file=\"" + folder.resolve("cert.pem") + "\"} ";
        FakeBlock block = block("tls cert.pem key.pem");
        assertThat(server.metrics("cairn_tls")).as("not in use yet").isEmpty();
        block.start();
        FakeBlock reloaded = block("tls cert.pem key.pem").start();
        block.stop();
        assertThat(server.metrics("cairn_tls")).singleElement().asString().startsWith(series);

        Instant end = Instant.now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
        write(
                "cert.pem",
                "key.pem",
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=short")
                        .notAfter(end)
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned());
        server.scheduler().advance(Duration.ofSeconds(5));
        assertThat(Double.parseDouble(server.metrics("cairn_tls").getFirst().substring(series.length())))
                .isEqualTo(end.getEpochSecond());

        reloaded.stop();
        assertThat(server.metrics("cairn_tls")).isEmpty();
    }

    @Test
    void files_changedOneAfterTheOther_areTakenOnceTheyFit() throws Exception {
        FakeBlock block = block("tls cert.pem key.pem").start();
        SSLContext before = identity(block).context();
        X509Bundle next = ecdsa();
        try (LogCapture log = new LogCapture()) {
            Files.writeString(folder.resolve("cert.pem"), next.getCertificatePathPEM());
            server.scheduler().advance(Duration.ofSeconds(20));
            assertThat(identity(block).context()).isSameAs(before);
            assertThat(log.lines())
                    .containsExactly("WARNING plugin/tls: certificate stays as it is: " + folder.resolve("key.pem")
                            + ": private key does not belong to the certificate");

            Files.writeString(folder.resolve("key.pem"), next.getPrivateKeyPEM());
            server.scheduler().advance(Duration.ofSeconds(5));
            assertThat(identity(block).context()).isNotSameAs(before);
            assertThat(log.lines().getLast())
                    .isEqualTo("INFO plugin/tls: new certificate from " + folder.resolve("cert.pem"));
        }
    }

    @Test
    void files_gone_leaveTheIdentity() throws Exception {
        FakeBlock block = block("tls cert.pem key.pem").start();
        SSLContext before = identity(block).context();
        Files.delete(folder.resolve("key.pem"));
        server.scheduler().advance(Duration.ofSeconds(20));

        assertThat(identity(block).context()).isSameAs(before);
    }

    @Test
    void files_thatCannotBeUsed_areProblemsWithTheReason() throws Exception {
        write("other.pem", "other.key", ecdsa());
        Files.writeString(folder.resolve("text"), "no PEM at all");
        Files.writeString(folder.resolve("cut"), "-----BEGIN CERTIFICATE-----\nMIIB");
        Files.writeString(
                folder.resolve("locked"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----");

        assertFault("tls none.pem key.pem", "file does not exist: " + folder.resolve("none.pem"));
        assertFault("tls cert.pem none.key", "file does not exist: " + folder.resolve("none.key"));
        assertFault(
                "tls text key.pem",
                folder.resolve("text") + " has no certificate, expected -----BEGIN CERTIFICATE-----");
        assertFault("tls cut key.pem", folder.resolve("cut") + " has a section without an end");
        assertFault(
                "tls cert.pem cert.pem",
                folder.resolve("cert.pem") + " has no private key, expected -----BEGIN PRIVATE KEY-----");
        assertFault(
                "tls cert.pem locked",
                folder.resolve("locked") + " is protected by a password; expected a key without one");
        assertFault(
                "tls cert.pem other.key",
                folder.resolve("other.key") + ": private key does not belong to the certificate");
        assertFault(
                "tls cert.pem key.pem text {\n client_auth verify_if_given\n }",
                folder.resolve("text") + " has no certificate, expected -----BEGIN CERTIFICATE-----");
    }

    private void assertFault(String directive, String reason) {
        assertThat(block(directive).problems()).containsExactly("Corefile:2:1: certificate cannot be used: " + reason);
    }

    @Test
    void setup_wrongValues_areProblemsAtTheirPlace() {
        assertThat(block("tls cert.pem").problems())
                .containsExactly("Corefile:2:1: wrong number of arguments for 'tls', expected 2 to 3, got 1");
        assertThat(block("tls a b c d").problems())
                .containsExactly("Corefile:2:11: wrong number of arguments for 'tls', expected 2 to 3, got 4");
        assertThat(block("tls cert.pem key.pem\ntls cert.pem key.pem").problems())
                .containsExactly("Corefile:3:1: 'tls' given twice, expected once per server block");
        assertThat(block("tls cert.pem key.pem {\n client_auth always\n }").problems())
                .containsExactly("Corefile:3:14: bad value for 'client_auth', expected one of nocert, request, require,"
                        + " verify_if_given, require_and_verify, got 'always'");
        assertThat(block("tls cert.pem key.pem {\n client_auth\n }").problems())
                .containsExactly("Corefile:3:2: wrong number of arguments for 'client_auth', expected 1, got 0");
        assertThat(block("tls cert.pem key.pem {\n ciphers all\n }").problems())
                .containsExactly("Corefile:3:2: unknown property 'ciphers' of 'tls', expected one of client_auth");
    }

    @Test
    void keylog_isAnErrorThatSaysWhy() {
        assertThat(block("tls cert.pem key.pem {\n keylog secrets.log\n }").problems())
                .containsExactly(
                        "Corefile:3:2: 'keylog' of 'tls' of CoreDNS is not in this version of Cairn; remove the line,"
                                + " Java does not hand out the secrets of its connections");
    }

    @Test
    void acme_isAnErrorWithARemedy() {
        for (String directive : List.of("tls", "tls {\n acme dns.example.org\n email a@example.org\n }")) {
            assertThat(block(directive).problems())
                    .containsExactly("Corefile:2:1: the ACME form of 'tls' of CoreDNS is not in this version of Cairn;"
                            + " mount a certificate, such as a Secret of cert-manager, and write 'tls CERT KEY'");
        }
    }

    @Test
    void tls_whereItDoesNothing_isAWarning() {
        assertThat(block("dns://.", "tls cert.pem key.pem").warnings())
                .containsExactly("Corefile:2:1: 'tls' has no effect on dns:// keys, expected a tls:// or https:// key");
        assertThat(block("tls cert.pem key.pem ca.pem").warnings())
                .containsExactly("Corefile:2:1: the CA of 'tls' is not used, expected 'client_auth verify_if_given' or"
                        + " 'client_auth require_and_verify' with it");
    }

    private static ServerTls identity(FakeBlock block) {
        return block.settings().tls().orElseThrow();
    }

    private FakeBlock block(String directives) {
        return block("tls://.", directives);
    }

    private FakeBlock block(String key, String directives) {
        return new FakeBlock(server, key + " {\n" + directives + "\n}\n", new RootPlugin(), new TlsPlugin());
    }

    private static X509Bundle ecdsa() throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private void write(String certificate, String key, X509Bundle bundle) throws IOException {
        Files.writeString(folder.resolve(certificate), bundle.getCertificatePathPEM());
        Files.writeString(folder.resolve(key), bundle.getPrivateKeyPEM());
    }
}
