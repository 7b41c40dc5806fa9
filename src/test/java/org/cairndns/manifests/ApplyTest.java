package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.KubernetesListBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A real API takes every folder of {@code deploy/k8s}, over CoreDNS too, and CoreDNS again over it. The way of clients there and
 * back is in {@link InstallPageTest}.
 */
class ApplyTest {
    private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/kube-system/deployments/coredns";
    private static final String SERVICE = "/api/v1/namespaces/kube-system/services/kube-dns";
    private static final String CONFIG = "/api/v1/namespaces/kube-system/configmaps/coredns";
    private static final Path IMAGE_ONLY = Folders.K8S.resolve("overlays/image-only");
    private static final String TEMPLATE = "/spec/template";
    private static final String CONFIG_VOLUME = TEMPLATE + "/spec/volumes/0";
    private static final String IMAGE = "/spec/template/spec/containers/0/image";

    @TempDir
    static Path work;

    private static TestCluster cluster;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        cluster = TestCluster.start("127.0.0.1", work);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @AfterEach
    void clear() {
        cluster.clear();
    }

    /** Those that do not take the place of CoreDNS. */
    static List<String> folders() {
        List<String> folders = new ArrayList<>(Folders.all());
        folders.removeAll(
                List.of("base", "overlays/kubeadm", "overlays/microk8s", "overlays/k3s", "overlays/image-only"));
        return folders;
    }

    private static void applyByClient(Path kustomization) throws IOException, InterruptedException {
        cluster.kubectl().output("apply", "--validate=strict", "-k", kustomization.toString());
    }

    private static void applyByServer(String manager, Path kustomization) throws IOException, InterruptedException {
        cluster.kubectl()
                .output(
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "--field-manager=" + manager,
                        "--validate=strict",
                        "-k",
                        kustomization.toString());
    }

    @ParameterizedTest
    @MethodSource("folders")
    void apply_folder_isTakenByClientAndByServer(String name) throws Exception {
        if (name.equals("smoke") && !cluster.servesJobs()) {
            applySmokeWithoutJobs();
            return;
        }
        applyByClient(Folders.K8S.resolve(name));
        applyByServer("kubectl", Folders.K8S.resolve(name));
    }

    /** The Job's pod by itself, and all else; the fields of the Job itself are held against its type elsewhere. */
    private void applySmokeWithoutJobs() throws Exception {
        System.out.println(
                "ApplyTest: this API server has no Jobs, so that the smoke test's pod is applied in its place");
        KubeObjects smoke = KubeObjects.rendered(Folders.K8S.resolve("smoke"));
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("cairn-smoke")
                .withNamespace("kube-system")
                .endMetadata()
                .withSpec(smoke.only(Job.class).getSpec().getTemplate().getSpec())
                .build();
        Path objects = Files.writeString(
                folder.resolve("objects.json"),
                Serialization.asJson(new KubernetesListBuilder()
                        .addToItems(pod)
                        .addAllToItems(List.copyOf(smoke.of(Service.class)))
                        .build()));
        cluster.kubectl().output("apply", "--validate=strict", "-f", objects.toString());
    }

    @ParameterizedTest
    @CsvSource({"networkpolicy", "snapshot"})
    void apply_component_isTaken(String component) throws Exception {
        applyByServer("kubectl", Folders.joined(folder, "base", component));
    }

