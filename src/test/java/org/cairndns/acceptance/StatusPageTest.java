package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.MetricsText;
import org.cairndns.testing.StatusClient;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import tools.jackson.databind.JsonNode;

/** The status page of a whole server: its numbers are those of the metrics, and of what was asked. */
class StatusPageTest {
    private static final String COREFILE = """
            . {
                bind 127.0.0.1
                errors
                health 127.0.0.1:0
                ready 127.0.0.1:0
                prometheus 127.0.0.1:0
                cache 30
                forward . %s
            }
            dead.example {
                bind 127.0.0.1
                errors
                prometheus 127.0.0.1:0
                forward . 127.0.0.1:%d {
                    health_check 50ms
                }
            }
            """;

    @Test
    void numbers_areThoseOfMetricsAndQueries() throws Exception {
        try (UpstreamDouble upstream = new UpstreamDouble().does(UpstreamDouble.address("192.0.2.1"));
                TestServer server = TestServer.start(COREFILE.formatted(upstream.address(), deadPort()));
                StatusClient client = new StatusClient(server.server())) {
            int failed = 0;
            for (int i = 0; i < 25; i++) {
                Message answer = server.ask(i < 20 ? "www.example" : "fails.dead.example", "A");
                failed += answer.getRcode() == Rcode.SERVFAIL ? 1 : 0;
            }
            Await.until("down", () -> metric(server, "cairn_condition", "upstream_down") == 1);
            JsonNode status = client.status();

            assertThat(status.path("format").asInt()).isEqualTo(1);
            assertThat(status.path("queries_total").asInt()).isEqualTo(25);
            assertThat(status.path("queries_total").asDouble())
                    .isEqualTo(metric(server, "coredns_dns_requests_total", ""));
            assertThat(status.path("servfail_total").asInt()).isEqualTo(failed).isGreaterThanOrEqualTo(5);
            assertThat(status.path("servfail_total").asDouble())
                    .isEqualTo(metric(server, "coredns_dns_responses_total", "SERVFAIL"));
            assertThat(status.path("servfail_percent").asDouble()).isBetween(0.1, 100.0);
            assertThat(status.path("cache_hits_total").asInt()).isPositive();
            assertThat(status.path("cache_hits_total").asDouble())
                    .isEqualTo(metric(server, "coredns_cache_hits_total", ""));
            assertThat(status.path("cache_requests_total").asDouble())
                    .isEqualTo(metric(server, "coredns_cache_requests_total", ""));
            assertThat(status.path("cache_hit_percent").asDouble()).isBetween(0.1, 100.0);
            assertThat(status.path("cache_entries").asDouble()).isEqualTo(metric(server, "coredns_cache_entries", ""));
            assertThat(status.path("queries_per_second").asDouble()).isPositive();
            assertThat(status.path("latency_mean_ms").asDouble()).isPositive();
            assertThat(status.path("latency_p99_ms").asDouble())
                    .isGreaterThanOrEqualTo(status.path("latency_mean_ms").asDouble());
            lists(status, server, upstream);
        }
    }

