package org.cairndns.clients;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Prometheus finds its targets by DNS, all of them, and scrapes Cairn. */
@ExtendWith(SharedHomelab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrometheusClientTest {
    private static final String NAMESPACE = "monitoring";
    private static final String PROMETHEUS = "http://10.1.0.50:9090";
    private static final String PORT = "metrics:9100";

    /** Far more than fit into a datagram. */
    private static final int NODES = 200;

    private static final Pattern TARGET = Pattern.compile("\"scrapeUrl\":\"http://([^\"]*)/metrics\"");

    private static final String CONFIG = """
            global: {scrape_interval: 1s, scrape_timeout: 1s}
            scrape_configs:
            - job_name: cairn
              dns_sd_configs:
              - {names: [_metrics._tcp.kube-dns.kube-system.svc.cluster.local], refresh_interval: 1s}
            - job_name: nodes-by-srv
              scrape_interval: 1h
              dns_sd_configs:
              - {names: [_metrics._tcp.node-exporter.monitoring.svc.cluster.local], refresh_interval: 1s}
            - job_name: nodes-by-a
              scrape_interval: 1h
              dns_sd_configs:
              - {names: [node-exporter], type: A, port: 9100, refresh_interval: 1s}
            """;

    private static Workload workload;
    private static HomelabObjects objects;
    private static Pod client;

    @BeforeAll
    static void start(Homelab homelab) throws Exception {
        Workload.needs("prometheus", "prometheus");
        Workload.needs("curl", "curl");
        workload = Workload.in(homelab);
        objects = homelab.objects();
        objects.service(NAMESPACE, "node-exporter", "None", PORT);
        nodesAre(IntStream.rangeClosed(1, NODES));
        Pod pod = workload.pod(NAMESPACE, "prometheus-0", "10.1.0.50");
        workload.start(
                pod,
                "prometheus",
                "--config.file=" + workload.file("prometheus.yml", CONFIG),
                "--storage.tsdb.path=" + workload.path("prometheus"),
                "--web.listen-address=:9090");
        client = workload.pod(NAMESPACE, "dashboard-0", "10.1.0.59");
    }

    @AfterAll
    static void stop() throws Exception {
        if (workload != null) {
            objects.delete(NAMESPACE, "node-exporter");
            workload.close();
        }
    }

    private static void nodesAre(IntStream nodes) throws IOException {
        objects.endpoints(
                NAMESPACE,
                "node-exporter",
                nodes.mapToObj(i -> Endpoint.named("10.1.8." + i, "node-" + i)).toList(),
                PORT);
    }

    private static Set<String> targets(String job) throws Exception {
        return TARGET.matcher(client.run("curl", "-s", PROMETHEUS + "/api/v1/targets?state=active&scrapePool=" + job)
                        .output())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> byName(IntStream nodes) {
        return nodes.mapToObj(i -> "node-" + i + ".node-exporter.monitoring.svc.cluster.local:9100")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> byAddress(IntStream nodes) {
        return nodes.mapToObj(i -> "10.1.8." + i + ":9100").collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @Order(1)
    void cairn_isFoundAndScraped() throws Exception {
        String cairn = "kube-dns.kube-system.svc.cluster.local:9153";

        workload.await("Cairn is a target", () -> targets("cairn").equals(Set.of(cairn)));
        workload.await("it is up", () -> query("up{job=\"cairn\"} == 1").contains(cairn));
        workload.await(
                "its queries are counted",
                () -> query("coredns_dns_requests_total{type=\"SRV\"} > 0").contains(cairn));
    }

    private static String query(String expression) throws Exception {
        return client.run("curl", "-sG", PROMETHEUS + "/api/v1/query", "--data-urlencode", "query=" + expression)
                .output();
    }

    @Test
    @Order(2)
    void targets_areAllThereAndFollowTheEndpoints() throws Exception {
        workload.await("all by SRV", () -> targets("nodes-by-srv").equals(byName(IntStream.rangeClosed(1, NODES))));
        workload.await("all by A", () -> targets("nodes-by-a").equals(byAddress(IntStream.rangeClosed(1, NODES))));

        nodesAre(IntStream.rangeClosed(NODES / 2, NODES + 10));

        workload.await(
                "others by SRV",
                () -> targets("nodes-by-srv").equals(byName(IntStream.rangeClosed(NODES / 2, NODES + 10))));
        workload.await(
                "others by A",
                () -> targets("nodes-by-a").equals(byAddress(IntStream.rangeClosed(NODES / 2, NODES + 10))));
    }
}
