package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.DohDouble;
import org.cairndns.plugin.testing.LoopServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.plugin.testing.TestCertificate;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.cairndns.wire.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Upstreams over HTTPS (RFC 8484) whose certificate is for {@code dns.example}. */
class DohUpstreamTest {
    private static TestCertificate certificate;

    private final ForwardFixture forward = new ForwardFixture();
    private DohDouble upstream = new DohDouble(certificate);

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        certificate = TestCertificate.make(directory);
    }

    @AfterEach
    void close() throws Exception {
        forward.close();
        upstream.close();
    }

    private ForwardFixture with(String options) {
        return forward.with("forward . https://" + upstream.address() + " {;tls " + certificate.authorities()
                + ";tls_servername dns.example;" + (options.contains("read_timeout") ? "" : "read_timeout 1m;")
                + options
                + "}");
    }

    @ParameterizedTest
    @CsvSource({"doh_method GET;, GET", "doh_method POST;, POST", "'', POST"})
    void handle_query_isARequestAsRfc8484Has(String option, String method) {
        with(option);

        assertThat(forward.addressOf("a.example.")).isEqualTo("10.0.0.1");

        DohDouble.Request request = upstream.requests().getFirst();
        Http2Headers headers = request.headers();
        assertThat(headers.method()).hasToString(method);
        assertThat(headers.scheme()).hasToString("https");
        assertThat(headers.authority()).hasToString("dns.example:" + port());
        assertThat(headers.path().toString()).matches("/dns-query" + (method.equals("GET") ? "\\?dns=[\\w-]+" : ""));
        assertThat(headers.get("accept")).hasToString("application/dns-message");
        if (method.equals("POST")) {
            assertThat(headers.get("content-type")).hasToString("application/dns-message");
            assertThat(headers.get("content-length")).hasToString("" + request.message().length);
        }
        assertThat(request.query().getHeader().getID()).isZero();
        assertThat(request.query().getQuestion().getName()).hasToString("a.example.");
    }

    private String port() {
        return upstream.address().substring(upstream.address().indexOf(':') + 1);
    }

    @Test
    void handle_manyQueries_areStreamsOfOneConnection() {
        List<DohDouble.Request> waiting = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(40);
        upstream.does(request -> {
            waiting.add(request);
            all.countDown();
            if (all.getCount() == 0) {
                // The last one first.
                waiting.reversed().forEach(DohDouble.answered(UpstreamDouble.address("10.0.0.2"))::answer);
            }
        });
        // A check, because they are all late, would be a connection of its own.
        with("max_fails 0;");

        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            replies.add(forward.begin(Queries.of("n" + i + ".example.", "A")));
        }

        replies.forEach(reply -> assertThat(LoopServer.await(reply)).isInstanceOf(Reply.Answered.class));
        assertThat(upstream.accepted()).isEqualTo(1);
        assertThat(forward.metric("coredns_proxy_conn_cache_misses_total", "https"))
                .isEqualTo(1);
        assertThat(forward.metric("coredns_proxy_conn_cache_hits_total", "https"))
                .isEqualTo(39);
        assertThat(forward.metric("coredns_proxy_request_duration_seconds_count", "NOERROR"))
                .isEqualTo(40);
    }

    @Test
    void handle_moreQueriesThanTheServerTakes_waitForTheirTurn() {
        upstream.close();
        upstream = new DohDouble(certificate, List.of("h2"), 2);
        with("");

        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            replies.add(forward.begin(Queries.of("n" + i + ".example.", "A")));
        }

        replies.forEach(reply -> assertThat(LoopServer.await(reply)).isInstanceOf(Reply.Answered.class));
    }

    @Test
    void handle_responseInPieces_isPutTogether() {
        upstream.does(request -> DohDouble.answered(ask -> UpstreamDouble.address("10.0.0.3")
                        .answer(new UpstreamDouble.Ask(ask.query(), true, 0, message -> {
                            byte[] head = Arrays.copyOf(message, 7);
                            byte[] tail = Arrays.copyOfRange(message, 7, message.length);
                            request.sender().send("200", "application/dns-message; x=y", head, new byte[0], tail);
                        })))
                .answer(request));
        with("");

        assertThat(forward.addressOf("a.example.")).isEqualTo("10.0.0.3");
    }

    @Test
    void handle_errorResponse_isTheReply() {
        upstream.does(DohDouble.answered(UpstreamDouble.rcode(3)));
        with("");
        Query query = Queries.of("a.example.", "A");

        assertThat(Queries.render(query, forward.ask(query)).getRcode()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    503 | application/dns-message | HTTP status 503
                    301 | application/dns-message | HTTP status 301
                    200 | text/html               | content of type text/html instead of application/dns-message
                    """)
    void handle_noDnsMessage_isAFailureWithItsReason(String status, String type, String reason) {
        upstream.does(request -> request.sender().send(status, type, new byte[100]));
        with("max_fails 0;");

        assertThat(forward.ask("a.example."))
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(upstream.address() + ": https: " + reason));
    }

    @Test
    void handle_responseLongerThanAMessage_isAFailure() {
        upstream.does(
                request -> request.sender().send("200", "application/dns-message", new byte[40_000], new byte[30_000]));
        with("max_fails 0;");

        assertThat(forward.ask("a.example."))
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.reason()).contains("more than 65535 octets"));

        upstream.does(DohDouble.answered(UpstreamDouble.address("10.0.0.1")));
        assertThat(forward.addressOf("b.example.")).isEqualTo("10.0.0.1");
        assertThat(upstream.accepted()).isEqualTo(1);
    }

    @Test
    void handle_responseToAnotherQuestion_isAFailure() throws Exception {
        Record other = Record.newRecord(Name.fromString("other.example."), Type.A, DClass.IN);
        upstream.does(DohDouble.answered(UpstreamDouble.otherQuestion(other)));
        with("max_fails 0;");

        assertThat(forward.ask("a.example.")).isInstanceOf(Reply.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void handle_requestThatWasNotLookedAt_goesOutAgainOnAnotherConnection(boolean refused) {
        with("max_connect_attempts 1;");
        forward.addressOf("first.example.");
        AtomicInteger count = new AtomicInteger();
        upstream.does(request -> {
            if (count.incrementAndGet() > 1) {
                DohDouble.answered(UpstreamDouble.address("10.0.0.4")).answer(request);
            } else if (refused) {
                request.sender().reset(Http2Error.REFUSED_STREAM);
            } else {
                request.sender().close();
            }
        });

        assertThat(forward.addressOf("a.example.")).isEqualTo("10.0.0.4");
        assertThat(upstream.accepted()).isEqualTo(2);
    }

    @Test
    void connection_thatTheServerWantsToEnd_takesNoMoreQueries() {
        upstream.does(request -> {
            request.sender().goAway();
            DohDouble.answered(UpstreamDouble.address("10.0.0.5")).answer(request);
        });
        with("max_connect_attempts 1;");

        assertThat(forward.addressOf("a.example.")).isEqualTo("10.0.0.5");
        assertThat(forward.addressOf("b.example.")).isEqualTo("10.0.0.5");

        assertThat(upstream.accepted()).isEqualTo(2);
    }

    @Test
    void handle_stillUpstream_isLeftAfterTheReadTimeout() {
        upstream.does(request -> {});
        with("read_timeout 200ms;max_connect_attempts 1;max_fails 0;");

        assertThat(forward.ask("a.example."))
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.reason()).contains("no response over https within"));
    }

    @Test
    void handle_serverWithoutHttp2_isAFailureThatSaysSo() {
        upstream.close();
        upstream = new DohDouble(certificate, List.of("http/1.1"), 100);
        with("max_fails 0;");

        assertThat(forward.ask("a.example."))
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.reason()).contains("https: the upstream does not speak HTTP/2"));
    }

    @Test
    void connection_onWhichNothingComesBehindTls_isClosed() {
        upstream.close();
        upstream = new DohDouble(certificate, List.of("h2"), 0);
        with("read_timeout 200ms;max_connect_attempts 1;max_fails 0;");

        assertThat(forward.ask("a.example.")).isInstanceOf(Reply.Failed.class);

        assertThat(upstream.accepted()).isPositive();
        Await.until("the connection is closed", () -> upstream.connected() == 0);
    }

    @Test
    void handle_otherServerName_isAFailure() {
        forward.with("forward . https://" + upstream.address() + "  {;tls " + certificate.authorities()
                + ";tls_servername other.example;max_fails 0;}");

        assertThat(forward.ask("a.example.")).isInstanceOf(Reply.Failed.class);
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void upstream_afterAFailure_isCheckedOverHttps() {
        CountDownLatch checked = new CountDownLatch(1);
        upstream.does(request -> {
            if (request.query().getQuestion().getType() == Type.NS) {
                checked.countDown();
                DohDouble.answered(UpstreamDouble.rcode(5)).answer(request);
            } else {
                request.sender().send("500", "text/plain");
            }
        });
        with("health_check 10ms;");

        assertThat(forward.ask("a.example.")).isInstanceOf(Reply.Failed.class);
        Await.until("the check came", () -> checked.getCount() == 0);
    }

    @Test
    void connection_idleLongerThanExpire_isClosed() {
        with("expire 10ms;");
        forward.addressOf("a.example.");

        Await.until("the connection is closed", () -> upstream.connected() == 0);
    }
}
