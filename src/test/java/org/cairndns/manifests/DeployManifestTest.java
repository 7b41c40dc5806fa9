package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.CorefileParser;
import org.cairndns.corefile.CorefileSource;
import org.cairndns.corefile.Problem;
import org.cairndns.rules.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a cluster is given keeps the names, labels, ports and paths that stand there today.
 *
 * <p>The rendered overlays are checked where {@code kubectl} is installed.
 */
class DeployManifestTest {
    private static final Path FOLDER = Project.root().resolve("deploy/k8s");

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/microk8s", "overlays/kubeadm"})
    void rendered_selectors_matchThePodsLabels(String overlay) {
        Manifests manifests = rendered(overlay);
        Map<String, Object> labels = manifests.map("Deployment", "spec.template.metadata.labels");

        // The selector of a Deployment that runs already cannot be changed.
        assertThat(manifests.map("Deployment", "spec.selector.matchLabels")).containsOnly(entry("k8s-app", "kube-dns"));
        assertThat(labels).containsAllEntriesOf(manifests.map("Deployment", "spec.selector.matchLabels"));
        assertThat(labels).containsAllEntriesOf(manifests.map("Service", "spec.selector"));
        assertThat(labels).containsAllEntriesOf(manifests.map("PodDisruptionBudget", "spec.selector.matchLabels"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/microk8s", "overlays/kubeadm"})
    void rendered_names_areThoseOfTheServerItReplaces(String overlay) {
        Manifests manifests = rendered(overlay);

        assertThat(manifests.name("Deployment")).isEqualTo("coredns");
        assertThat(manifests.name("ConfigMap")).isEqualTo("coredns");
        assertThat(manifests.name("ServiceAccount")).isEqualTo("coredns");
        assertThat(manifests.name("Service")).isEqualTo("kube-dns");
        assertThat(manifests.map("Service", "metadata.labels"))
                .contains(entry("k8s-app", "kube-dns"), entry("kubernetes.io/cluster-service", "true"));
        assertThat(manifests.map("Service", "metadata.annotations"))
                .contains(entry("prometheus.io/scrape", "true"), entry("prometheus.io/port", "9153"));
        for (String kind : List.of("Deployment", "Service", "ConfigMap", "ServiceAccount", "PodDisruptionBudget")) {
            assertThat(manifests.text(kind, "metadata.namespace")).as(kind).isEqualTo("kube-system");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/microk8s", "overlays/kubeadm"})
    void rendered_container_hasPortsProbesAndNoRights(String overlay) {
        Manifests manifests = rendered(overlay);
        Map<String, Object> container =
                manifests.list("Deployment", "spec.template.spec.containers").getFirst();

        assertThat(container).containsEntry("name", "coredns");
        assertThat(container).containsEntry("args", List.of("-conf", "/etc/coredns/Corefile"));
        assertThat(ports(Yaml.maps(container, "ports"), "containerPort"))
                .containsExactly(
                        "dns 53/UDP",
                        "dns-tcp 53/TCP",
                        "metrics 9153/TCP",
                        "liveness-probe 8080/TCP",
                        "readiness-probe 8181/TCP");
        assertThat(Yaml.map(container, "livenessProbe.httpGet"))
                .contains(entry("path", "/health"), entry("port", "liveness-probe"));
        assertThat(Yaml.map(container, "readinessProbe.httpGet"))
                .contains(entry("path", "/ready"), entry("port", "readiness-probe"));
        assertThat(Yaml.map(container, "securityContext"))
                .contains(entry("readOnlyRootFilesystem", true), entry("allowPrivilegeEscalation", false));
        assertThat(Yaml.map(container, "securityContext.capabilities"))
                .containsOnly(entry("drop", List.of("ALL")), entry("add", List.of("NET_BIND_SERVICE")));
        assertThat(Yaml.map(container, "resources.requests"))
                .containsOnly(entry("cpu", "100m"), entry("memory", "70Mi"));
        assertThat(Yaml.map(container, "resources.limits")).containsOnly(entry("memory", "170Mi"));
        assertThat(manifests.text("Deployment", "spec.template.spec.dnsPolicy")).isEqualTo("Default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/microk8s", "overlays/kubeadm"})
    void rendered_service_hasThePortsThatPodsAndScrapersKnow(String overlay) {
        Manifests manifests = rendered(overlay);

        assertThat(ports(manifests.list("Service", "spec.ports"), "port"))
                .containsExactly("dns 53/UDP", "dns-tcp 53/TCP", "metrics 9153/TCP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/microk8s", "overlays/kubeadm"})
    void rendered_role_onlyListsAndWatches(String overlay) {
        Manifests manifests = rendered(overlay);
        List<String> resources = new ArrayList<>();
        for (Map<String, Object> rule : manifests.list("ClusterRole", "rules")) {
            assertThat(rule).containsEntry("verbs", List.of("list", "watch"));
            Yaml.strings(rule, "resources").forEach(resources::add);
        }

        assertThat(resources).containsExactlyInAnyOrder("services", "namespaces", "pods", "endpointslices");
        assertThat(manifests.text("ClusterRoleBinding", "roleRef.name")).isEqualTo(manifests.name("ClusterRole"));
        assertThat(manifests.list("ClusterRoleBinding", "subjects").getFirst())
                .containsEntry("name", manifests.name("ServiceAccount"))
                .containsEntry("namespace", "kube-system");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/microk8s", "overlays/kubeadm"})
    void rendered_corefile_parsesWithoutWarning(String overlay) throws CorefileException {
        Manifests manifests = rendered(overlay);
        List<Problem> warnings = new ArrayList<>();

        assertThat(CorefileParser.parse(CorefileSource.of(manifests.text("ConfigMap", "data.Corefile")), warnings::add))
                .hasSize(1);
        assertThat(warnings).isEmpty();
    }

    @Test
    void rendered_microk8s_keepsItsClusterIpAndRole() {
        Manifests manifests = rendered("overlays/microk8s");

        assertThat(manifests.text("Service", "spec.clusterIP")).isEqualTo("10.152.183.10");
        assertThat(manifests.name("ClusterRole")).isEqualTo("coredns");
        assertThat(manifests.name("ClusterRoleBinding")).isEqualTo("coredns");
    }

    @Test
    void rendered_kubeadm_runsTwiceAndOnControlPlanes() {
        Manifests manifests = rendered("overlays/kubeadm");

        assertThat(manifests.text("Deployment", "spec.replicas")).isEqualTo("2");
        assertThat(manifests.list("Deployment", "spec.template.spec.tolerations"))
                .anySatisfy(toleration ->
                        assertThat(toleration).containsEntry("key", "node-role.kubernetes.io/control-plane"));
        assertThat(manifests.name("ClusterRole")).isEqualTo("system:coredns");
    }

    private static List<String> ports(List<Map<String, Object>> ports, String number) {
        return ports.stream()
                .map(port -> port.get("name") + " " + port.get(number) + "/" + port.get("protocol"))
                .toList();
    }

    private static Manifests rendered(String overlay) {
        return Manifests.rendered(FOLDER.resolve(overlay));
    }
}
