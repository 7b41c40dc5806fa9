package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cairndns.corefile.CorefileParser;
import org.cairndns.corefile.CorefileSource;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.ServerBlock;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a swap must keep of the manifests that platforms have, in a table; both sides are held against it. */
class StockFactsTest {
    private static final Map<String, String> KUBE_DNS = Map.of("k8s-app", "kube-dns");

    @TempDir
    Path work;

    /** The facts that differ from platform to platform, one row each. */
    enum Platform {
        // platform, where ours is, selectors, cluster IP ("" for what the API gives), role
        ADDON("addon", "base", KUBE_DNS, "", "system:coredns"),
        KUBEADM("kubeadm", "overlays/kubeadm", KUBE_DNS, "", "system:coredns"),
        MICROK8S("microk8s", "overlays/microk8s", KUBE_DNS, "10.152.183.10", "coredns"),
        K3S("k3s", "overlays/k3s", KUBE_DNS, "10.43.0.10", "system:coredns"),
        DEPLOY_SH(
                "deploy-sh",
                "base",
                Map.of("k8s-app", "kube-dns", "app.kubernetes.io/name", "coredns"),
                "",
                "system:coredns");

        private final String stock;
        private final String ours;
        private final Map<String, String> selector;
        private final String clusterIp;
        private final String role;

        Platform(String stock, String ours, Map<String, String> selector, String clusterIp, String role) {
            this.stock = stock;
            this.ours = ours;
            this.selector = selector;
            this.clusterIp = clusterIp;
            this.role = role;
        }

        KubeObjects stock() throws Exception {
            return KubeObjects.rendered(Folders.stock(stock));
        }

        KubeObjects ours(Path work) throws Exception {
            return this == DEPLOY_SH
                    ? KubeObjects.rendered(Folders.joined(work, ours, "deploy-sh"))
                    : KubeObjects.rendered(Folders.K8S.resolve(ours));
        }
    }

    @ParameterizedTest
    @EnumSource
    void names_ofTheStockManifest_areOursToo(Platform platform) throws Exception {
        // A role binding's role and a Deployment's selector cannot be changed, a Service's address neither.
        for (KubeObjects objects : List.of(platform.stock(), platform.ours(work))) {
            assertThat(objects.titles())
                    .contains(
                            "ServiceAccount kube-system/coredns",
                            "ClusterRole " + platform.role,
                            "ClusterRoleBinding " + platform.role,
                            "ConfigMap kube-system/coredns",
                            "Deployment kube-system/coredns",
                            "Service kube-system/kube-dns");
            ClusterRoleBinding binding = objects.only(ClusterRoleBinding.class);
            assertThat(binding.getRoleRef().getName()).isEqualTo(platform.role);
            assertThat(binding.getSubjects())
                    .singleElement()
                    .satisfies(subject -> assertThat(subject.getNamespace() + "/" + subject.getName())
                            .isEqualTo("kube-system/coredns"));
            assertThat(objects.only(ConfigMap.class).getData()).containsKey("Corefile");
        }
    }

