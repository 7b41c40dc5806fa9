package org.cairndns.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingList;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.cairndns.manifests.Folders;
import org.cairndns.manifests.KubeObjects;
import org.cairndns.manifests.Kubectl;
import org.cairndns.manifests.TestCluster;
import org.cairndns.perf.container.ContainerSpec;
import org.cairndns.perf.container.Probe;
import org.cairndns.perf.container.ServerContainer;
import org.cairndns.testing.Await;
import org.cairndns.testing.HttpStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Manifests applied over CoreDNS as a platform has it, read back from the API and run as a kubelet runs them: image, arguments, files, token,
 * rights and limits are those of the manifests.
 */
@ExtendWith(ContainerCluster.Resolver.class)
class RenderedManifestsTest {
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/kube-system/deployments/";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path work;

    private static TestCluster api;
    private static PodSpec smoke;

    @BeforeAll
    static void start(ContainerCluster node) throws Exception {
        api = TestCluster.start(
                node.nameserver(), Files.createDirectories(work.resolve("api")), "--endpointslice-controller");
        KubeObjects objects = KubeObjects.rendered(site(node, "smoke"));
        smoke = objects.only(Job.class).getSpec().getTemplate().getSpec();
        // Not every API has Jobs: of the smoke test the part that stays.
        Path file = Files.writeString(work.resolve("smoke.json"), Serialization.asJson(objects.only(Service.class)));
        api.kubectl().output("apply", "--server-side", "-f", file.toString());
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
        }
    }

    @AfterEach
    void clear() {
        api.removePod("coredns-0");
        api.clear();
    }

    @ParameterizedTest
    @CsvSource({"microk8s,", "k3s,", "kubeadm,large-cluster"})
    void overlay_appliedOverCoreDns_answersTheSmokeTest(String platform, String component, ContainerCluster node)
            throws Exception {
        applyOverCoreDns(platform, site(node, "overlays/" + platform, asArray(component)));

        run(platform, node, probe -> {
            assertThat(node.smoke(probe)).isZero();
            assertThat(probe.answers("node-1")).isEqualTo(platform.equals("k3s"));
        });
    }

    @Test
    void overlay_askedByTheSmokeTestsJob_passes(ContainerCluster node) throws Exception {
        applyOverCoreDns("kubeadm", site(node, "overlays/kubeadm"));

        run("kubeadm", node, probe -> {
            Await.until("the pod is in DNS", PATIENCE, () -> probe.answers("dns-pods.kube-system.svc.cluster.local"));
            assertThat(job(node, probe)).endsWith("12 ok, 0 skipped, 0 failed\n");
        });
    }

    @Test
    void imageOnly_asPatchOfCoreDns_answersTheSmokeTest(ContainerCluster node) throws Exception {
        applyStock("k3s");
        Path patch = Files.createTempFile(work, "patch", ".yaml");
        Files.writeString(patch, Kubectl.render(site(node, "overlays/image-only")));

        api.kubectl().output("-n", "kube-system", "patch", "deployment", "coredns", "--patch-file", patch.toString());

        run("image-only on k3s", node, probe -> {
            assertThat(node.smoke(probe)).isZero();
            assertThat(probe.answers("node-1")).isTrue();
        });
    }

    /** In the way of the pages; what the account of the pods may do then is what the overlay says, no more. */
    private static void applyOverCoreDns(String platform, Path site) throws Exception {
        applyStock(platform);
        api.kubectl().output("apply", "-k", site.toString());
        Path overlay = Folders.K8S.resolve("overlays").resolve(platform);
        assertThat(rules("coredns"))
                .isEqualTo(KubeObjects.rendered(overlay).only(ClusterRole.class).getRules());
    }

    private static String[] asArray(String nullable) {
        return nullable == null ? new String[0] : new String[] {nullable};
    }

    /** As an installer does it, which leaves no note of what it applied. */
    private static void applyStock(String platform) throws Exception {
        String folder = Folders.stock(platform).toString();
        api.kubectl().output("apply", "--server-side", "--field-manager=platform", "-k", folder);
    }

    /** A folder as the pages have it, which says where the image comes from. */
    private static Path site(ContainerCluster node, String overlay, String... components) throws IOException {
        Path folder = Folders.joined(work, overlay, components);
        int colon = node.image().lastIndexOf(':');
        String images = "images: [{name: cairn, newName: '%s', newTag: '%s'}]%n"
                .formatted(node.image().substring(0, colon), node.image().substring(colon + 1));
        Files.writeString(folder.resolve("kustomization.yaml"), images, StandardOpenOption.APPEND);
        return folder;
    }

    /** The rules of all roles that an account is bound to. */
    private static List<PolicyRule> rules(String account) {
        List<ClusterRoleBinding> bindings = stored(ClusterRoleBindingList.class, RBAC + "clusterrolebindings")
                .getItems();
        return bindings.stream()
                .filter(binding -> binding.getSubjects().stream()
                        .anyMatch(subject -> subject.getName().equals(account)))
                .map(binding -> RBAC + "clusterroles/" + binding.getRoleRef().getName())
                .flatMap(role -> stored(ClusterRole.class, role).getRules().stream())
                .toList();
    }

    /** What the API has. */
    private static <T> T stored(Class<T> type, String path) {
        return Serialization.unmarshal(api.get(path).toString(), type);
    }

    /** What asks a server. */
    private interface Client {
        void ask(Probe server) throws Exception;
    }

    /** Runs the pod of the Deployment that the API has, which must stay within its limits while it is asked. */
    private static void run(String title, ContainerCluster node, Client client) throws Exception {
        PodTemplateSpec pod =
                stored(Deployment.class, DEPLOYMENTS + "coredns").getSpec().getTemplate();
        Container container = pod.getSpec().getContainers().getFirst();
        ContainerSpec spec = new Kubelet(api, node).container(pod.getSpec(), "");
        try (ServerContainer server = ServerContainer.start(spec, node.network())) {
            Probe probe = new Probe(server);
            String address = server.address().getHostAddress();
            api.addPod("coredns-0", pod.getMetadata().getLabels(), address);
            double ready = probe.secondsUntil(PATIENCE, probe::isReady);
            assertThat(ready).as("ready; %s", server.log()).isPositive();
            assertThat(HttpStatus.of(
                            uri(container, container.getReadinessProbe().getHttpGet(), address)))
                    .isEqualTo(200);
            assertThat(HttpStatus.of(uri(container, container.getLivenessProbe().getHttpGet(), address)))
                    .isEqualTo(200);

            client.ask(probe);

            assertThat(server.log()).doesNotContain("ERROR").doesNotContain("forbidden");
            for (Path folder : spec.folders().values()) {
                assertThat(folder.resolve("etc-coredns-Corefile.lastgood")).exists();
            }
            System.out.printf(
                    "%-18s ready after %.2f s; memory %s of %d MiB%n",
                    title, ready, server.group().memory().words(), spec.limits().memoryMib());
            assertThat(server.group().memoryLimitKib()).isEqualTo(spec.limits().memoryMib() * 1024L);
            assertThat(server.group().kills()).isZero();
        }
    }

    private static URI uri(Container container, HTTPGetAction page, String address) {
        String named = page.getPort().getStrVal();
        int port = named == null
                ? page.getPort().getIntVal()
                : container.getPorts().stream()
                        .filter(each -> each.getName().equals(named))
                        .findFirst()
                        .orElseThrow()
                        .getContainerPort();
        return URI.create("http://" + address + ":" + port + page.getPath());
    }

    /** What the smoke test says, run as its Job has it and asking this server. */
    private static String job(ContainerCluster node, Probe server) throws Exception {
        ContainerSpec spec = new Kubelet(api, node)
                .container(smoke, server.dns().getAddress().getHostAddress());
        List<String> arguments = Stream.concat(
                        spec.arguments().stream(),
                        Stream.of("--outside", ContainerCluster.OUTSIDE, "--timeout", "20000"))
                .toList();
        try (ServerContainer client = ServerContainer.start(spec.with(arguments), node.network())) {
            Await.until("the smoke test has ended", PATIENCE, () -> !client.isRunning());
            assertThat(client.end()).as(client.log()).isEqualTo(new ServerContainer.End(0, false));
            return client.log();
        }
    }
}
