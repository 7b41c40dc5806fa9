package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.cairndns.acceptance.SeedApi.Endpoint;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.cairndns.testing.CountedDirectives;
import org.cairndns.testing.FreePort;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.MetricsText;
import org.cairndns.testing.MetricsText.Sample;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** The metrics after a load of all kinds: what dashboards and alerts ask for has data, and looks as CoreDNS's does. */
@ExtendWith(SeedCluster.Resolver.class)
class DashboardMetricsTest {
    private static final Map<String, double[]> BUCKETS = Map.of(
            "T", doubled(0.00025, 16),
            "P", doubled(0.001, 20),
            "S", new double[] {0.00025, 0.0025, 0.025, 0.25, 2.5},
            "B", new double[] {0, 100, 200, 300, 400, 511, 1023, 2047, 4095, 8291, 16e3, 32e3, 48e3, 64e3},
            "D", new double[] {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10});

    private static MetricsText metrics;

    private static double[] doubled(double first, int count) {
        return IntStream.range(0, count).mapToDouble(i -> first * (1 << i)).toArray();
    }

    @BeforeAll
    static void load(SeedCluster cluster, @TempDir Path work) throws Exception {
        SeedApi objects = cluster.objects();
        objects.namespace("measured");
        objects.headless("measured", "web", SeedApi.HTTP);
        objects.slice("measured", "web", "a", SeedApi.HTTP, List.of(Endpoint.of("10.4.0.1")));
        Path corefile = work.resolve("Corefile");
        try (UpstreamDouble upstream = new UpstreamDouble();
                DatagramSocket nobody = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            int dead = nobody.getLocalPort();
            nobody.close();
            upstream.does(ask -> UpstreamDouble.rcode(rcode(ask.qname())).answer(ask));
            String text = corefile(cluster, upstream, dead);
            Files.writeString(corefile, text);
            try (TestServer server = TestServer.startFile(corefile)) {
                Await.until("synced", () -> MetricsClient.page(server.server()).contains("\ncairn_kubernetes_synced{"));
                // A file that changed shows its hash.
                Files.writeString(corefile, text + "changed.example {\n    bind 127.0.0.1\n    whoami\n}\n");
                awaitSeries(server, "coredns_reload_version_info{", "");
                ask(server, upstream);
                String slice = "/apis/discovery.k8s.io/v1/namespaces/measured/endpointslices/web-a";
                cluster.api().patch(slice, """
                        {"metadata":{"annotations":{"endpoints.kubernetes.io/last-change-trigger-time":"%s"}},
                         "endpoints":[{"addresses":["10.4.0.2"],"conditions":{"ready":true}}]}""".formatted(Instant.now()));
                awaitSeries(server, "coredns_kubernetes_dns_programming_duration_seconds_bucket{", "");
                awaitSeries(server, "coredns_proxy_healthcheck_failures_total{", "");
                awaitSeries(server, "coredns_forward_healthcheck_broken_total ", "0.0");
                // The health page is asked for once a second.
                awaitSeries(server, "coredns_health_request_duration_seconds_count ", "0");
                metrics = MetricsText.parse(MetricsClient.page(server.server()));
            }
        }
    }

    /** Waits for a series that begins so, with another value, and asks dead upstreams meanwhile. */
    private static void awaitSeries(TestServer server, String start, String otherThan) throws Exception {
        Await.until(start, () -> {
            askDead(server);
            return MetricsClient.page(server.server())
                    .lines()
                    .anyMatch(line -> line.startsWith(start) && !line.equals(start + otherThan));
        });
    }

    private static int rcode(String qname) {
        return qname.startsWith("fail.") ? 2 : qname.startsWith("refused.") ? 5 : qname.startsWith("nx.") ? 3 : 0;
    }

    private static String corefile(SeedCluster cluster, UpstreamDouble upstream, int dead) throws IOException {
        String more = """
                health 127.0.0.1:%d
                reload 2s 0s
                """.formatted(FreePort.find());
        String counted = more + CountedDirectives.ANSWERS;
        return cluster.corefile(upstream, "pods verified", counted) + CountedDirectives.SIX_BLOCK + """
                dead.example {
                    bind 127.0.0.1
                    prometheus 127.0.0.1:0
                    forward . 127.0.0.1:%d {
                        health_check 20ms
                        max_fails 1
                    }
                }
                """.formatted(dead);
    }

