package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.rules.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every folder of {@code deploy/k8s} renders to objects whose fields exist and which fit together. */
class RenderedFoldersTest {
    /** Whose pods are not ours. */
    private static final String AUTOSCALER = "dns-autoscaler";

    @TempDir
    Path work;

    static List<String> folders() {
        return Folders.all();
    }

    private static KubeObjects rendered(String folder) throws Exception {
        return KubeObjects.rendered(Folders.K8S.resolve(folder));
    }

    @Test
    void folders_areThoseOfTheIssue() {
        assertThat(folders())
                .contains(
                        "base",
                        "overlays/autoscale",
                        "overlays/canary",
                        "overlays/image-only",
                        "overlays/k3s",
                        "overlays/kubeadm",
                        "overlays/microk8s",
                        "overlays/node-local",
                        "smoke");
    }

    @ParameterizedTest
    @MethodSource("folders")
    void render_folder_hasKnownFieldsOnlyInTheNamespaceOfDns(String folder) throws Exception {
        KubeObjects objects = rendered(folder);

        assertThat(objects.all()).isNotEmpty();
        assertThat(objects.titles()).doesNotHaveDuplicates();
        for (HasMetadata object : objects.all()) {
            if (!object.getKind().startsWith("ClusterRole")) {
                assertThat(object.getMetadata().getNamespace())
                        .as(KubeObjects.title(object))
                        .isNotBlank();
            }
        }
    }

    /** What the test above would miss if it were not strict. */
    @Test
    void read_unknownField_isAnError() {
        String text = "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{prot: 53}]}}";

        assertThatThrownBy(() -> KubeObjects.of(text)).hasMessageContaining("prot");
    }

    private static List<PodTemplateSpec> pods(KubeObjects objects) {
        List<PodTemplateSpec> pods = new ArrayList<>();
        objects.of(Deployment.class).forEach(object -> pods.add(object.getSpec().getTemplate()));
        objects.of(DaemonSet.class).forEach(object -> pods.add(object.getSpec().getTemplate()));
        objects.of(Job.class).forEach(object -> pods.add(object.getSpec().getTemplate()));
        return pods;
    }