    private static void lists(JsonNode status, TestServer server, UpstreamDouble upstream) throws Exception {
        assertThat(status.path("state").asString()).isEqualTo("degraded");
        assertThat(status.path("conditions").asInt()).isEqualTo(1);
        assertThat(texts(status.path("condition_list"), "condition")).containsExactly("upstream_down");
        assertThat(status.path("upstreams").asInt()).isEqualTo(2);
        assertThat(status.path("upstreams_up").asInt()).isEqualTo(1);
        assertThat(texts(status.path("upstream_list"), "address")).contains(upstream.address());
        assertThat(texts(status.path("upstream_list"), "zone")).containsExactlyInAnyOrder(".", "dead.example.");
        assertThat(texts(status.path("upstream_list"), "state")).containsExactlyInAnyOrder("up", "down");
        JsonNode good = StreamSupport.stream(status.path("upstream_list").spliterator(), false)
                .filter(item -> item.path("address").asString().equals(upstream.address()))
                .findFirst()
                .orElseThrow();
        assertThat(good.path("responses_total").asDouble())
                .isPositive()
                .isEqualTo(metric(server, "coredns_proxy_request_duration_seconds_count", upstream.address()));
        assertThat(texts(status.path("failure_list"), "rcode")).containsOnly("SERVFAIL");
        assertThat(status.path("failure_list").toString()).doesNotContain("fails.dead.example");
        JsonNode first = status.path("block_list").get(0);
        assertThat(first.path("zones").get(0).asString()).isEqualTo(".");
        assertThat(first.path("handlers").toString()).isEqualTo("[\"prometheus\",\"errors\",\"cache\",\"forward\"]");
        assertThat(status.path("block_list").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/status.json", "/status.css", "/status.js", "/status.svg"})
    void method_otherThanReading_isRefused(String path) throws Exception {
        try (TestServer server = TestServer.start(". {\n bind 127.0.0.1\n health 127.0.0.1:0\n whoami\n}\n");
                StatusClient client = new StatusClient(server.server())) {
            for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
                HttpResponse<String> refused = client.request(method, path);
                assertThat(refused.statusCode()).isEqualTo(405);
                assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
            }
            HttpResponse<String> head = client.request("HEAD", path);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'self';");
            assertThat(client.request("GET", path).body()).isNotEmpty();
        }
    }

    @Test
    void health_staysAsItIsWhateverTheMethod() throws Exception {
        try (TestServer server = TestServer.start(". {\n bind 127.0.0.1\n health 127.0.0.1:0\n whoami\n}\n");
                StatusClient client = new StatusClient(server.server())) {
            for (String method : List.of("GET", "POST")) {
                assertThat(client.request(method, "/health").statusCode()).isEqualTo(200);
                assertThat(client.request(method, "/health").body()).isEqualTo("OK");
            }
            assertThat(client.request("GET", "/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void status_off_isNotThere() throws Exception {
        String corefile = ". {\n bind 127.0.0.1\n health 127.0.0.1:0 {\n status off\n }\n whoami\n}\n";
        try (TestServer server = TestServer.start(corefile);
                StatusClient client = new StatusClient(server.server())) {
            assertThat(client.request("GET", "/health").body()).isEqualTo("OK");
            assertThat(client.request("GET", "/status").statusCode()).isEqualTo(404);
            assertThat(client.request("GET", "/status.json").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void reloads_areToldAndKeepWhatIsRemembered(@TempDir Path work) throws Exception {
        Path corefile = work.resolve("Corefile");
        String good = ". {\n bind 127.0.0.1\n health 127.0.0.1:0\n prometheus 127.0.0.1:0\n whoami\n}\n";
        Files.writeString(corefile, good);
        try (TestServer server = TestServer.startAnyhow(corefile, Optional.empty());
                StatusClient client = new StatusClient(server.server())) {
            server.ask("before.example", "A");
            String first = client.status().path("configuration_hash").asString();
            Files.writeString(
                    corefile, good + "more.example {\n bind 127.0.0.1\n prometheus 127.0.0.1:0\n whoami\n}\n");
            assertThat(server.server().reload()).isTrue();

            Await.until("reloaded", () -> client.status().path("reloads_total").asInt() == 1);
            assertThat(client.status().path("configuration_hash").asString()).isNotEqualTo(first);
            assertThat(client.status().path("block_list").size()).isEqualTo(2);
            assertThat(client.status().path("queries_total").asInt()).isEqualTo(1);

            Files.writeString(corefile, "nonsense {");
            assertThat(server.server().reload()).isFalse();
            Await.until(
                    "refused",
                    () -> client.status().path("reload_state").asString().equals("refused"));
            assertThat(client.status().path("reload_failures_total").asInt()).isEqualTo(1);
            assertThat(client.status().path("state").asString()).isEqualTo("degraded");
        }
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.path(field).asString())
                .toList();
    }

    /** Sum of the series of a metric that have a label with this value. */
    private static double metric(TestServer server, String name, String label) throws Exception {
        return MetricsText.parse(MetricsClient.page(server.server())).named(name).stream()
                .filter(sample -> label.isEmpty() || sample.labels().containsValue(label))
                .mapToDouble(MetricsText.Sample::value)
                .sum();
    }

    private static int deadPort() throws Exception {
        try (DatagramSocket nobody = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            return nobody.getLocalPort();
        }
    }
}