    private static void ask(TestServer server, UpstreamDouble upstream) throws IOException {
        try (UdpClient udp = new UdpClient(server.port(), "127.0.0.9");
                TcpClient tcp = new TcpClient(server.port())) {
            for (String qname : List.of(
                    "redis.data.svc.cluster.local",
                    "nope.data.svc.cluster.local",
                    "svc-1-a.test-1.test-1.svc.cluster.local",
                    "host.example",
                    "localhost.example",
                    "ok.example.org",
                    "nx.example.org",
                    "refused.example.org",
                    "fail.example.org",
                    "acl.example",
                    "template.example",
                    "www.six.example")) {
                for (int i = 0; i < 2; i++) {
                    udp.ask(qname, "A");
                    udp.ask(qname, "AAAA");
                    tcp.ask(qname, "A");
                }
            }
            udp.ask("acl.example", "TXT");
            udp.send(Messages.query("acl.example", "MX"));
            Message dnssec = Messages.query("dual.data.svc.cluster.local", "A");
            dnssec.addRecord(new OPTRecord(1232, 0, 0, Flags.DO), Section.ADDITIONAL);
            udp.ask(dnssec);
            upstream.does(UpstreamDouble.address("198.51.100.7"));
            udp.ask("address.example.org", "A");
            udp.ask("address.example.org", "A");
        }
        askDead(server);
    }

    private static void askDead(TestServer server) throws IOException {
        try (UdpClient udp = new UdpClient(server.port())) {
            udp.ask("a.dead.example", "A");
        }
    }

    @Test
    void dashboards_everyQuery_hasData() {
        SoftAssertions softly = new SoftAssertions();
        List<String[]> rows = rows("dashboard-queries.txt");
        for (String[] row : rows) {
            Map<String, String> wanted = Arrays.stream(row[2].split(","))
                    .filter(part -> !part.isEmpty())
                    .map(part -> part.split("="))
                    .collect(Collectors.toMap(part -> part[0], part -> part[1]));
            List<Sample> found = metrics.named(row[1]).stream()
                    .filter(sample -> sample.labels().entrySet().containsAll(wanted.entrySet()))
                    .filter(sample -> sample.labels().keySet().containsAll(words(row[3])))
                    .toList();
            softly.assertThat(found).as(String.join(" | ", row)).isNotEmpty();
            // What did not happen is zero; all else has happened.
            if (!row[1].equals("coredns_panics_total") && !wanted.containsKey("le")) {
                softly.assertThat(found.stream().mapToDouble(Sample::value).sum())
                        .as("sum of " + String.join(" | ", row))
                        .isPositive();
            }
        }
        softly.assertAll();
        assertThat(rows).hasSizeGreaterThan(60);
    }

    @Test
    void metrics_ofCoreDns_haveItsTypesLabelsAndBuckets() {
        SoftAssertions softly = new SoftAssertions();
        for (String[] row : rows("coredns-metrics.txt")) {
            String name = row[0];
            softly.assertThat(metrics.types().get(name)).as("type of " + name).isEqualTo(row[1]);
            boolean histogram = row[1].equals("histogram");
            List<Sample> series = metrics.named(histogram ? name + "_bucket" : name);
            softly.assertThat(series).as(name).isNotEmpty();
            Set<String> labels = new TreeSet<>(words(row[2]));
            if (histogram) {
                labels.add("le");
            }
            for (Sample sample : series) {
                softly.assertThat(new TreeSet<>(sample.labels().keySet()))
                        .as("labels of " + name)
                        .isEqualTo(labels);
            }
            if (histogram) {
                softly.assertThat(bounds(series)).as("buckets of " + name).isEqualTo(expectedBounds(row[3]));
            }
        }
        softly.assertAll();
    }

    /** Bounds of the first histogram among the series, as they are written. */
    private static List<String> bounds(List<Sample> series) {
        return series.stream()
                .map(sample -> sample.labels().get("le"))
                .distinct()
                .toList();
    }

    /** Bounds as Go writes them. */
    private static List<String> expectedBounds(String set) {
        List<String> bounds = Arrays.stream(BUCKETS.get(set))
                .mapToObj(bound -> new java.math.BigDecimal(Double.toString(bound))
                        .stripTrailingZeros()
                        .toPlainString())
                .collect(Collectors.toList());
        bounds.add("+Inf");
        return bounds;
    }

    private static Set<String> words(String list) {
        return list.isEmpty() ? Set.of() : Set.of(list.split(","));
    }

    private static List<String[]> rows(String resource) {
        try (InputStream in =
                Objects.requireNonNull(DashboardMetricsTest.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> Arrays.stream(line.split("\\|", -1))
                            .map(String::strip)
                            .toArray(String[]::new))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(resource, e);
        }
    }
}
