package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cairndns.rules.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart says the same as the manifests, object by object, where both say something. */
class HelmChartTest {
    private static final Path K8S = Project.root().resolve("deploy/k8s");

    @Test
    void template_defaultValues_isTheBase() {
        assertThat(byName(Helm.template())).isEqualTo(kustomized("base"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"microk8s", "kubeadm", "k3s"})
    void template_valuesOfAPlatform_isItsOverlay(String platform) {
        String values = K8S.resolve("helm/values/" + platform + ".yaml").toString();

        assertThat(byName(Helm.template("-f", values, "--set", "keepOnUninstall=false")))
                .isEqualTo(kustomized("overlays/" + platform));
    }

    /** Such a release takes over what was there before it. */
    @ParameterizedTest
    @ValueSource(strings = {"microk8s", "kubeadm", "k3s"})
    void template_valuesOfAPlatform_leaveAllObjectsOnUninstall(String platform) {
        String values = K8S.resolve("helm/values/" + platform + ".yaml").toString();

        assertThat(Helm.template("-f", values))
                .isNotEmpty()
                .allSatisfy(object -> assertThat(Yaml.map(object, "metadata.annotations"))
                        .containsEntry("helm.sh/resource-policy", "keep"));
    }

    @Test
    void template_autoscaler_hasTheNamesAndRightsOfTheOverlay() {
        Map<String, Map<String, Object>> overlay = kustomized("overlays/autoscale");
        Map<String, Map<String, Object>> chart = byName(
                Helm.template("--set", "autoscaler.enabled=true,deployment.enabled=false,deployment.name=coredns"));

        assertThat(chart.keySet()).isEqualTo(overlay.keySet());
        for (String kind : List.of("ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding")) {
            assertThat(chart.get(kind + " dns-autoscaler")).isEqualTo(overlay.get(kind + " dns-autoscaler"));
        }
    }

    @Test
    void template_anyReleaseName_keepsTheNamesThatAClusterLooksFor() {
        Tool.Outcome outcome = Helm.run(
                Map.of(), List.of("template", "my-dns", Helm.CHART.toString(), "-n", "kube-system", "--skip-tests"));

        assertThat(byName(Manifests.of(outcome.text()).objects())).isEqualTo(byName(Helm.template()));
    }

    @Test
    void podLabels_ofTheChart_areThoseThatTheNetworkPolicySelects() {
        Manifests component = Manifests.of(Project.text(K8S.resolve("components/networkpolicy/networkpolicy.yaml")));

        assertThat(new Manifests(Helm.template()).map("Deployment", "spec.template.metadata.labels"))
                .containsAllEntriesOf(component.map("NetworkPolicy", "spec.podSelector.matchLabels"));
    }

    @Test
    void helmTest_job_isTheSmokeJob() {
        Manifests hooks = new Manifests(Helm.tests());
        Manifests smoke = Manifests.rendered(K8S.resolve("smoke"));

        for (String kind : List.of("Job", "Service")) {
            assertThat(hooks.text(kind, "metadata.annotations.helm\\.sh/hook")).isEqualTo("test");
        }
        assertThat(hooks.map("Service", "spec")).isEqualTo(smoke.map("Service", "spec"));
        Map<String, Object> hookPod = hooks.map("Job", "spec.template.spec");
        Map<String, Object> pod = smoke.map("Job", "spec.template.spec");
        Map<String, Object> hookContainer = Yaml.maps(hookPod, "containers").getFirst();
        Map<String, Object> container = Yaml.maps(pod, "containers").getFirst();
        String pods = hooks.name("Service") + ".kube-system.svc.cluster.local";
        assertThat(Yaml.strings(hookContainer, "args")).containsExactly("smoke", "--pods", pods);
        assertThat(without(hookContainer, "args")).isEqualTo(without(container, "args"));
        assertThat(without(hookPod, "containers")).isEqualTo(without(pod, "containers"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lint --strict", "package --destination"})
    void chart_itself_isLintedAndPacked(String command, @TempDir Path folder) {
        List<String> words = command.endsWith("destination")
                ? List.of("package", "--destination", folder.toString(), Helm.CHART.toString())
                : List.of("lint", "--strict", Helm.CHART.toString());
        Tool.Outcome outcome = Helm.run(Map.of(), words);

        assertThat(outcome.exit()).as(outcome.text()).isZero();
    }

    private static Map<String, Object> without(Map<String, Object> tree, String key) {
        Map<String, Object> rest = new TreeMap<>(tree);
        rest.remove(key);
        return rest;
    }

    private static Map<String, Map<String, Object>> kustomized(String folder) {
        return byName(Manifests.rendered(K8S.resolve(folder)).objects());
    }

    private static Map<String, Map<String, Object>> byName(List<Map<String, Object>> objects) {
        Map<String, Map<String, Object>> byName = new TreeMap<>();
        objects.forEach(object -> assertThat(
                        byName.put(object.get("kind") + " " + Yaml.at(object, "metadata.name"), object))
                .isNull());
        return byName;
    }
}
