package org.cairndns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.cairndns.kubernetes.testing.ApiServerDouble;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.testing.Await;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesPluginTest {
    private static final String WEB = "web.default.svc.cluster.local.";

    @TempDir
    private Path folder;

    private FakeServer server;
    private ApiServerDouble api;

    @BeforeEach
    void startApi() throws IOException {
        server = new FakeServer(folder);
        api = ApiServerDouble.start(Files.createDirectory(folder.resolve("api")));
        create("services", "web", """
                "spec": {"clusterIP": "10.96.1.10", "ports": [{"name": "http", "port": 80}]}""");
    }

    @AfterEach
    void stopApi() {
        api.close();
    }

    @Test
    void setup_kubeconfigThatIsNotThere_waitsWithFileAndRemedy() {
        assertThat(block("kubeconfig nowhere").waiting())
                .containsExactly(
                        "Corefile:3:5: kubeconfig: can't read " + folder.resolve("nowhere")
                                + ": there is no such file (correct the path, or mount the file there); names of the cluster get SERVFAIL until that is there");
    }

    @Test
    void setup_kubeconfigThatIsGarbage_waits() throws IOException {
        Files.writeString(folder.resolve("garbage"), "{{{ no kubeconfig");

        assertThat(block("kubeconfig garbage").waiting())
                .singleElement()
                .asString()
                .startsWith("Corefile:3:5: kubeconfig: " + folder.resolve("garbage") + " is no kubeconfig: ");
    }

    @Test
    void setup_contextThatIsNotThere_waitsAndNamesThoseThatAre() {
        assertThat(block("kubeconfig api/kubeconfig prod").waiting())
                .containsExactly("Corefile:3:5: kubeconfig: " + api.kubeconfig()
                        + " has no context prod, only [test]; names of the cluster get SERVFAIL until that is there");
    }

    @Test
    void setup_outsideOfAnyCluster_waitsWithTheRemedy() {
        assertThat(block("ttl 30").waiting())
                .containsExactly(
                        "Corefile:2:1: not in a cluster: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT"
                                + " are not set (elsewhere, say kubeconfig FILE or endpoint URL); names of the cluster get SERVFAIL until that is there");
    }

    @Test
    void setup_inCluster_usesEnvironmentAndServiceAccount() {
        server.environment(Map.of("KUBERNETES_SERVICE_HOST", "127.0.0.1", "KUBERNETES_SERVICE_PORT", "6443"));

        assertThat(block("ttl 30").waiting())
                .containsExactly(
                        "Corefile:2:1: service account: can't read " + folder.resolve("account/ca.crt")
                                + ": there is no such file (correct the path, or mount the file there); names of the cluster get SERVFAIL until that is there");
    }

    @Test
    void setup_endpointThatIsNoUrl_isAProblem() {
        assertThat(block("endpoint ftp://10.0.0.1").problems())
                .containsExactly("Corefile:3:5: endpoint: ftp://10.0.0.1 is no URL like https://host:port");
    }

    @Test
    void setup_manifestsThatAreNotThere_waits() {
        assertThat(block("manifests nowhere").waiting())
                .singleElement()
                .asString()
                .startsWith("Corefile:3:5: manifests: " + folder.resolve("nowhere") + " does not exist; ");
    }

    @Test
    void setup_manifests_watchesNothingYet() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThat(block("manifests .").problems()).isEmpty();
        Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
        after.removeAll(before);

        // What is set up for a check, or beside a cluster that is read already, nobody closes.
        assertThat(after).extracting(Thread::getName).noneMatch(name -> name.contains("FileSystemWatch"));
    }

    @Test
    void setup_otherProblemFound_opensNothing() {
        FakeBlock block = block("kubeconfig api/kubeconfig\n    ttl x");

        assertThat(block.problems()).hasSize(1);
        assertThat(block.hasHandler()).isFalse();
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void setup_podsVerified_offersTheSearchPathsOfPods() {
        assertThat(block("kubeconfig api/kubeconfig\n    pods verified")
                        .settings()
                        .searchPaths())
                .containsOnlyKeys("kubernetes");
        assertThat(block("kubeconfig api/kubeconfig\n    pods insecure")
                        .settings()
                        .searchPaths())
                .isEmpty();
    }

    @Test
    void setup_goodDirective_asksNothingBeforeTheStart() {
        FakeBlock block = block("kubeconfig api/kubeconfig");

        assertThat(block.problems()).isEmpty();
        assertThat(block.hasHandler()).isTrue();
        assertThat(block.isReady()).isFalse();
        assertThat(api.requests()).isEmpty();
        assertThat(block.holds())
                .singleElement()
                .satisfies(hold -> assertThat(hold.limit()).isEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void start_apiAnswers_startIsFreeReadyAndAnswers() throws Exception {
        try (LogCapture log = new LogCapture()) {
            FakeBlock block = block("kubeconfig api/kubeconfig").start();
            awaitHold(block);

            assertThat(block.isReady()).isTrue();
            assertThat(answer(block, WEB)).isEqualTo("NOERROR 10.96.1.10");
            assertThat(answer(block, "nope.default.svc.cluster.local.")).isEqualTo("NXDOMAIN");
            assertThat(log.lines())
                    .containsExactly("INFO plugin/kubernetes: read 1 namespaces, 1 services, 0 endpoint slices from"
                            + " kubeconfig " + api.kubeconfig());
            block.stop();
            block.closeShared();
        }
    }

    @Test
    void start_multicluster_answersFromImports() throws Exception {
        create("serviceimports", "shared", """
                "spec": {"type": "ClusterSetIP", "ips": ["10.42.0.1"], "ports": []}""");
        FakeBlock block = clustersetBlock().start();
        awaitHold(block);

        assertThat(answer(block, "shared.default.svc.clusterset.local.")).isEqualTo("NOERROR 10.42.0.1");
        assertThat(answer(block, "shared.default.svc.cluster.local.")).isEqualTo("NXDOMAIN");
        assertThat(answer(block, WEB)).isEqualTo("NOERROR 10.96.1.10");
        assertThat(answer(block, "web.default.svc.clusterset.local.")).isEqualTo("NXDOMAIN");
        block.stop();
        block.closeShared();
    }

    @Test
    void start_multiclusterWithoutDefinition_isReadyAtOnceWithACondition() throws Exception {
        api.script(exchange -> {
            boolean imports = exchange.getRequestURI().getPath().endsWith("/serviceimports");
            if (imports) {
                exchange.sendResponseHeaders(404, -1);
            }
            return imports;
        });
        try (LogCapture log = new LogCapture()) {
            FakeBlock block = clustersetBlock().start();
            awaitHold(block);

            assertThat(block.isReady()).isTrue();
            assertThat(answer(block, WEB)).isEqualTo("NOERROR 10.96.1.10");
            assertThat(answer(block, "shared.default.svc.clusterset.local.")).isEqualTo("NXDOMAIN");
            String series = "cairn_condition{condition=\"api_kind_missing\",subject=\"kubeconfig " + api.kubeconfig()
                    + " serviceimports\"} ";
            Await.until("named", () -> server.metrics("cairn_condition").contains(series + "1.0"));
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARNING plugin/kubernetes: serviceimports: "))
                    .hasSize(1);
            block.stop();
            block.closeShared();
            assertThat(server.metrics("cairn_condition")).contains(series + "0.0");
        }
    }

    @Test
    void start_apiUnreachable_servfailWarningAndNotReady() throws Exception {
        api.kill();
        try (LogCapture log = new LogCapture()) {
            FakeBlock block =
                    block("kubeconfig api/kubeconfig\n    startup_timeout 2s").start();
            server.scheduler().advance(Duration.ofSeconds(2));

            assertThat(block.holds().getFirst().limit()).isEqualTo(Duration.ofSeconds(2));
            assertThat(block.isReady()).isFalse();
            assertThat(answer(block, WEB)).isEqualTo("SERVFAIL");
            assertThat(answer(block, "example.org.")).isEqualTo("REFUSED");
            assertThat(log.lines())
                    .contains("WARNING plugin/kubernetes: starting server with unsynced Kubernetes API:"
                            + " [NAMESPACE, SERVICE, ENDPOINT_SLICE] not read yet from kubeconfig "
                            + api.kubeconfig() + "; until then names that are not known get SERVFAIL");
            api.restart();
            awaitHold(block);
            assertThat(block.isReady()).isTrue();
            assertThat(answer(block, WEB)).isEqualTo("NOERROR 10.96.1.10");
            block.closeShared();
        }
    }

    @Test
    void start_stoppedBeforeTheTimeout_noWarning() throws Exception {
        api.kill();
        try (LogCapture log = new LogCapture()) {
            FakeBlock block = block("kubeconfig api/kubeconfig").start();
            block.stop();
            server.scheduler().advance(Duration.ofSeconds(6));
            block.closeShared();

            assertThat(log.lines()).noneMatch(line -> line.contains("starting"));
        }
    }

    @Test
    void api_goneAndBack_isAConditionWithTwoLines() throws Exception {
        try (LogCapture log = new LogCapture()) {
            FakeBlock block = block("kubeconfig api/kubeconfig").start();
            awaitHold(block);
            api.kill();
            String series =
                    "cairn_condition{condition=\"api_unreachable\",subject=\"kubeconfig " + api.kubeconfig() + "\"} ";
            Await.until("known", () -> server.metrics("cairn_condition").contains(series + "1.0"));
            api.restart();
            Await.until("over", () -> server.metrics("cairn_condition").contains(series + "0.0"));
            block.closeShared();

            assertThat(log.lines())
                    .filteredOn(line -> line.contains("Kubernetes API"))
                    .hasSize(2)
                    .last()
                    .isEqualTo("INFO plugin/kubernetes: Kubernetes API: answers again");
        }
    }

    @Test
    void start_kindForbidden_isAConditionUntilItIsAllowed() throws Exception {
        api.grantLimited(List.of("services", "namespaces"));
        FakeBlock block = block("kubeconfig api/limited-kubeconfig").start();
        String series = "cairn_condition{condition=\"api_forbidden\",subject=\"kubeconfig " + api.limitedKubeconfig()
                + " endpointslices\"} ";
        Await.until("known", () -> server.metrics("cairn_condition").contains(series + "1.0"));
        api.grantLimited(List.of("services", "namespaces", "endpointslices"));
        Await.until("over", () -> server.metrics("cairn_condition").contains(series + "0.0"));
        block.closeShared();
    }

    @Test
    void start_slicesForbidden_readyAndOnlyTheirNamesServfail() throws Exception {
        create("services", "db", "\"spec\": {\"clusterIP\": \"None\", \"ports\": [{\"port\": 5432}]}");
        api.grantLimited(List.of("services", "namespaces"));
        FakeBlock block = block("kubeconfig api/limited-kubeconfig").start();
        Handler chain = block.chain(KubernetesPluginTest::refuse);
        Await.until("ready", block::isReady);

        assertThat(answer(chain, WEB)).isEqualTo("NOERROR 10.96.1.10");
        assertThat(answer(chain, "nope.default.svc.cluster.local.")).isEqualTo("NXDOMAIN");
        assertThat(answer(chain, "db.default.svc.cluster.local.")).isEqualTo("SERVFAIL");
        assertThat(answer(chain, "db-0.db.default.svc.cluster.local.")).isEqualTo("SERVFAIL");
        block.closeShared();
    }

    @Test
    void start_servicesForbidden_notReadyAndNothingIsDenied() throws Exception {
        api.grantLimited(List.of("endpointslices", "namespaces"));
        FakeBlock block = block("kubeconfig api/limited-kubeconfig").start();
        Handler chain = block.chain(KubernetesPluginTest::refuse);
        Await.until(
                "refusal noticed",
                () -> !server.metrics("condition=\"api_forbidden\"").isEmpty());

        assertThat(answer(chain, WEB)).isEqualTo("SERVFAIL");
        assertThat(block.isReady()).isFalse();
        block.closeShared();
    }

    @Test
    void start_syncedOnce_staysReadyWithoutApi() throws Exception {
        FakeBlock block = block("kubeconfig api/kubeconfig").start();
        awaitHold(block);
        api.kill();
        Await.until(
                "loss noticed",
                () -> server.metrics("cairn_kubernetes_reconnects_total").stream()
                        .anyMatch(line -> !line.endsWith(" 0.0")));

        assertThat(block.isReady()).isTrue();
        assertThat(answer(block, WEB)).isEqualTo("NOERROR 10.96.1.10");
        block.closeShared();
    }

    @Test
    void start_withSelectors_apiIsAskedForThem() throws Exception {
        FakeBlock block = block("kubeconfig api/kubeconfig\n    labels app=web\n    namespace_labels team in (a,b)")
                .start();
        awaitHold(block);
        block.closeShared();

        assertThat(api.requests())
                .anyMatch(request -> request.contains("/services?labelSelector=app%3Dweb&"))
                .anyMatch(request -> request.contains("/endpointslices?labelSelector=app%3Dweb&"))
                .anyMatch(request -> request.contains("/namespaces?labelSelector=team+in+%28a%2Cb%29&"))
                .noneMatch(request -> request.contains("/pods"));
    }

    @Test
    void start_noendpoints_slicesAreNotAskedForAndHeadlessServicesHaveNoName() throws Exception {
        create("services", "db", """
                "spec": {"clusterIP": "None", "ports": []}""");
        FakeBlock block = block("kubeconfig api/kubeconfig\n    noendpoints").start();
        awaitHold(block);

        assertThat(answer(block, "db.default.svc.cluster.local.")).isEqualTo("NXDOMAIN");
        assertThat(answer(block, WEB)).isEqualTo("NOERROR 10.96.1.10");
        assertThat(api.requests()).noneMatch(request -> request.contains("endpointslices"));
        block.closeShared();
    }

    @Test
    void start_boundToAnAddress_thatIsTheNameServers() throws Exception {
        FakeBlock block = block("kubeconfig api/kubeconfig");
        block.settings().bindAddresses().add(java.net.InetAddress.ofLiteral("192.0.2.53"));
        block.start();
        awaitHold(block);

        assertThat(answer(block, "ns.dns.cluster.local.")).isEqualTo("NOERROR 192.0.2.53");
        block.closeShared();
    }

    @Test
    void close_sourceAndMetricsEnd() throws Exception {
        FakeBlock block = block("kubeconfig api/kubeconfig").start();
        awaitHold(block);

        assertThat(server.metrics("cairn_kubernetes_synced")).hasSize(1);
        block.stop();
        block.closeShared();
        block.closeShared();

        assertThat(server.metrics("cairn_kubernetes_synced")).isEmpty();
    }

    private FakeBlock block(String properties) {
        return new FakeBlock(
                server,
                "cluster.local {\nkubernetes {\n    " + properties + "\n}\n}",
                plugin(folder.resolve("account")));
    }

    private FakeBlock clustersetBlock() {
        return new FakeBlock(server, """
                cluster.local clusterset.local {
                    kubernetes {
                        kubeconfig api/kubeconfig
                        multicluster clusterset.local
                    }
                }""", plugin(folder.resolve("account")));
    }

    private static Plugin plugin(Path accountFolder) {
        return new KubernetesPlugin(
                accountFolder, accountFolder.resolveSibling("resolv.conf"), InstantSource.system(), new Random(1));
    }

    private static void awaitHold(FakeBlock block) {
        Await.until(
                "start no longer held", () -> block.holds().getFirst().done().isDone());
    }

    private static Reply refuse(Query query) {
        return new Reply.Answered(Response.bare(Rcode.REFUSED));
    }

    private static String answer(FakeBlock block, String qname) {
        return answer(block.chain(KubernetesPluginTest::refuse), qname);
    }

    private static String answer(Handler chain, String qname) {
        Query query = Queries.of(qname, "A");
        org.xbill.DNS.Message message = Queries.render(query, chain.handle(query));
        StringBuilder text = new StringBuilder(org.xbill.DNS.Rcode.string(message.getRcode()));
        message.getSection(org.xbill.DNS.Section.ANSWER)
                .forEach(record -> text.append(' ').append(record.rdataToString()));
        return text.toString();
    }

    private void create(String plural, String name, String rest) {
        api.create(
                "/api/v1/namespaces/default/" + plural, "{\"metadata\": {\"name\": \"" + name + "\"}, " + rest + "}");
    }
}
