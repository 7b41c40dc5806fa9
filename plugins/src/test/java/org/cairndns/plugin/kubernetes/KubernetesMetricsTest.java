package org.cairndns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cairndns.kubernetes.ServiceKind;
import org.cairndns.kubernetes.testing.ApiServerDouble;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesMetricsTest {
    private final FakeServer server = new FakeServer();

    @Test
    void sliceVisible_eachKind_observedUnderItsLabelInBucketsOfCoreDns() {
        KubernetesMetrics metrics = new KubernetesMetrics(server.meters());
        metrics.sliceVisible(ServiceKind.CLUSTER_IP, 3);
        metrics.sliceVisible(ServiceKind.HEADLESS, 1500);
        metrics.sliceVisible(ServiceKind.EXTERNAL_NAME, 7);

        String name = "coredns_kubernetes_dns_programming_duration_seconds";
        assertThat(server.metrics(name + "_count"))
                .containsExactlyInAnyOrder(
                        name + "_count{service_kind=\"cluster_ip\"} 1",
                        name + "_count{service_kind=\"headless_with_selector\"} 1");
        assertThat(server.metrics(name + "_bucket{service_kind=\"cluster_ip\""))
                .hasSize(21)
                .contains(name + "_bucket{service_kind=\"cluster_ip\",le=\"0.002\"} 0")
                .contains(name + "_bucket{service_kind=\"cluster_ip\",le=\"0.004\"} 1")
                .contains(name + "_bucket{service_kind=\"cluster_ip\",le=\"524.288\"} 1");
    }

    @Test
    void requestDone_answered_countedByCodeMethodAndHost() {
        new KubernetesMetrics(server.meters()).requestDone("GET", "10.0.0.1:443", "200", 20_000_000);
        new KubernetesMetrics(server.meters()).requestDone("GET", "10.0.0.1:443", "<error>", 20_000_000);

        String client = "coredns_kubernetes_rest_client_";
        assertThat(server.metrics(client + "requests_total"))
                .containsExactlyInAnyOrder(
                        client + "requests_total{code=\"200\",host=\"10.0.0.1:443\",method=\"GET\"} 1.0",
                        client + "requests_total{code=\"<error>\",host=\"10.0.0.1:443\",method=\"GET\"} 1.0");
        for (String duration : List.of("request_duration_seconds", "rate_limiter_duration_seconds")) {
            assertThat(server.metrics(client + duration + "_bucket"))
                    .hasSize(12)
                    .contains(client + duration + "_bucket{host=\"10.0.0.1:443\",verb=\"GET\",le=\"0.025\"} 2")
                    .contains(client + duration + "_bucket{host=\"10.0.0.1:443\",verb=\"GET\",le=\"10.0\"} 2");
        }
        assertThat(server.metrics(client + "request_duration_seconds_bucket"))
                .contains(client + "request_duration_seconds_bucket{host=\"10.0.0.1:443\",verb=\"GET\",le=\"0.01\"} 0");
    }

    @Test
    void gauges_runningCluster_showObjectsAgesAndSync(@TempDir Path folder) throws Exception {
        try (ApiServerDouble api = ApiServerDouble.start(Files.createDirectory(folder.resolve("api")))) {
            FakeBlock block = new FakeBlock(
                            server,
                            "cluster.local {\nkubernetes {\nkubeconfig " + api.kubeconfig() + "\n}\n}",
                            new KubernetesPlugin())
                    .start();
            Await.until("synced", block::isReady);

            String source = "source=\"kubeconfig " + api.kubeconfig() + "\"";
            assertThat(server.metrics("cairn_kubernetes_synced"))
                    .containsExactly("cairn_kubernetes_synced{" + source + "} 1.0");
            assertThat(server.metrics("cairn_kubernetes_objects"))
                    .containsExactlyInAnyOrder(
                            "cairn_kubernetes_objects{kind=\"namespace\"," + source + "} 1.0",
                            "cairn_kubernetes_objects{kind=\"service\"," + source + "} 0.0",
                            "cairn_kubernetes_objects{kind=\"endpoint_slice\"," + source + "} 0.0");
            assertThat(server.metrics("cairn_kubernetes_last_event_age_seconds"))
                    .hasSize(3);
            assertThat(server.metrics("cairn_kubernetes_reconnects_total"))
                    .contains("cairn_kubernetes_reconnects_total{kind=\"service\"," + source + "} 0.0");
            assertThat(server.metrics("cairn_kubernetes_divergence_total"))
                    .contains("cairn_kubernetes_divergence_total{kind=\"service\"," + source + "} 0.0");
            assertThat(server.metrics("cairn_kubernetes_audits_total")).hasSize(3);
            String stale = "cairn_kubernetes_stale{kind=\"service\"," + source + "} ";
            Await.until(
                    "watching", () -> server.metrics("cairn_kubernetes_stale").contains(stale + "0.0"));
            api.kill();
            Await.until("stale", () -> server.metrics("cairn_kubernetes_stale").contains(stale + "1.0"));
            block.closeShared();
        }
    }
}
