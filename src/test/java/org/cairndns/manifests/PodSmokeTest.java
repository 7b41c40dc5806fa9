package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cairndns.acceptance.ServerProcess;
import org.cairndns.testing.Await;
import org.cairndns.testing.HttpStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The server started as the manifests say, from what the API then has: Corefile, arguments, user, rights, file systems, and a
 * token with the rights of exactly the role that was applied. The smoke test of the manifests asks it, as a pod does.
 */
class PodSmokeTest {
    private static final String UPSTREAM = "192.0.2.53";

    /** Several processes start beside each other, each of which is slow on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String NODE_LOCAL = "169.254.20.10";
    private static final String NODE_RESOLVERS = "nameserver " + UPSTREAM + "\n";

    private static final String OUTSIDE = """
            .:53 {
                bind %s
                hosts {
                    198.51.100.7 one.one.one.one
                }
            }
            """.formatted(UPSTREAM);

    @TempDir
    static Path work;

    private static PodNetworks networks;
    private static TestCluster cluster;
    private static ServerProcess outside;

    @BeforeAll
    static void start() throws Exception {
        networks = PodNetworks.open();
        cluster = TestCluster.start(
                networks.api(), Files.createDirectories(work.resolve("api")), "--endpointslice-controller");
        PodNetworks.addAddress(networks.node(), UPSTREAM);
        Path corefile = Files.writeString(work.resolve("outside"), OUTSIDE);
        outside = ServerProcess.startBy(
                PodNetworks.in(networks.node(), List.of()),
                work.resolve("outside.log"),
                Map.of(),
                "-conf",
                corefile.toString());
        cluster.kubectl().output("apply", "--server-side", "-f", smokeService().toString());
    }

    /** The part of the smoke test that stays in the cluster. */
    private static Path smokeService() throws Exception {
        KubeObjects smoke = KubeObjects.rendered(Folders.K8S.resolve("smoke"));
        HasMetadata service = smoke.only(io.fabric8.kubernetes.api.model.Service.class);
        return Files.writeString(work.resolve("smoke.json"), Serialization.asJson(service));
    }

