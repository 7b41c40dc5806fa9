package org.cairndns.plugin.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import org.cairndns.plugin.loadbalance.LoadbalancePlugin;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ServerControl.EnabledPlugin;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusPluginTest {
    private final FakeServer server = new FakeServer();

    @ParameterizedTest
    @CsvSource({
        "prometheus, 127.0.0.1:9153",
        "prometheus :9253, 0.0.0.0:9253",
        "prometheus 127.0.0.2:9153, 127.0.0.2:9153",
        "prometheus localhost:0, 127.0.0.1:0",
    })
    void setup_address_pageIsServedThere(String directive, String address) {
        FakeBlock block = block(directive);

        assertThat(block.problems()).isEmpty();
        assertThat(server.page(address + "/metrics")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prometheus here | Corefile:2:12: bad value for 'prometheus', expected an address with a port, such as"
                        + " :8080 or [::1]:8080, got 'here'",
                "prometheus metrics.example:9153 | Corefile:2:12: bad value for 'prometheus', expected an IP address,"
                        + " 'localhost' or nothing in front of the port, got 'metrics.example'",
                "prometheus :1 :2 | Corefile:2:15: wrong number of arguments for 'prometheus', expected 0 to 1, got 2",
                "prometheus { tls web.yaml } | Corefile:3:1: 'tls' is not supported, expected plain HTTP on an address"
                        + " that only Prometheus reaches",
                "prometheus { runtime_metrics yes } | Corefile:3:17: wrong number of arguments for 'runtime_metrics',"
                        + " expected none, got 1",
                "prometheus { histograms } | Corefile:3:1: unknown property 'histograms' of 'prometheus', expected one"
                        + " of runtime_metrics, aliases, tls",
                "prometheus { aliases no } | Corefile:3:9: bad value for 'aliases', expected one of on, off, got 'no', did"
                        + " you mean 'on'?",
                "prometheus { aliases } | Corefile:3:1: wrong number of arguments for 'aliases', expected 1, got 0",
                "prometheus } prometheus | Corefile:3:1: 'prometheus' given twice, expected once per server block",
            })
    void setup_rejectedValue_isAProblemAtItsPlace(String directive, String problem) {
        String lines = directive.replace("} ", "\n").replace("{ ", "{\n").replace(" }", "\n}");

        assertThat(block(lines).problems()).containsExactly(problem);
    }

    @Test
    void page_started_showsBuildPluginsPanicsAndProcess() {
        server.enabledPlugins().add(new EnabledPlugin("dns://:53", ".", "", "errors"));
        block("prometheus");

        Page page = server.page("127.0.0.1:9153/metrics").orElseThrow();

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.contentType()).startsWith("text/plain; version=0.0.4");
        assertThat(server.body("127.0.0.1:9153/metrics").lines())
                .contains(
                        "coredns_build_info{goversion=\"java25\",revision=\"\",version=\"development\"} 1.0",
                        "coredns_plugin_enabled{name=\"errors\",server=\"dns://:53\",view=\"\",zone=\".\"} 1.0",
                        "coredns_panics_total 0.0")
                .anyMatch(line -> line.startsWith("process_cpu_seconds_total "))
                .anyMatch(line -> line.startsWith("process_resident_memory_bytes "))
                .anyMatch(line -> line.startsWith("process_open_fds "))
                .anyMatch(line -> line.startsWith("cairn_memory_limit_octets "))
                .anyMatch(line -> line.startsWith("process_start_time_seconds "))
                .anyMatch(line -> line.startsWith("jvm_threads_current "))
                .noneMatch(line -> line.startsWith("jvm_classes_loaded"));
    }

    @Test
    void page_runtimeMetrics_showsMoreOfTheJvm() {
        block("prometheus {\n runtime_metrics\n}");

        assertThat(server.body("127.0.0.1:9153/metrics").lines())
                .anyMatch(line -> line.startsWith("jvm_classes_currently_loaded "));
    }

    @Test
    void page_aliasesOnOrOff_showsFormerNamesOrNot() {
        server.meters().aliases().register(new CollectorOfOne("coredns_former_total"));
        block("prometheus 127.0.0.2:1");
        block("prometheus 127.0.0.2:2 {\n aliases on\n}");
        block("prometheus 127.0.0.2:3 {\n aliases off\n}");

        for (int port : new int[] {1, 2}) {
            assertThat(server.body("127.0.0.2:" + port + "/metrics").lines())
                    .contains("coredns_former_total 7.0")
                    .anyMatch(line -> line.startsWith("go_goroutines "));
        }
        assertThat(server.body("127.0.0.2:3/metrics").lines())
                .noneMatch(line -> line.contains("coredns_former_total") || line.contains("go_goroutines"))
                .anyMatch(line -> line.startsWith("coredns_build_info{"));
    }

    /** A counter at seven. */
    private record CollectorOfOne(String name) implements Collector {
        @Override
        public MetricSnapshot collect() {
            return CounterSnapshot.builder()
                    .name(name)
                    .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                            .value(7)
                            .build())
                    .build();
        }
    }

    @Test
    void page_wholeBounds_areWrittenAsGoDoes() {
        FakeBlock block = block("prometheus");
        block.chain(query -> new Reply.Answered(Response.bare(Rcode.NOERROR))).handle(Queries.of("a.example.", "A"));

        assertThat(server.body("127.0.0.1:9153/metrics").lines())
                .anyMatch(line -> line.contains("le=\"100\"}"))
                .anyMatch(line -> line.contains("le=\"16000\"}"))
                .anyMatch(line -> line.contains("le=\"0.00025\"}"))
                .noneMatch(line -> line.contains("le=\"100.0\"}"));
    }

    @Test
    void handler_otherHandlerBelow_isThePluginOfWrittenResponses() {
        FakeBlock block = new FakeBlock(
                server, ".:53 {\nprometheus\nloadbalance\n}\n", new PrometheusPlugin(), new LoadbalancePlugin());
        block.chain(query -> new Reply.Answered(Response.bare(Rcode.NOERROR))).handle(Queries.of("a.example.", "A"));
        block.chain(query -> new Reply.Failed(Rcode.SERVFAIL, "")).handle(Queries.of("a.example.", "A"));

        assertThat(server.metrics("coredns_dns_responses_total"))
                .containsExactlyInAnyOrder(
                        "coredns_dns_responses_total{plugin=\"loadbalance\",rcode=\"NOERROR\",server=\"dns://:53\","
                                + "view=\"\",zone=\".\"} 1.0",
                        "coredns_dns_responses_total{plugin=\"\",rcode=\"SERVFAIL\",server=\"dns://:53\","
                                + "view=\"\",zone=\".\"} 1.0");
    }

    @Test
    void setup_twoBlocks_shareCounters() {
        for (int i = 0; i < 2; i++) {
            FakeBlock block = block("prometheus");
            assertThat(block.problems()).isEmpty();
            block.chain(query -> Reply.Dropped.INSTANCE).handle(Queries.of("a.example.", "A"));
        }

        assertThat(server.metrics("coredns_dns_requests_total"))
                .singleElement()
                .asString()
                .endsWith(" 2.0");
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ".:53 {\n" + directive + "\n}\n", new PrometheusPlugin());
    }
}
