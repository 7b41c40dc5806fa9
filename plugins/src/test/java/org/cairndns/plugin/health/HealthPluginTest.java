package org.cairndns.plugin.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.cairndns.plugin.spi.Drain;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthPluginTest {
    private final FakeServer server = new FakeServer();

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
    void page_ofAProcessThatHasLostAPart_fails() {
        assertThat(block("health").problems()).isEmpty();
        server.loss("1 of 2 event loops ended by a failure");

        assertThat(server.page("0.0.0.0:8080/health").orElseThrow().status()).isEqualTo(503);
        assertThat(server.body("0.0.0.0:8080/health")).isEqualTo("1 of 2 event loops ended by a failure");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                    | PT0S | PT2S | PT8S",
                "lameduck 0s                         | PT0S | PT2S | PT8S",
                "lameduck 5s                         | PT5S | PT2S | PT20S",
                "lameduck 25s                        | PT25S | PT2S | PT25S",
                "lameduck 5s; quiet 6s               | PT5S | PT6S | PT20S",
                "lameduck 5s; quiet 0s               | PT5S | PT0S | PT20S",
                "drain_limit 12s; lameduck 5s        | PT5S | PT2S | PT12S",
                "lameduck 5s; drain_limit 3s         | PT5S | PT2S | PT5S",
                "drain_limit 12s                     | PT0S | PT2S | PT12S",
            })
    void drain_properties_leastQuietMost(String properties, Duration atLeast, Duration quiet, Duration atMost) {
        String lines = properties == null ? "" : properties.replace(";", "\n");
        FakeBlock block = block("health {\n" + lines + "\n}");

        assertThat(block.problems()).isEmpty();
        assertThat(block.drain()).isEqualTo(new Drain(atLeast, quiet, atMost));
    }

    @Test
    void setup_severalOccurrences_lastOneHolds() {
        FakeBlock block = block("health :8090 {\n lameduck 5s\n}\nhealth :8091 {\n lameduck 7s\n}");

        assertThat(server.page("0.0.0.0:8090/health")).isEmpty();
        assertThat(server.page("0.0.0.0:8091/health")).isPresent();
        assertThat(block.drain().atLeast()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void poll_anyFreePort_doesNotAsk() {
        block("health 127.0.0.1:0 {\n status off\n}").start();

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
    void poll_pageOpensAMomentLater_isNotLogged() throws Exception {
        HttpServer http = httpServer();
        int port = http.getAddress().getPort();
        http.stop(0);
        try (LogCapture log = new LogCapture()) {
            FakeBlock block = block("health 127.0.0.1:" + port).start();

            server.scheduler().advance(Duration.ofSeconds(1));

            assertThat(server.metrics("coredns_health_request_failures_total"))
                    .containsExactly("coredns_health_request_failures_total 1.0");
            assertThat(log.lines()).isEmpty();
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
                .containsExactly("Corefile:3:2: unknown property 'interval' of 'health', expected one of lameduck,"
                        + " quiet, drain_limit, status");
    }

    private static HttpServer httpServer() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        return http;
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ".:53 {\n" + directive + "\n}\n", new HealthPlugin());
    }
}