    @ParameterizedTest
    @EnumSource
    void selectors_ofTheStockManifest_areOurs(Platform platform) throws Exception {
        for (KubeObjects objects : List.of(platform.stock(), platform.ours(work))) {
            Deployment deployment = objects.only(Deployment.class);
            assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(platform.selector);
            assertThat(deployment.getSpec().getSelector().getMatchExpressions()).isEmpty();
            assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
                    .isEqualTo(platform.selector);
            assertThat(objects.only(Service.class).getSpec().getSelector()).isEqualTo(platform.selector);
            assertThat(deployment.getMetadata().getLabels())
                    .contains(entry("k8s-app", "kube-dns"), entry("kubernetes.io/name", "CoreDNS"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void service_ofTheStockManifest_isOurs(Platform platform) throws Exception {
        for (KubeObjects objects : List.of(platform.stock(), platform.ours(work))) {
            Service service = objects.only(Service.class);
            assertThat(service.getSpec().getPorts())
                    .map(StockFactsTest::port)
                    .containsExactly("dns 53/UDP", "dns-tcp 53/TCP", "metrics 9153/TCP");
            assertThat(service.getMetadata().getLabels())
                    .contains(
                            entry("k8s-app", "kube-dns"),
                            entry("kubernetes.io/cluster-service", "true"),
                            entry("kubernetes.io/name", "CoreDNS"));
            assertThat(service.getMetadata().getAnnotations())
                    .contains(entry("prometheus.io/scrape", "true"), entry("prometheus.io/port", "9153"));
        }
        String ip = platform.ours(work).only(Service.class).getSpec().getClusterIP();
        assertThat(ip == null ? "" : ip).isEqualTo(platform.clusterIp);
    }

    private static String port(ServicePort port) {
        return port.getName() + " " + port.getPort() + "/" + port.getProtocol();
    }

    @ParameterizedTest
    @EnumSource
    void pod_ofTheStockManifest_isWhatOursIsToOthers(Platform platform) throws Exception {
        for (KubeObjects objects : List.of(platform.stock(), platform.ours(work))) {
            PodSpec pod = objects.only(Deployment.class).getSpec().getTemplate().getSpec();
            Container container = pod.getContainers().getFirst();
            assertThat(pod.getContainers()).hasSize(1);
            assertThat(container.getName()).as("which 'set image' names").isEqualTo("coredns");
            assertThat(container.getArgs()).containsExactly("-conf", "/etc/coredns/Corefile");
            assertThat(container.getCommand()).isEmpty();
            assertThat(container.getPorts())
                    .map(StockFactsTest::port)
                    .contains("dns 53/UDP", "dns-tcp 53/TCP", "metrics 9153/TCP");
            assertThat(container.getVolumeMounts())
                    .map(VolumeMount::getMountPath)
                    .contains("/etc/coredns");
            assertThat(pod.getDnsPolicy()).isEqualTo("Default");
            assertThat(pod.getPriorityClassName()).isEqualTo("system-cluster-critical");
            assertThat(pod.getServiceAccountName()).isEqualTo("coredns");
            assertThat(pod.getTolerations()).map(Toleration::getKey).contains("CriticalAddonsOnly");
            assertThat(container.getResources().getRequests())
                    .hasToString(platform.stock()
                            .only(Deployment.class)
                            .getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .getFirst()
                            .getResources()
                            .getRequests()
                            .toString());
            assertThat(container.getResources().getLimits().get("memory")).hasToString("170Mi");
            assertThat(place(container, container.getLivenessProbe().getHttpGet()))
                    .isEqualTo("8080/health");
            assertThat(place(container, container.getReadinessProbe().getHttpGet()))
                    .isEqualTo("8181/ready");
        }
    }

    private static String port(ContainerPort port) {
        return port.getName() + " " + port.getContainerPort() + "/" + port.getProtocol();
    }

    /** Port and path of a probe, by the port's name or number. */
    private static String place(Container container, HTTPGetAction probe) {
        String name = probe.getPort().getStrVal();
        Integer number = container.getPorts().stream()
                .filter(port -> port.getName().equals(name))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElse(probe.getPort().getIntVal());
        return number + probe.getPath();
    }

    @ParameterizedTest
    @EnumSource
    void tolerationsAndMounts_ofTheStockManifest_areAmongOurs(Platform platform) throws Exception {
        PodSpec stock =
                platform.stock().only(Deployment.class).getSpec().getTemplate().getSpec();
        PodSpec ours = platform.ours(work)
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec();

        assertThat(ours.getTolerations()).containsAll(stock.getTolerations());
        assertThat(ours.getContainers().getFirst().getVolumeMounts())
                .containsAll(stock.getContainers().getFirst().getVolumeMounts());
        assertThat(names(ours)).containsAll(names(stock));
        assertThat(ours.getNodeSelector()).isEqualTo(stock.getNodeSelector());
    }

    private static Set<String> names(PodSpec pod) {
        Set<String> names = new HashSet<>();
        pod.getVolumes().forEach(volume -> names.add(volume.getName()));
        return names;
    }

    @ParameterizedTest
    @EnumSource
    void rollingUpdate_ofOurs_takesNoPodBeforeAnotherIsThere(Platform platform) throws Exception {
        RollingUpdateDeployment update = platform.ours(work)
                .only(Deployment.class)
                .getSpec()
                .getStrategy()
                .getRollingUpdate();

        assertThat(update.getMaxUnavailable().getIntVal()).isZero();
        assertThat(platform.ours(work).only(Deployment.class).getSpec().getReplicas())
                .isEqualTo(platform.stock().only(Deployment.class).getSpec().getReplicas());
    }

    /** So that CoreDNS can come back by its image alone, over the Corefile that it then finds. */
    @ParameterizedTest
    @EnumSource(names = {"KUBEADM", "MICROK8S", "K3S"})
    void corefile_ofOurs_saysWhatTheStockOneSays(Platform platform) throws Exception {
        assertThat(words(platform.ours(work))).isEqualTo(words(platform.stock()));
    }

    /** What docs/install.md adds to the canary's pods; without it the Service passes them by. */
    @ParameterizedTest
    @EnumSource
    void canary_withTheLabelOfThePage_takesPartInTheTraffic(Platform platform) throws Exception {
        Map<String, String> labels = new HashMap<>(KubeObjects.rendered(Folders.K8S.resolve("overlays/canary"))
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels());
        Map<String, String> asked =
                platform.stock().only(Service.class).getSpec().getSelector();

        assertThat(labels.entrySet()).doesNotContainAnyElementsOf(KUBE_DNS.entrySet());
        assertThat(asked).containsAllEntriesOf(KUBE_DNS);
        labels.putAll(KUBE_DNS);
        assertThat(labels).containsAllEntriesOf(asked);
    }

    private static Set<String> words(KubeObjects objects) throws Exception {
        String corefile = objects.only(ConfigMap.class).getData().get("Corefile");
        Set<String> lines = new TreeSet<>();
        for (ServerBlock block : CorefileParser.parse(CorefileSource.of(corefile), warning -> {})) {
            for (Directive directive : block.directives()) {
                lines.add(block.zones() + " " + directive.name().text() + " " + directive.argTexts());
                directive
                        .properties()
                        .forEach(property ->
                                lines.add(block.zones() + " " + directive.name().text() + " { "
                                        + property.name().text() + " " + property.argTexts()));
            }
        }
        assertThat(lines).isNotEmpty();
        return lines;
    }
}
