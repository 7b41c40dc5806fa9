package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.corefile.Scheme;
import org.cairndns.testing.Frames;
import org.cairndns.testing.LeakWatch;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.TestCertificate;
import org.cairndns.testing.TestServer;
import org.cairndns.testing.Thrower;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** A plugin that throws whatever can be thrown, in a whole server: who asks gets SERVFAIL, all others what they asked for. */
@ExtendWith(LeakWatch.class)
class FailingPluginTest {
    private static final int WAIT_MILLIS = 30_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void query_overUdpOrTcpWhoseHandlerThrows_isServfailAndCounted(boolean tcp) throws Exception {
        try (TestServer server = start(".:0", "")) {
            for (String way : Thrower.WAYS) {
                assertThat(rcode(server, way, tcp)).as(way).isEqualTo(Rcode.SERVFAIL);
                assertThat(rcode(server, "next", tcp)).as("after " + way).isEqualTo(Rcode.NOERROR);
            }
            assertThat(MetricsClient.page(server.server()))
                    .contains("coredns_panics_total " + Thrower.WAYS.size() + ".0");
        }
    }

    @Test
    void queries_ofOneConnectionWhoseHandlersThrow_areAllAnsweredOnIt() throws Exception {
        try (TestServer server = start(".:0", "");
                Socket socket = new Socket("127.0.0.1", server.port())) {
            assertAnswersAll(socket);
        }
    }

    @Test
    void queries_overTlsWhoseHandlersThrow_areAllAnsweredOnTheirConnection() throws Exception {
        TestCertificate certificate = TestCertificate.create();
        try (TestServer server = start("tls://.:0", certificate.writeTo(folder));
                Socket socket = certificate
                        .trusting()
                        .getSocketFactory()
                        .createSocket("127.0.0.1", server.server().port(Scheme.TLS))) {
            assertAnswersAll(socket);
        }
    }

    private static void assertAnswersAll(Socket socket) throws IOException {
        socket.setSoTimeout(WAIT_MILLIS);
        List<String> labels = new ArrayList<>();
        for (String way : Thrower.WAYS) {
            labels.add(way);
            labels.add("next");
        }
        for (int id = 0; id < labels.size(); id++) {
            socket.getOutputStream().write(Frames.of(query(id, labels.get(id))));
        }
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int[] rcodes = new int[labels.size()];
        for (int i = 0; i < rcodes.length; i++) {
            Message response = new Message(in.readNBytes(in.readUnsignedShort()));
            rcodes[response.getHeader().getID()] = response.getRcode();
        }
        for (int id = 0; id < rcodes.length; id++) {
            boolean good = labels.get(id).equals("next");
            assertThat(rcodes[id]).as(labels.get(id)).isEqualTo(good ? Rcode.NOERROR : Rcode.SERVFAIL);
        }
    }

    @Test
    void messages_thatCannotBeMadeOrGivenUp_endTheirConnection() throws Exception {
        try (TestServer server = start(".:0", "");
                Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(WAIT_MILLIS);
            socket.getOutputStream().write(Frames.of(query(1, "messages")));

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(rcode(server, "next", true)).isEqualTo(Rcode.NOERROR);
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void requests_whoseHandlersThrow_areAllAnswered(HttpClient.Version version) throws Exception {
        TestCertificate certificate = TestCertificate.create();
        try (TestServer server = start("https://.:0", certificate.writeTo(folder));
                HttpClient client = HttpClient.newBuilder()
                        .version(version)
                        .sslContext(certificate.trusting())
                        .build()) {
            URI uri = URI.create("https://127.0.0.1:" + server.server().port(Scheme.HTTPS) + "/dns-query");
            for (String way : Thrower.WAYS) {
                assertThat(rcode(client, uri, way)).as(way).isEqualTo(Rcode.SERVFAIL);
                assertThat(rcode(client, uri, "next")).as("after " + way).isEqualTo(Rcode.NOERROR);
            }
            client.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter", "filter-runtime"})
    void query_atWhichAFilterThrows_isServfailAtOnce(String label) throws Exception {
        try (TestServer server = TestServer.start(block(".:0", "thrower filter", ""), Thrower.plugins())) {
            rcode(server, "next", false);
            long start = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                assertThat(rcode(server, label, false)).isEqualTo(Rcode.SERVFAIL);
                assertThat(rcode(server, label, true)).isEqualTo(Rcode.SERVFAIL);
                assertThat(rcode(server, "next", false)).isEqualTo(Rcode.NOERROR);
            }
            // Netty would sleep for a second at each of them.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(MetricsClient.page(server.server())).contains("coredns_panics_total 6.0");
        }
    }

    /** A view and a line of the log both ask for what plugins know about a query. */
    @ParameterizedTest
    @ValueSource(strings = {"view one {\n expr metadata('thrower/note') == ''\n}", "log . \"{/thrower/note}\""})
    void query_atWhichAProviderOfMetadataThrows_isServfail(String directive) throws Exception {
        String corefile = block(".:0", "metadata\nthrower", directive);
        try (TestServer server = TestServer.start(corefile, Thrower.plugins())) {
            for (int i = 0; i < 3; i++) {
                assertThat(rcode(server, "next", false)).isEqualTo(Rcode.SERVFAIL);
                assertThat(rcode(server, "next", true)).isEqualTo(Rcode.SERVFAIL);
            }
        }
    }

    private static TestServer start(String key, String directives) throws Exception {
        // Time for handshakes on a machine that is busy with other tests.
        return TestServer.start(block(key, "thrower", directives + "\ntimeouts {\nread 30s\n}"), Thrower.plugins());
    }

    private static String block(String key, String thrower, String directives) {
        return key + " {\n" + thrower + "\n" + directives + "\nprometheus 127.0.0.1:0\n}";
    }

    private static int rcode(TestServer server, String label, boolean tcp) throws IOException {
        return server.ask(label + ".example.", Type.A, tcp).getRcode();
    }

    private static int rcode(HttpClient client, URI uri, String label) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("content-type", "application/dns-message")
                .timeout(Duration.ofMillis(WAIT_MILLIS))
                .POST(BodyPublishers.ofByteArray(query(0, label)))
                .build();
        return new Message(client.send(request, BodyHandlers.ofByteArray()).body()).getRcode();
    }

    private static byte[] query(int id, String label) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(label + ".example."), Type.A, 1));
        query.getHeader().setID(id);
        return query.toWire();
    }
}
