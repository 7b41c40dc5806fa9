package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairndns.rules.Project;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Releases of the chart in a cluster where DNS is there already, and every example against the API's strict checks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HelmReleaseTest {
    private static final Path K8S = Project.root().resolve("deploy/k8s");
    private static final String CHART = Helm.CHART.toString();
    private static final String KUBEADM =
            K8S.resolve("helm/values/kubeadm.yaml").toString();

    private TestCluster cluster;

    @TempDir
    Path folder;

    @BeforeAll
    void start(@TempDir Path work) throws Exception {
        cluster = TestCluster.start("127.0.0.1", work);
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @AfterEach
    void clear() throws Exception {
        helm("uninstall", "coredns", "-n", "kube-system");
        kubectl(
                "-n",
                "kube-system",
                "delete",
                "--ignore-not-found",
                "service/kube-dns",
                "service/coredns",
                "deployment/coredns",
                "configmap/coredns",
                "serviceaccount/coredns",
                "poddisruptionbudget/coredns");
    }

    @Test
    void install_overManifestsThatAreThere_changesNothing() throws Exception {
        kubectl("apply", "-k", K8S.resolve("overlays/kubeadm").toString());
        String before = state("kube-dns");

        succeeds("install", "coredns", CHART, "-n", "kube-system", "-f", KUBEADM, "--take-ownership");

        assertThat(state("kube-dns")).isEqualTo(before);
    }

    @Test
    void rollback_ofAnUpgrade_bringsTheImageBack() throws Exception {
        succeeds("install", "coredns", CHART, "-n", "kube-system");
        String service = value("service/kube-dns", ".metadata.uid");
        succeeds("upgrade", "coredns", CHART, "-n", "kube-system", "--set", "image.tag=next");
        assertThat(image()).isEqualTo("cairn:next");

        succeeds("rollback", "coredns", "-n", "kube-system");

        assertThat(image()).isEqualTo("cairn:0.1.0");
        assertThat(value("service/kube-dns", ".metadata.uid")).isEqualTo(service);
    }

    @Test
    void upgrade_ofAReleaseOfTheCorednsChart_keepsServiceAndDeployment() throws Exception {
        succeeds("install", "coredns", CorednsChart.write(folder).toString(), "-n", "kube-system");
        String before = state("coredns");

        Tool.Outcome refused = helm("upgrade", "coredns", CHART, "-n", "kube-system");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.text()).contains("which nobody can change", "set adoptRelease to true");
        assertThat(state("coredns")).isEqualTo(before);
        succeeds("upgrade", "coredns", CHART, "-n", "kube-system", "--set", "adoptRelease=true");

        // The Deployment has changed once.
        assertThat(state("coredns")).isEqualTo(before.replaceAll("1$", "2"));
        assertThat(image()).isEqualTo("cairn:0.1.0");
        assertThat(kubectl("-n", "kube-system", "get", "services", "-o", "name").trim())
                .isEqualTo("service/coredns");
    }

    @Test
    void clusterIp_ofAnotherCluster_isRefused() throws Exception {
        succeeds("install", "coredns", CHART, "-n", "kube-system");
        String address = value("service/kube-dns", ".spec.clusterIP");

        Tool.Outcome refused =
                helm("upgrade", "coredns", CHART, "-n", "kube-system", "--set", "service.clusterIP=10.152.183.10");

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.text()).contains("the Service kube-dns has " + address + ", which nobody can change");
    }

    @Test
    void uninstall_withKeepOnUninstall_leavesDns() throws Exception {
        succeeds("install", "coredns", CHART, "-n", "kube-system", "--set", "keepOnUninstall=true");
        String before = state("kube-dns");

        succeeds("uninstall", "coredns", "-n", "kube-system");

        assertThat(state("kube-dns")).isEqualTo(before);
    }

    /** What a first installation does that fails with {@code --atomic}, too. */
    @Test
    void uninstall_ofAReleaseThatTookDnsOver_leavesItWithAPlatformsValues() throws Exception {
        kubectl("apply", "-k", K8S.resolve("overlays/kubeadm").toString());
        succeeds("install", "coredns", CHART, "-n", "kube-system", "-f", KUBEADM, "--take-ownership");
        String before = state("kube-dns");

        succeeds("uninstall", "coredns", "-n", "kube-system");

        assertThat(state("kube-dns")).isEqualTo(before);
    }

    @Test
    void notes_ofRiskyValues_sayWhatToDo() throws Exception {
        Tool.Outcome outcome = helm(
                "install",
                "coredns",
                CHART,
                "-n",
                "kube-system",
                "--set",
                "resources.limits.cpu=100m,rollingUpdate.maxUnavailable=1,readinessProbe.initialDelaySeconds=30,"
                        + "serviceAccount.create=false,podDisruptionBudget.minAvailable=1");

        assertThat(outcome.text())
                .contains("helm -n kube-system test coredns")
                .contains("image.digest is not set", "resources.limits.cpu:", "rollingUpdate.maxUnavailable:")
                .contains("readinessProbe.initialDelaySeconds:", "serviceAccount.create is false")
                .contains("podDisruptionBudget.minAvailable:", "keepOnUninstall is false");
    }

    @Test
    void notes_ofAReleaseThatLeavesItsObjects_areSilentAboutThat() {
        Tool.Outcome outcome = helm("install", "coredns", CHART, "-n", "kube-system", "-f", KUBEADM);

        assertThat(outcome.text()).contains("image.digest is not set").doesNotContain("keepOnUninstall");
    }

    @ParameterizedTest
    @MethodSource("org.cairndns.manifests.HelmExamplesTest#examples")
    void example_objects_haveNoFieldThatTheApiDoesNotKnow(String example) throws Exception {
        String values = Project.root().resolve(example).toString();
        List<Map<String, Object>> forTheApi = new ArrayList<>(Helm.template("-f", values));
        // The API of the tests does not have them.
        forTheApi.removeIf(object -> "HorizontalPodAutoscaler".equals(object.get("kind")));

        strictly(forTheApi);
    }

    private void strictly(List<Map<String, Object>> objects) throws Exception {
        Map<String, Object> list = Map.of("apiVersion", "v1", "kind", "List", "items", objects);
        Path file = Files.writeString(folder.resolve("objects.json"), new KubernetesSerialization().asJson(list));
        kubectl("apply", "--dry-run=server", "--validate=strict", "-f", file.toString());
    }

    private Tool.Outcome helm(String... arguments) {
        return Helm.run(Map.of("KUBECONFIG", cluster.api().kubeconfig().toString()), List.of(arguments));
    }

    private String kubectl(String... arguments) throws Exception {
        return cluster.kubectl().output(arguments);
    }

    /** A value of an object of kube-system by its JSONPath. */
    private String value(String object, String path) throws Exception {
        return kubectl("-n", "kube-system", "get", object, "-o", "jsonpath={" + path + "}");
    }

    private void succeeds(String... arguments) {
        Tool.Outcome outcome = helm(arguments);
        assertThat(outcome.exit()).as(outcome.text()).isZero();
    }

    private String image() throws Exception {
        return value("deployment/coredns", ".spec.template.spec.containers[0].image");
    }

    /** What must not change: which objects they are, the cluster IP, and how often the Deployment's spec changed. */
    private String state(String service) throws Exception {
        return value("service/" + service, ".metadata.uid") + " "
                + value("service/" + service, ".spec.clusterIP") + " "
                + value("deployment/coredns", ".metadata.uid") + " "
                + value("deployment/coredns", ".metadata.generation");
    }
}
