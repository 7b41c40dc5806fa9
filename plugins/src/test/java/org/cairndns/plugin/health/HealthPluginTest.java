package org.cairndns.plugin.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthPluginTest {
    private final FakeServer server = new FakeServer();
    private final List<Duration> sleeps = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "health, 0.0.0.0:8080",
        "health :8091, 0.0.0.0:8091",
        "health localhost:8091, 127.0.0.1:8091",
        "health [::1]:8091, 0:0:0:0:0:0:0:1:8091",
    })
    void setup_address_pageSaysOk(String directive, String address) {
        assertThat(block(directive).problems()).isEmpty();

        assertThat(server.page(address + "/health").orElseThrow().status()).isEqualTo(200);
        assertThat(server.body(address + "/health")).isEqualTo("OK");
    }

    @Test
    void processStop_lameduck_waitsWhileThePageIsThere() {
        FakeBlock block = block("health {\n lameduck 5s\n}").start();
        block.stop();
        assertThat(sleeps).isEmpty();

        try (LogCapture log = new LogCapture()) {
            block.processStop();

            assertThat(log.lines()).containsExactly("INFO plugin/health: Going into lameduck mode for 5000 ms");
        }
        assertThat(sleeps).containsExactly(Duration.ofSeconds(5));
        assertThat(server.body("0.0.0.0:8080/health")).isEqualTo("OK");
    }

    @Test
    void processStop_noLameduck_doesNotWait() {
        block("health").start().processStop();

        assertThat(sleeps).isEmpty();
    }

    @Test
    void setup_severalOccurrences_lastOneHolds() {
        FakeBlock block = block("health :8090 {\n lameduck 5s\n}\nhealth :8091 {\n lameduck 7s\n}");
        block.processStop();

        assertThat(server.page("0.0.0.0:8090/health")).isEmpty();
        assertThat(server.page("0.0.0.0:8091/health")).isPresent();
        assertThat(sleeps).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void poll_anyFreePort_doesNotAsk() {
        block("health 127.0.0.1:0").start();

        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void poll_pageIsThere_durationEverySecondUntilClosed() throws Exception {
        HttpServer http = httpServer();
        http.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'O', 'K'});
            exchange.close();
        });
        try (LogCapture log = new LogCapture()) {
            FakeBlock block =
                    block("health 127.0.0.1:" + http.getAddress().getPort()).start();
            assertThat(server.metrics("coredns_health_request_failures_total"))
                    .containsExactly("coredns_health_request_failures_total 0.0");

            server.scheduler().advance(Duration.ofSeconds(2));

            assertThat(server.metrics("coredns_health_request_"))
                    .contains(
                            "coredns_health_request_duration_seconds_count 2",
                            "coredns_health_request_duration_seconds_bucket{le=\"2.5E-4\"} 2",
                            "coredns_health_request_duration_seconds_bucket{le=\"0.0025\"} 2",
                            "coredns_health_request_duration_seconds_bucket{le=\"0.025\"} 2",
                            "coredns_health_request_duration_seconds_bucket{le=\"0.25\"} 2",
                            "coredns_health_request_duration_seconds_bucket{le=\"2.5\"} 2",
                            "coredns_health_request_failures_total 0.0");
            assertThat(log.lines()).isEmpty();
            block.closeShared();
            assertThat(server.scheduler().waiting()).isZero();
        } finally {
            http.stop(0);
        }
    }

    @Test
    void poll_pageGone_failuresCountedAndLoggedOnce() throws Exception {
        HttpServer http = httpServer();
        int port = http.getAddress().getPort();
        http.stop(0);
        try (LogCapture log = new LogCapture()) {
            FakeBlock block = block("health 127.0.0.1:" + port).start();

            server.scheduler().advance(Duration.ofSeconds(3));

            assertThat(server.metrics("coredns_health_request_failures_total"))
                    .containsExactly("coredns_health_request_failures_total 3.0");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING plugin/health: Local health request to \"http://127.0.0.1:" + port
                            + "/health\" failed: ");
            block.closeShared();
        }
    }

    @Test
    void poll_slowPage_isLogged() throws Exception {
        HttpServer http = httpServer();
        http.createContext("/health", exchange -> {
            server.scheduler().pass(Duration.ofMillis(1_500));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        try (LogCapture log = new LogCapture()) {
            FakeBlock block =
                    block("health 127.0.0.1:" + http.getAddress().getPort()).start();

            server.scheduler().advance(Duration.ofSeconds(1));

            assertThat(log.lines()).singleElement().asString().endsWith("took 1.5 s");
            block.closeShared();
        } finally {
            http.stop(0);
        }
    }

    @Test
    void url_wildcardAndIpv6_areAskedOnLoopbackAndInBrackets() {
        assertThat(HealthPoll.url(new InetSocketAddress(8080), "/health")).hasToString("http://127.0.0.1:8080/health");
        assertThat(HealthPoll.url(new InetSocketAddress(InetAddress.ofLiteral("::1"), 8080), "/health"))
                .hasToString("http://[0:0:0:0:0:0:0:1]:8080/health");
    }

    @Test
    void setup_rejectedValues_areProblemsAtTheirPlace() {
        assertThat(block("health 8080").problems())
                .containsExactly("Corefile:2:8: bad value for 'health', expected an address with a port, such as :8080"
                        + " or [::1]:8080, got '8080'");
        assertThat(block("health :1 :2").problems())
                .containsExactly("Corefile:2:11: wrong number of arguments for 'health', expected 0 to 1, got 2");
        assertThat(block("health {\n lameduck 5\n}").problems())
                .containsExactly(
                        "Corefile:3:11: bad value for 'lameduck', expected a duration of at least 0s, got '5'");
        assertThat(block("health {\n lameduck\n}").problems())
                .containsExactly("Corefile:3:2: wrong number of arguments for 'lameduck', expected 1, got 0");
        assertThat(block("health {\n interval 5s\n}").problems())
                .containsExactly("Corefile:3:2: unknown property 'interval' of 'health', expected one of lameduck");
    }

    private static HttpServer httpServer() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        return http;
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ".:53 {\n" + directive + "\n}\n", new HealthPlugin(sleeps::add));
    }
}