    /** What the tests above would miss if nothing was checked. */
    @Test
    void apply_fieldThatDoesNotExist_isRefused() throws Exception {
        Files.writeString(folder.resolve("service.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: a, namespace: default}
                spec: {ports: [{port: 1, prt: 2}]}
                """);

        Kubectl.Run run = cluster.kubectl().run("apply", "--validate=strict", "-f", folder.toString());

        assertThat(run.code()).isNotZero();
        assertThat(run.output()).contains("unknown field \"spec.ports[0].prt\"");
    }

    @ParameterizedTest
    @CsvSource({"kubeadm, overlays/kubeadm", "microk8s, overlays/microk8s", "k3s, overlays/k3s"})
    void apply_overCoreDnsAndBack_changesNothingThatMustStay(String platform, String ours) throws Exception {
        swapAndBack(Folders.stock(platform), Folders.K8S.resolve(ours));
    }

    @Test
    void apply_overCoreDnsOfDeploySh_takesTheComponent() throws Exception {
        swapAndBack(Folders.stock("deploy-sh"), Folders.joined(folder, "base", "deploy-sh"));
    }

    private static void swapAndBack(Path stock, Path ours) throws Exception {
        applyByClient(stock);
        JsonNode service = cluster.get(SERVICE);
        JsonNode deployment = cluster.get(DEPLOYMENT);
        String address = service.at("/spec/clusterIP").stringValue();
        assertThat(address).startsWith("10.");
        // A GitOps tool, which takes fields over; then the platform's own, which takes them back.
        applyByServer("kustomize-controller", ours);
        assertThat(image()).startsWith("cairn:");
        applyByServer("platform", stock);

        assertThat(image()).startsWith("coredns/");
        assertThat(cluster.get(SERVICE).at("/metadata/uid")).isEqualTo(service.at("/metadata/uid"));
        assertThat(cluster.get(SERVICE).at("/spec/clusterIP").stringValue()).isEqualTo(address);
        assertThat(cluster.get(SERVICE).at("/spec/ports")).isEqualTo(service.at("/spec/ports"));
        assertThat(cluster.get(DEPLOYMENT).at("/metadata/uid")).isEqualTo(deployment.at("/metadata/uid"));
        assertThat(cluster.get(DEPLOYMENT).at("/spec/selector")).isEqualTo(deployment.at("/spec/selector"));
    }

    private static String image() {
        return cluster.get(DEPLOYMENT).at(IMAGE).stringValue();
    }

    /** k3s keeps the nodes' names in the ConfigMap, users their zone files. */
    @Test
    void apply_overAConfigMapWithOtherKeys_keepsThem() throws Exception {
        applyByServer("k3s", Folders.stock("k3s"));

        applyByServer("kubectl", Folders.K8S.resolve("overlays/k3s"));

        assertThat(cluster.get(CONFIG).at("/data/NodeHosts").stringValue()).contains("node-1");
    }

    /** Zone files beside the Corefile, where what is there mounts the Corefile alone and nobody noted what was applied. */
    @ParameterizedTest
    @CsvSource({"kubeadm, true", "kubeadm, false", "k3s, true", "k3s, false"})
    void apply_overAVolumeOfSomeKeys_mountsThemAll(String platform, boolean byServer) throws Exception {
        applyByServer(platform, Folders.stock(platform));
        JsonNode stock = cluster.get(DEPLOYMENT).at(CONFIG_VOLUME);
        assertThat(stock.at("/configMap/items").size()).isPositive();

        Path ours = Folders.K8S.resolve("overlays/" + platform);
        if (byServer) {
            applyByServer("kustomize-controller", ours);
        } else {
            applyByClient(ours);
        }

        JsonNode volume = cluster.get(DEPLOYMENT).at(CONFIG_VOLUME);
        assertThat(volume.at("/name")).isEqualTo(stock.at("/name"));
        assertThat(volume.at("/configMap/name").stringValue()).isEqualTo("coredns");
        assertThat(volume.at("/configMap").has("items")).isFalse();
    }

    @Test
    void imageOnly_mergedByATool_changesTheImageItsSysctlAndTheUpdate() throws Exception {
        // Made without kubectl's note of what was applied last, as kubeadm and k3s do; then a tool that merges.
        applyByServer("platform", Folders.stock("kubeadm"));
        JsonNode before = cluster.get(DEPLOYMENT);

        applyByServer("kustomize-controller", IMAGE_ONLY);

        JsonNode after = cluster.get(DEPLOYMENT);
        assertThat(after.at(IMAGE).stringValue()).startsWith("cairn:");
        assertThat(after.at(TEMPLATE + "/spec/securityContext/sysctls/0/name").stringValue())
                .isEqualTo("net.ipv4.ip_unprivileged_port_start");
        assertLosesNoPodFirst(after);
        assertThat(text(after)).isEqualTo(text(before));
    }

    /** The stock Deployments may lose their only pod before there is another. */
    private static void assertLosesNoPodFirst(JsonNode deployment) {
        JsonNode strategy = deployment.at("/spec/strategy");
        assertThat(strategy.at("/type").stringValue()).isEqualTo("RollingUpdate");
        assertThat(strategy.at("/rollingUpdate/maxUnavailable").intValue()).isZero();
        assertThat(strategy.at("/rollingUpdate/maxSurge").intValue()).isEqualTo(1);
        assertThat(deployment.at("/spec/revisionHistoryLimit").intValue())
                .as("the one before, for the way back")
                .isPositive();
    }

    /** The specification but for what the overlay is about. */
    private static String text(JsonNode deployment) {
        ObjectNode spec = (ObjectNode) deployment.at("/spec").deepCopy();
        spec.remove(List.of("strategy", "revisionHistoryLimit"));
        return spec.toString()
                .replaceAll("\"image\":\"[^\"]*\"", "")
                .replaceAll("\"sysctls\":\\[[^]]*],?", "")
                .replaceAll(",?\"securityContext\":\\{}", "")
                .replaceAll(",}", "}");
    }

    @Test
    void imageOnly_asAPatch_changesTheSame() throws Exception {
        applyByClient(Folders.stock("k3s"));
        JsonNode before = cluster.get(DEPLOYMENT);
        String file = IMAGE_ONLY.resolve("deployment.yaml").toString();

        cluster.kubectl().output("-n", "kube-system", "patch", "deployment", "coredns", "--patch-file", file);

        assertThat(image()).startsWith("cairn:");
        assertLosesNoPodFirst(cluster.get(DEPLOYMENT));
        assertThat(text(cluster.get(DEPLOYMENT))).isEqualTo(text(before));
    }

    @Test
    void imageOnly_withoutADeployment_isRefused() throws Exception {
        Kubectl.Run run = cluster.kubectl().run("apply", "--server-side", "-k", IMAGE_ONLY.toString());

        assertThat(run.code()).as(run.output()).isNotZero();
    }

    /** A client takes what is not in the folder for removed, where it has a note of what was applied last. */
    @Test
    void imageOnly_byTheClientOverWhatItApplied_isRefusedAsAWhole() throws Exception {
        applyByClient(Folders.stock("addon"));
        JsonNode before = cluster.get(DEPLOYMENT);

        Kubectl.Run run = cluster.kubectl().run("apply", "-k", IMAGE_ONLY.toString());

        assertThat(run.code()).as(run.output()).isNotZero();
        assertThat(cluster.get(DEPLOYMENT)).isEqualTo(before);
    }

    @Test
    void clusterIp_ofAnotherCluster_neverTakesThePlaceOfTheOneThatPodsHave() throws Exception {
        applyByClient(Folders.stock("kubeadm"));

        cluster.kubectl()
                .run(
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "-k",
                        Folders.K8S.resolve("overlays/k3s").toString());

        assertThat(cluster.get(SERVICE).at("/spec/clusterIP").stringValue()).isEqualTo("10.96.0.10");
    }
}
