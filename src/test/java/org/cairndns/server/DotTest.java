package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Scheme;
import org.cairndns.testing.Await;
import org.cairndns.testing.Frames;
import org.cairndns.testing.LeakWatch;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.TestCertificate;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** DNS over TLS (RFC 7858) from the Corefile to the socket. */
@ExtendWith(LeakWatch.class)
class DotTest {
    private final TestCertificate certificate = TestCertificate.create();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void query_overTls_isAnsweredAndCountedAsTcp(String version) throws Exception {
        try (TestServer server = start("prometheus 127.0.0.1:0");
                SSLSocket socket = connect(server, certificate.trusting(), version)) {
            assertThat(ask(socket, 7).getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(socket.getApplicationProtocol()).isEqualTo("dot");
            assertThat(MetricsClient.page(server.server()))
                    .contains("coredns_dns_requests_total{family=\"1\",proto=\"tcp\",server=\"tls://:0\"");
        }
    }

    @Test
    void client_ofAnOldVersion_isRefused() throws Exception {
        try (TestServer server = start("")) {
            assertThatThrownBy(() -> connect(server, certificate.trusting(), "TLSv1.1"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void connection_withPipelinedQueries_answersAllById() throws Exception {
        int count = 500;
        ByteBuffer all = ByteBuffer.allocate(64 * count);
        for (int id = 0; id < count; id++) {
            all.put(frame(id));
        }
        Set<Integer> ids = new HashSet<>();
        try (TestServer server = start("");
                SSLSocket socket = connect(server, certificate.trusting())) {
            socket.getOutputStream().write(all.array(), 0, all.position());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < count; i++) {
                ids.add(read(in).getHeader().getID());
            }
        }
        assertThat(ids).hasSize(count);
    }

    @Test
    void client_thatEndsItsHalf_getsItsAnswersAndAnEnd() throws Exception {
        try (TestServer server = start("");
                SSLSocket socket = connect(server, certificate.trusting(), "TLSv1.3")) {
            socket.getOutputStream().write(frame(9));
            socket.shutdownOutput();
            DataInputStream in = new DataInputStream(socket.getInputStream());

            assertThat(read(in).getHeader().getID()).isEqualTo(9);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void stop_withOpenConnection_endsItCleanly() throws Exception {
        TestServer server = start("");
        try (SSLSocket socket = connect(server, certificate.trusting())) {
            ask(socket, 1);

            server.close();

            // Without the server's notice of its end the JDK would throw here, as it would for a reset.
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } finally {
            server.close();
        }
    }

    @Test
    void certificate_replacedOnDisk_isShownToNewConnections() throws Exception {
        try (TestServer server = start("");
                SSLSocket before = connect(server, certificate.trusting())) {
            ask(before, 1);
            TestCertificate next = TestCertificate.create();
            // As cert-manager and the kubelet do it: a link that moves from one folder to the next.
            Path elsewhere = Files.createDirectory(folder.resolve("next"));
            next.writeTo(elsewhere);
            for (String name : new String[] {"tls.crt", "tls.key"}) {
                Files.createSymbolicLink(folder.resolve(name + ".new"), elsewhere.resolve(name));
                Files.move(
                        folder.resolve(name + ".new"),
                        folder.resolve(name),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }

            Await.until("the new certificate", () -> shown(server, next).equals(next.certificate()));

            assertThat(ask(before, 2).getRcode())
                    .as("the connection from before")
                    .isEqualTo(Rcode.NOERROR);
        }
    }

    @Test
    void reload_withAnotherCertificate_keepsConnectionsAndSocket() throws Exception {
        Path corefile = folder.resolve("Corefile");
        Files.writeString(corefile, block(certificate.writeTo(folder), ""));
        try (TestServer server = TestServer.startFile(corefile);
                SSLSocket before = connect(server, certificate.trusting())) {
            ask(before, 1);
            int port = server.server().port(Scheme.TLS);
            TestCertificate next = TestCertificate.create();
            Files.writeString(corefile, block(next.writeTo(Files.createDirectory(folder.resolve("next"))), ""));

            assertThat(server.server().reload()).isTrue();

            assertThat(server.server().port(Scheme.TLS)).isEqualTo(port);
            assertThat(shown(server, next)).isEqualTo(next.certificate());
            assertThat(ask(before, 2).getRcode()).isEqualTo(Rcode.NOERROR);
        }
    }

    @Test
    void server_withoutCertificate_isAnErrorWithItsLineAndARemedy() {
        assertThatThrownBy(() -> TestServer.start("tls://example.org:0 {\n whoami\n}"))
                .isInstanceOf(CorefileException.class)
                .hasMessageContaining("Corefile:1:1: ")
                .hasMessageContaining("has no certificate, expected 'tls CERT KEY' in its block;"
                        + " for plain DNS write dns:// instead of tls://");
    }

    @Test
    void blocks_ofOneAddress_agreeOnTheCertificate() throws Exception {
        String tls = certificate.writeTo(folder);
        String other = TestCertificate.create().writeTo(Files.createDirectory(folder.resolve("other")));
        String first = "tls://example.org:0 {\n " + tls + "\n whoami\n}\n";

        assertThatThrownBy(() -> TestServer.start(first + "tls://example.com:0 {\n " + other + "\n whoami\n}"))
                .isInstanceOf(CorefileException.class)
                .hasMessageContaining("Corefile:5:1: ")
                .hasMessageContaining("another certificate than the block before on tls://:0");
        TestServer.start(first + "tls://example.com:0 {\n whoami\n}").close();
    }

    @Test
    void clients_withoutTls_areClosed() throws Exception {
        try (TestServer server = start("");
                Socket plain = new Socket("127.0.0.1", server.server().port(Scheme.TLS))) {
            plain.setSoTimeout(10_000);
            plain.getOutputStream().write(frame(1));
            plain.getOutputStream().write(new byte[200]);

            plain.getInputStream().readAllBytes();

            assertThat(connectAndAsk(server)).isEqualTo(Rcode.NOERROR);
        }
    }

    @Test
    void client_thatHandshakesHalfway_isClosedAfterTheTimeForReading() throws Exception {
        try (TestServer server = start("timeouts {\n read 1s\n }");
                Socket plain = new Socket("127.0.0.1", server.server().port(Scheme.TLS))) {
            plain.setSoTimeout(10_000);
            // Header of a record with a ClientHello that never comes.
            plain.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1, 0, 0, (byte) 252, 3, 3});

            plain.getInputStream().readAllBytes();
        }
    }

    private int connectAndAsk(TestServer server) throws IOException {
        try (SSLSocket socket = connect(server, certificate.trusting())) {
            return ask(socket, 3).getRcode();
        }
    }

    private TestServer start(String directives) throws IOException, CorefileException {
        return TestServer.start(block(certificate.writeTo(folder), directives));
    }

    private static String block(String tls, String directives) {
        return "tls://.:0 {\n " + tls + "\n " + directives + "\n whoami\n}\n";
    }

    /** The certificate that the server shows now, or a failure's text. */
    private static Object shown(TestServer server, TestCertificate trusted) throws IOException {
        try (SSLSocket socket = connect(server, trusted.trusting())) {
            Certificate[] chain = socket.getSession().getPeerCertificates();
            return chain[0];
        } catch (SSLException e) {
            return e.toString();
        }
    }

    private static SSLSocket connect(TestServer server, SSLContext context, String... versions) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", server.server().port(Scheme.TLS));
        try {
            socket.setSoTimeout(10_000);
            if (versions.length > 0) {
                socket.setEnabledProtocols(versions);
            }
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"dot"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Message ask(SSLSocket socket, int id) throws IOException {
        socket.getOutputStream().write(frame(id));
        return read(new DataInputStream(socket.getInputStream()));
    }

    private static Message read(DataInputStream in) throws IOException {
        return new Message(in.readNBytes(in.readUnsignedShort()));
    }

    private static byte[] frame(int id) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString("a.example."), Type.A, 1));
        query.getHeader().setID(id);
        return Frames.of(query.toWire());
    }
}