    @AfterAll
    static void stop() {
        if (outside != null) {
            outside.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        if (networks != null) {
            networks.close();
        }
    }

    @AfterEach
    void clear() {
        cluster.removePod("coredns-0");
        cluster.clear();
    }

    private static void apply(String folder) throws Exception {
        cluster.kubectl()
                .output(
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "-k",
                        Folders.K8S.resolve(folder).toString());
    }

    /** The object as the API has it. */
    private static <T extends HasMetadata> T stored(Class<T> type, String path) {
        return Serialization.unmarshal(cluster.get(path).toString(), type);
    }

    private static PodTemplateSpec deployment(String name) {
        String path = "/apis/apps/v1/namespaces/kube-system/deployments/" + name;
        return stored(Deployment.class, path).getSpec().getTemplate();
    }

    private static Map<String, String> configMap(String name) {
        return stored(ConfigMap.class, "/api/v1/namespaces/kube-system/configmaps/" + name)
                .getData();
    }

    private static String clusterIp(String namespace, String service) {
        JsonNode found = cluster.get("/api/v1/namespaces/" + namespace + "/services/" + service);
        return found.at("/spec/clusterIP").stringValue();
    }

    /** A DNS pod of a Deployment, with its network made as a node makes it; not started. */
    private static PodProcess dnsPod(String deployment, String service) throws Exception {
        PodTemplateSpec template = deployment(deployment);
        cluster.addPod("coredns-0", template.getMetadata().getLabels(), networks.dns());
        PodNetworks.addAddress(networks.pods(), clusterIp("kube-system", service));
        return new PodProcess(work, networks.pods(), template.getSpec())
                .resolvConf(NODE_RESOLVERS)
                .account(cluster)
                .variable("KUBERNETES_SERVICE_HOST", networks.api())
                .configMap("coredns", configMap("coredns"));
    }

    private static void awaitReady(PodProcess pod, ServerProcess server, String address) throws Exception {
        try {
            Await.until(
                    "ready",
                    PATIENCE,
                    () -> !server.isAlive() || HttpStatus.of(URI.create("http://" + address + ":8181/ready")) == 200);
            assertThat(server.isAlive()).isTrue();
        } catch (AssertionError e) {
            throw new AssertionError(Files.readString(pod.log()), e);
        }
    }

    /** The Job of the smoke test. */
    private static JobSpec job() throws Exception {
        return KubeObjects.rendered(Folders.K8S.resolve("smoke"))
                .only(Job.class)
                .getSpec();
    }

    private static String smoke(String namespace, String nameServer) throws Exception {
        PodSpec pod = job().getTemplate().getSpec();
        return smoke(namespace, nameServer, pod.getContainers().getFirst().getArgs());
    }

    /** Runs it as a pod of {@code kube-system} whose resolver asks this address, as often as the Job allows; what it wrote last. */
    private static String smoke(String namespace, String nameServer, List<String> arguments) throws Exception {
        List<String> patient = new ArrayList<>(arguments);
        patient.addAll(List.of("--timeout", "20000"));
        int code = 1;
        String output = "";
        for (int i = 0; code != 0 && i <= job().getBackoffLimit(); i++) {
            PodProcess pod = new PodProcess(work, namespace, job().getTemplate().getSpec())
                    .resolvConf("search kube-system.svc.cluster.local svc.cluster.local cluster.local\nnameserver "
                            + nameServer + "\noptions ndots:5\n")
                    .variable("KUBERNETES_SERVICE_HOST", clusterIp("default", "kubernetes"))
                    .variable("KUBE_DNS_SERVICE_HOST", clusterIp("kube-system", "kube-dns"));
            try (ServerProcess process = pod.start(patient)) {
                Await.until("the smoke test has ended", PATIENCE, () -> !process.isAlive());
                code = process.await();
                output = Files.readString(pod.log());
            }
        }
        assertThat(code).as(output).isZero();
        return output;
    }

    @ParameterizedTest
    @CsvSource({"overlays/microk8s", "overlays/kubeadm", "overlays/k3s"})
    void start_asThePlatformsManifestsSay_answersTheSmokeTest(String folder) throws Exception {
        apply(folder);
        PodProcess pod = dnsPod("coredns", "kube-dns");
        try (ServerProcess server = pod.start()) {
            awaitReady(pod, server, networks.dns());

            assertThat(smoke(networks.pods(), clusterIp("kube-system", "kube-dns")))
                    .endsWith("12 ok, 0 skipped, 0 failed\n");

            assertThat(Files.readString(pod.log())).doesNotContain("ERROR").doesNotContain("forbidden");
            try (Stream<Path> kept = Files.list(Path.of("/proc/" + server.pid() + "/root/var/lib/cairn"))) {
                assertThat(kept.map(path -> path.getFileName().toString()))
                        .containsExactly("etc-coredns-Corefile.lastgood");
            }
        }
    }

    @Test
    void start_asTheCanarysManifestsSay_answersBesideTheRunningOne() throws Exception {
        apply("overlays/kubeadm");
        apply("overlays/canary");
        PodProcess pod = dnsPod("cairn-canary", "dns-canary");
        try (ServerProcess server = pod.start()) {
            awaitReady(pod, server, networks.dns());

            assertThat(smoke(
                            networks.pods(),
                            clusterIp("kube-system", "dns-canary"),
                            List.of("smoke", "--pods", networks.dns())))
                    .contains("ok      /ready and /metrics");
        }
    }

    @Test
    void start_asTheNodeLocalManifestsSay_answersFromTheNode() throws Exception {
        apply("overlays/kubeadm");
        apply("overlays/node-local");
        PodProcess dns = dnsPod("coredns", "kube-dns");
        String path = "/apis/apps/v1/namespaces/kube-system/daemonsets/node-local-dns";
        PodSpec spec = stored(DaemonSet.class, path).getSpec().getTemplate().getSpec();
        giveAddress(spec);
        PodProcess cache = new PodProcess(work, networks.node(), spec)
                .resolvConf(NODE_RESOLVERS)
                .variable("KUBE_DNS_SERVICE_HOST", clusterIp("kube-system", "kube-dns"))
                .configMap("node-local-dns", configMap("node-local-dns"));
        try (ServerProcess server = dns.start();
                ServerProcess node = cache.start()) {
            awaitReady(dns, server, networks.dns());

            assertThat(smoke(networks.node(), NODE_LOCAL)).endsWith("12 ok, 0 skipped, 0 failed\n");
            assertThat(node.isAlive()).isTrue();
        }
    }

    /** What the init container of the node cache does, twice, as on a node whose pod is replaced. */
    private static void giveAddress(PodSpec spec) throws Exception {
        PodSpec init = new PodSpecBuilder(spec)
                .withContainers(spec.getInitContainers())
                .build();
        for (int i = 0; i < 2; i++) {
            assertThat(output(new PodProcess(work, networks.node(), init), 0)).isEqualTo("lo has " + NODE_LOCAL + "\n");
        }
        init.getContainers().getFirst().getSecurityContext().getCapabilities().setAdd(List.of());
        assertThat(output(new PodProcess(work, networks.node(), init), 1))
                .isEqualTo("lo does not get " + NODE_LOCAL + ": error 1, it takes CAP_NET_ADMIN\n");
    }

    private static String output(PodProcess pod, int code) throws Exception {
        try (ServerProcess process = pod.start()) {
            Await.until("the command has ended", PATIENCE, () -> !process.isAlive());
            assertThat(process.await()).as(Files.readString(pod.log())).isEqualTo(code);
            return Files.readString(pod.log());
        }
    }

    @Test
    void start_roleWithoutEndpointSlices_startsAndSaysWhatIsMissing() throws Exception {
        apply("overlays/kubeadm");
        cluster.api().patch("/apis/rbac.authorization.k8s.io/v1/clusterroles/system:coredns", """
                {"rules":[{"apiGroups":[""],"resources":["services","namespaces"],"verbs":["list","watch"]}]}""");
        PodProcess pod = dnsPod("coredns", "kube-dns");
        try (ServerProcess server = pod.start()) {
            awaitReady(pod, server, networks.dns());

            Await.until(
                    "the log says so",
                    PATIENCE,
                    () -> Files.readString(pod.log()).contains("endpointslices"));
            assertThat(smoke(
                            networks.pods(),
                            clusterIp("kube-system", "kube-dns"),
                            List.of("smoke", "--pods", networks.dns())))
                    .contains("ok      kube-dns.kube-system.svc.cluster.local.");
        }
    }
}
