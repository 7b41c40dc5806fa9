package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cairndns.corefile.Scheme;
import org.cairndns.testing.LeakWatch;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.TestCertificate;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** DNS over HTTPS (RFC 8484) from the Corefile to the socket. */
@ExtendWith(LeakWatch.class)
class DohTest {
    private static final String DIRECTIVES = """
            prometheus 127.0.0.1:0
            acl {
              drop type TXT
            }
            template IN A example.org {
              answer "{{ .Name }} 77 IN A 192.0.2.7"
            }
            template IN AAAA example.org {
              rcode NXDOMAIN
              authority "example.org. 40 IN SOA ns.example.org. a.example.org. 1 2 3 4 30"
            }
            """;

    private final TestCertificate certificate = TestCertificate.create();
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : toClose.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void post_overTls_isAnsweredInTheVersionAskedFor(HttpClient.Version version) throws Exception {
        TestServer server = start(true, "");

        HttpResponse<byte[]> response = client(version)
                .send(post(uri(server, true), query("a.example.org", Type.A)), BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.headers().firstValue("content-type")).contains("application/dns-message");
        assertThat(response.headers().firstValue("cache-control")).contains("max-age=77");
        assertThat(response.headers().firstValueAsLong("content-length")).hasValue(response.body().length);
        assertThat(new Message(response.body()).getSection(Section.ANSWER)).hasSize(1);
        assertThat(MetricsClient.page(server.server()))
                .contains("coredns_dns_https_responses_total{server=\"https://:0\",status=\"200\"} 1")
                .contains("coredns_dns_requests_total{family=\"1\",proto=\"tcp\",server=\"https://:0\"");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void get_overPlainHttp_isAnsweredToo(HttpClient.Version version) throws Exception {
        TestServer server = start(false, "");
        // The JDK's client starts with HTTP/1.1 and an upgrade where there is no TLS, which is left at HTTP/1.1.
        HttpResponse<byte[]> response = client(version)
                .send(get(uri(server, false), query("a.example.org", Type.A)), BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new Message(response.body()).getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void maxAge_ofADenial_isTheSmallestTtlAndOfAFailureShort() throws Exception {
        TestServer server = start(true, "");
        HttpClient client = client(HttpClient.Version.HTTP_2);

        HttpResponse<byte[]> denial =
                client.send(post(uri(server, true), query("a.example.org", Type.AAAA)), BodyHandlers.ofByteArray());
        HttpResponse<byte[]> failure =
                client.send(post(uri(server, true), query("example.com", Type.A)), BodyHandlers.ofByteArray());

        assertThat(new Message(denial.body()).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(denial.headers().firstValue("cache-control")).contains("max-age=40");
        assertThat(new Message(failure.body()).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(failure.headers().firstValue("cache-control")).contains("max-age=5");
    }

    @Test
    void query_thatTheChainDrops_isStatus500() throws Exception {
        TestServer server = start(true, "");

        assertThat(client(HttpClient.Version.HTTP_2)
                        .send(post(uri(server, true), query("a.example.org", Type.TXT)), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(500);
        assertThat(MetricsClient.page(server.server()))
                .contains("coredns_dns_https_responses_total{server=\"https://:0\",status=\"500\"} 1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            another path,               POST, /resolve,                    application/dns-message, 404
            path below,                 POST, /dns-query/,                 application/dns-message, 404
            another path by GET,        GET,  /?dns=AAAB,                  '',                      404
            another method,             PUT,  /dns-query,                  application/dns-message, 405
            HEAD,                       HEAD, /dns-query?dns=AAAB,         '',                      405
            another media type,         POST, /dns-query,                  application/dns-json,    415
            form of a browser,          POST, /dns-query,                  application/x-www-form-urlencoded, 415
            no parameter,               GET,  /dns-query,                  '',                      400
            parameter of another name,  GET,  /dns-query?name=a.example,   '',                      400
            two parameters,             GET,  /dns-query?dns=AAAB&dns=AAAB, '',                     400
            padding,                    GET,  /dns-query?dns=AAAB%3D%3D,   '',                      400
            ordinary base64,            GET,  /dns-query?dns=%2B%2F%2B%2F, '',                      400
            no base64,                  GET,  /dns-query?dns=!!!,          '',                      400
            three octets,               GET,  /dns-query?dns=AAAB,         '',                      400
            three octets by POST,       POST, /dns-query,                  application/dns-message, 400
            """)
    void request_thatIsNoQuery_getsItsStatus(String what, String method, String target, String type, int status)
            throws Exception {
        TestServer server = start(true, "");
        for (HttpClient.Version version : HttpClient.Version.values()) {
            if (version.name().equals("HTTP_3")) {
                continue;
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            uri(server, true).resolve(target))
                    .method(method, type.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(new byte[3]));
            if (!type.isEmpty()) {
                request.header("content-type", type);
            }
            HttpResponse<byte[]> response = client(version).send(request.build(), BodyHandlers.ofByteArray());

            assertThat(response.statusCode()).as("%s", version).isEqualTo(status);
            assertThat(response.body()).isEmpty();
            assertThat(response.headers().firstValue("allow").isPresent()).isEqualTo(status == 405);
        }
        assertThat(MetricsClient.page(server.server()))
                .contains("coredns_dns_https_responses_total{server=\"https://:0\",status=\"" + status + "\"} 2");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void body_longerThanAnyQuery_isStatus413(HttpClient.Version version) throws Exception {
        TestServer server = start(true, "");
        byte[] body = new byte[100_000];

        assertThat(client(version)
                        .send(post(uri(server, true), body), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void body_inChunksWithoutLength_isReadUpToTheLimit() throws Exception {
        TestServer server = start(false, "");
        String start = "POST /dns-query HTTP/1.1\r\nHost: a\r\nContent-Type: application/dns-message\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n";
        byte[] query = query("a.example.org", Type.A);

        String good = start + Integer.toHexString(query.length) + "\r\n" + latin(query) + "\r\n0\r\n\r\n";
        String endless = start + ("800\r\n" + "x".repeat(2048) + "\r\n").repeat(3);

        assertThat(rawExchange(server, good + "GET / HTTP/1.0\r\n\r\n")).contains("HTTP/1.1 200 OK", "HTTP/1.1 404");
        assertThat(rawExchange(server, endless)).startsWith("HTTP/1.1 413 ").contains("connection: close");
    }

    @Test
    void requests_pipelined_areAnsweredInOrder() throws Exception {
        TestServer server = start(false, "");
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            requests.append("GET /dns-query?dns=")
                    .append(base64(query("n" + i + ".example.org", Type.A)))
                    .append(" HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        String answers = rawExchange(server, requests + "GET /last HTTP/1.0\r\n\r\n");

        int at = 0;
        for (int i = 0; i < 50; i++) {
            at = answers.indexOf("n" + i + "\u0007example", at);
            assertThat(at).as("answer %d", i).isPositive();
        }
        assertThat(answers.indexOf("HTTP/1.1 404", at)).isPositive();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no HTTP at all       | SSH-2.0-client                     | HTTP/1.1 400
            endless line         | GET /LONG HTTP/1.1                 | HTTP/1.1 414
            endless header       | GET / HTTP/1.1~Cookie: LONG        | HTTP/1.1 431
            many headers         | GET / HTTP/1.1~MANY                | HTTP/1.1 431
            two lengths          | POST /dns-query HTTP/1.1~Content-Length: 1~Content-Length: 2 | HTTP/1.1 400
            """)
    void octets_thatAreNoHttp_areRefusedAndTheConnectionEnds(String what, String text, String expected)
            throws Exception {
        TestServer server = start(false, "");
        String request = text.replace("LONG", "x".repeat(9_000))
                        .replace("MANY", "A: b~".repeat(3_000))
                        .replace("~", "\r\n")
                + "\r\n\r\n";

        assertThat(rawExchange(server, request)).startsWith(expected);
        assertAnswers(server, false);
    }

    @Test
    void requests_manyAtATime_areAllAnswered() throws Exception {
        TestServer server = start(true, "");
        HttpClient client = client(HttpClient.Version.HTTP_2);
        // One connection for all that follow.
        client.send(post(uri(server, true), query("example.org", Type.A)), BodyHandlers.discarding());
        List<CompletableFuture<HttpResponse<byte[]>>> all = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            all.add(client.sendAsync(
                    post(uri(server, true), query("n" + i + ".example.org", Type.A)), BodyHandlers.ofByteArray()));
        }
        for (CompletableFuture<HttpResponse<byte[]>> each : all) {
            assertThat(each.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void connections_overTheLimit_areClosedUntilOthersEnd() throws Exception {
        TestServer server = start(false, "timeouts {\n read 60s\n }");
        for (int i = 0; i < 200; i++) {
            toClose.add(new Socket("127.0.0.1", server.server().port(Scheme.HTTPS)));
        }
        assertThat(rawExchange(server, "GET / HTTP/1.0\r\n\r\n")).isEmpty();

        toClose.removeLast().close();
        org.cairndns.testing.Await.until(
                "a place is free",
                () -> rawExchange(server, "GET / HTTP/1.0\r\n\r\n").startsWith("HTTP/1.1 404"));
    }

    @Test
    void connection_thatAsksSlowly_isClosedAfterTheTimeForReading() throws Exception {
        TestServer server = start(false, "timeouts {\n read 1s\n }");
        long startNanos = System.nanoTime();
        try (Socket socket = new Socket("127.0.0.1", server.server().port(Scheme.HTTPS))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET /dns-query?dns=AA".getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void stop_withOpenConnections_endsThemCleanly() throws Exception {
        TestServer server = start(true, "");
        HttpClient client = client(HttpClient.Version.HTTP_2);
        client.send(post(uri(server, true), query("a.example.org", Type.A)), BodyHandlers.discarding());
        long startNanos = System.nanoTime();

        server.close();

        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(4));
    }

    private void assertAnswers(TestServer server, boolean tls) throws Exception {
        HttpResponse<byte[]> response = client(HttpClient.Version.HTTP_1_1)
                .send(get(uri(server, tls), query("a.example.org", Type.A)), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
    }

    private TestServer start(boolean tls, String directives) throws Exception {
        String corefile = "https://.:0 {\n" + (tls ? certificate.writeTo(folder) : "") + "\n" + directives + "\n"
                + DIRECTIVES + "}\n";
        TestServer server = TestServer.start(corefile);
        toClose.add(server);
        return server;
    }

    private HttpClient client(HttpClient.Version version) {
        HttpClient client = HttpClient.newBuilder()
                .version(version)
                .sslContext(certificate.trusting())
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        toClose.add(client::shutdownNow);
        return client;
    }

    private static URI uri(TestServer server, boolean tls) {
        return URI.create(
                (tls ? "https" : "http") + "://127.0.0.1:" + server.server().port(Scheme.HTTPS) + "/dns-query");
    }

    private static HttpRequest post(URI uri, byte[] message) {
        return HttpRequest.newBuilder(uri)
                .header("content-type", "application/dns-message")
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofByteArray(message))
                .build();
    }

    private static HttpRequest get(URI uri, byte[] message) {
        return HttpRequest.newBuilder(URI.create(uri + "?dns=" + base64(message)))
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private static String base64(byte[] message) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(message);
    }

    private static byte[] query(String qname, int qtype) throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString(qname + "."), qtype, 1))
                .toWire();
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** Sends these octets and reads until the server ends the connection. */
    private static String rawExchange(TestServer server, String octets) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.server().port(Scheme.HTTPS))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            return latin(socket.getInputStream().readAllBytes());
        } catch (java.net.SocketException e) {
            // The server ended a connection that it had octets of unread.
            return "";
        }
    }
}