    @ParameterizedTest
    @MethodSource("folders")
    void render_selectors_matchTheirPods(String folder) throws Exception {
        KubeObjects objects = rendered(folder);
        if (folder.equals("overlays/image-only")) {
            // The selectors are those of the object that it changes.
            assertThat(objects.only(Deployment.class).getSpec().getSelector()).isNull();
            return;
        }
        for (Deployment deployment : objects.of(Deployment.class)) {
            assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
                    .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        }
        for (DaemonSet set : objects.of(DaemonSet.class)) {
            assertThat(set.getSpec().getTemplate().getMetadata().getLabels())
                    .containsAllEntriesOf(set.getSpec().getSelector().getMatchLabels());
        }
        for (PodDisruptionBudget budget : objects.of(PodDisruptionBudget.class)) {
            assertThat(objects.only(Deployment.class)
                            .getSpec()
                            .getTemplate()
                            .getMetadata()
                            .getLabels())
                    .containsAllEntriesOf(budget.getSpec().getSelector().getMatchLabels());
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void render_containers_haveNoRightsTheyDoNotNeedAndBounds(String folder) throws Exception {
        if (folder.equals("overlays/image-only")) {
            // All that is that of the object that it changes.
            return;
        }
        for (PodTemplateSpec pod : pods(rendered(folder))) {
            assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
                    .isEqualTo("RuntimeDefault");
            for (Container container : pod.getSpec().getContainers()) {
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getSecurityContext().getCapabilities().getAdd())
                        .isSubsetOf("NET_BIND_SERVICE");
                assertThat(container.getResources().getLimits()).containsKey("memory");
                // A limit of the CPU would make queries wait whenever it is used up.
                assertThat(container.getResources().getLimits()).doesNotContainKey("cpu");
                assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void render_images_areOfThisServerAndOfOneVersion(String folder) throws Exception {
        for (PodTemplateSpec pod : pods(rendered(folder))) {
            for (Container container : pod.getSpec().getContainers()) {
                boolean other = AUTOSCALER.equals(pod.getSpec().getServiceAccountName());
                assertThat(container.getImage())
                        .matches(
                                other
                                        ? "registry\\.example\\.com/cpa/cluster-proportional-autoscaler:v[0-9.]+"
                                        : "cairn:[0-9]+\\.[0-9.]+");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void render_clusterRoles_onlyListAndWatch(String folder) throws Exception {
        for (ClusterRole role : rendered(folder).of(ClusterRole.class)) {
            for (PolicyRule rule : role.getRules()) {
                assertThat(rule.getVerbs()).as(KubeObjects.title(role)).containsExactly("list", "watch");
                assertThat(rule.getResources()).isSubsetOf("services", "namespaces", "pods", "endpointslices", "nodes");
            }
        }
    }

    @Test
    void render_canary_takesPartInNothingThatRuns() throws Exception {
        KubeObjects canary = rendered("overlays/canary");
        KubeObjects base = rendered("base");

        assertThat(canary.titles()).doesNotContainAnyElementsOf(base.titles());
        Deployment deployment = canary.only(Deployment.class);
        // kubeadm refuses an upgrade where two Deployments have this label.
        assertThat(deployment.getMetadata().getLabels()).doesNotContainKey("k8s-app");
        assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels()).doesNotContainKey("k8s-app");
        assertThat(canary.only(Service.class).getSpec().getSelector())
                .containsOnly(entry("app.kubernetes.io/instance", "cairn-canary"));
        assertThat(deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getVolumes()
                        .getFirst()
                        .getConfigMap()
                        .getName())
                .as("the Corefile of the running server")
                .isEqualTo("coredns");
        assertThat(deployment.getSpec().getTemplate().getSpec().getContainers())
                .isEqualTo(base.only(Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers());
    }

    /** Flux would otherwise take what is not here for given up, and the folder's end for that of the Deployment. */
    @Test
    void render_imageOnly_isMergedByFluxAndNeverRemoved() throws Exception {
        assertThat(rendered("overlays/image-only")
                        .only(Deployment.class)
                        .getMetadata()
                        .getAnnotations())
                .containsOnly(
                        entry("kustomize.toolkit.fluxcd.io/ssa", "Merge"),
                        entry("kustomize.toolkit.fluxcd.io/prune", "disabled"));
        assertThat(Project.text(Folders.K8S.resolve("overlays/image-only/deployment.yaml")))
                .as("the patch by hand is without them")
                .doesNotContain("fluxcd");
    }

    @Test
    void render_nodeLocal_listsNoPortsThatWouldKeepASecondProcessAway() throws Exception {
        DaemonSet set = rendered("overlays/node-local").only(DaemonSet.class);
        Container container =
                set.getSpec().getTemplate().getSpec().getContainers().getFirst();

        assertThat(set.getSpec().getTemplate().getSpec().getHostNetwork()).isTrue();
        assertThat(set.getSpec()
                        .getUpdateStrategy()
                        .getRollingUpdate()
                        .getMaxSurge()
                        .getIntVal())
                .isEqualTo(1);
        assertThat(set.getSpec()
                        .getUpdateStrategy()
                        .getRollingUpdate()
                        .getMaxUnavailable()
                        .getIntVal())
                .isZero();
        assertThat(container.getPorts()).isEmpty();
        assertThat(container.getArgs()).contains("-takeover");
        Container address =
                set.getSpec().getTemplate().getSpec().getInitContainers().getFirst();
        assertThat(address.getImage()).isEqualTo(container.getImage());
        assertThat(address.getSecurityContext().getCapabilities().getAdd()).containsExactly("NET_ADMIN");
    }

    @Test
    void component_networkPolicy_letsInWhoNeedsItAndOutWhereItMustGo() throws Exception {
        Path folder = Folders.joined(work, "overlays/microk8s", "networkpolicy");
        KubeObjects objects = KubeObjects.rendered(folder);
        NetworkPolicy policy = objects.only(NetworkPolicy.class);

        assertThat(objects.only(Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels());
        assertThat(portsFromEverywhere(policy))
                .as("nodes cannot be named, so probes come from everywhere, as queries do")
                .containsExactlyInAnyOrder("53/UDP", "53/TCP", "853/TCP", "443/TCP", "8080/TCP", "8181/TCP");
        List<String> out = policy.getSpec().getEgress().stream()
                .peek(rule -> assertThat(rule.getTo()).isEmpty())
                .flatMap(rule -> rule.getPorts().stream())
                .map(RenderedFoldersTest::port)
                .toList();
        assertThat(out).contains("53/UDP", "53/TCP", "443/TCP", "6443/TCP", "16443/TCP");
        NetworkPolicyIngressRule metrics = policy.getSpec().getIngress().getLast();
        assertThat(metrics.getPorts()).map(RenderedFoldersTest::port).containsExactly("9153/TCP");
        assertThat(metrics.getFrom().getFirst().getPodSelector().getMatchLabels())
                .containsOnly(entry("app.kubernetes.io/name", "prometheus"));
        NetworkPolicyPeer smoke = metrics.getFrom().getLast();
        assertThat(smoke.getNamespaceSelector())
                .as("the Job runs in the namespace of the policy")
                .isNull();
        assertThat(pods(rendered("smoke")).getFirst().getMetadata().getLabels())
                .as("the smoke test reads the metrics of each pod")
                .containsAllEntriesOf(smoke.getPodSelector().getMatchLabels());
    }

    /** It is one's own, or has what a platform imports and where it forwards to. */
    @ParameterizedTest
    @CsvSource({"base", "overlays/k3s", "overlays/kubeadm", "overlays/microk8s"})
    void component_snapshot_bringsTheVolumeAndLeavesTheCorefileAlone(String folder) throws Exception {
        KubeObjects objects = KubeObjects.rendered(Folders.joined(work, folder, "snapshot"));

        assertThat(objects.only(ConfigMap.class).getData())
                .isEqualTo(rendered(folder).only(ConfigMap.class).getData());
        assertThat(objects.only(Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getVolumes())
                .filteredOn(volume -> volume.getName().equals("state"))
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.getHostPath().getPath()).isEqualTo("/var/lib/cairn");
                    assertThat(volume.getEmptyDir()).isNull();
                });
    }

    private static List<String> portsFromEverywhere(NetworkPolicy policy) {
        return policy.getSpec().getIngress().stream()
                .filter(rule -> rule.getFrom().isEmpty())
                .flatMap(rule -> rule.getPorts().stream())
                .map(RenderedFoldersTest::port)
                .toList();
    }

    private static String port(NetworkPolicyPort port) {
        return port.getPort().getIntVal() + "/" + port.getProtocol();
    }
}
