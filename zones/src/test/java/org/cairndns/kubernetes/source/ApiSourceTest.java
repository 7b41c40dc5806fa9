package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cairndns.kubernetes.EndpointEntry;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.ServiceKind;
import org.cairndns.kubernetes.SliceEntry;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.cairndns.kubernetes.testing.TestApi;
import org.cairndns.kubernetes.testing.TestApis;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against one API server that behaves. */
class ApiSourceTest {
    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";

    @TempDir
    static Path work;

    private static TestApi api;

    private final ClusterModel model = new ClusterModel();

    @BeforeAll
    static void startApi() {
        api = TestApis.start(work, "--service-cluster-ip-range=10.96.0.0/12,fd00:96::/112");
    }

    @AfterAll
    static void stopApi() {
        api.close();
    }

    @Test
    void start_moreObjectsThanAPage_allOfThem() throws Exception {
        for (int i = 0; i < 1100; i++) {
            api.create("/api/v1/namespaces", SourceTesting.namespace("many-" + i));
        }
        List<String> codes = new CopyOnWriteArrayList<>();
        RequestObserver observer = (verb, host, code, nanos) -> codes.add(verb + " " + code);
        ApiSourceOptions options = SourceTesting.options(Set.of(ObjectKind.NAMESPACE), SourceTesting.QUICK);
        try (ApiSource source =
                SourceTesting.start(ApiAccess.kubeconfig(api.kubeconfig(), ""), model, options, observer)) {
            SourceTesting.awaitSynced(source);
            assertThat(model.count(ObjectKind.NAMESPACE)).isGreaterThan(1100);
            assertThat(model.hasNamespace("many-0")).isTrue();
            assertThat(model.hasNamespace("many-1099")).isTrue();
            assertThat(model.listsStarted(ObjectKind.NAMESPACE)).isEqualTo(1);
            // Three pages and a watch.
            assertThat(codes).containsExactly("GET 200", "GET 200", "GET 200", "GET 200");
        }
        assertThat(model.violation()).isEmpty();
    }

    @Test
    void changes_ofAllKinds_arrive() throws Exception {
        try (ApiSource source = startAll(SourceTesting.QUICK)) {
            api.create(SERVICES, SourceTesting.service("web", "10.96.0.80"));
            api.create(SLICES, SourceTesting.slice("web-1", "web", "[{\"addresses\": [\"10.1.0.1\"]}]"));
            api.create("/api/v1/namespaces/default/pods", SourceTesting.pod("web-0", "10.1.0.1"));
            api.create("/api/v1/namespaces", SourceTesting.namespace("fresh"));
            Await.until(
                    "added",
                    () -> model.service("default", "web").isPresent()
                            && model.slice("default", "web-1").isPresent()
                            && model.pod("default", "web-0").isPresent()
                            && model.hasNamespace("fresh"));

            api.patch(SLICES + "/web-1", "{\"endpoints\": [{\"addresses\": [\"10.1.0.2\"]}]}");
            Await.until("changed", () -> addresses("web-1").equals(List.of("10.1.0.2")));

            api.delete(SLICES + "/web-1");
            api.delete(SERVICES + "/web");
            api.delete("/api/v1/namespaces/default/pods/web-0");
            api.delete("/api/v1/namespaces/fresh");
            Await.until(
                    "deleted",
                    () -> model.service("default", "web").isEmpty()
                            && model.slice("default", "web-1").isEmpty()
                            && model.pod("default", "web-0").isEmpty()
                            && !model.hasNamespace("fresh"));
        }
        assertThat(model.violation()).isEmpty();
    }

    @Test
    void services_ofEachShape_haveTheirFields() throws Exception {
        api.create(SERVICES, """
                {"metadata": {"name": "dual"}, "spec": {"clusterIP": "10.96.1.1",
                 "clusterIPs": ["10.96.1.1", "fd00:96::1"], "ipFamilies": ["IPv4", "IPv6"], "ipFamilyPolicy": "RequireDualStack",
                 "ports": [{"name": "dns", "port": 53, "protocol": "UDP"}, {"name": "web", "port": 80}]}}
                """);
        api.create(SERVICES, """
                {"metadata": {"name": "headless"}, "spec": {"clusterIP": "None", "ports": [{"port": 5432}]}}
                """);
        api.create(SERVICES, """
                {"metadata": {"name": "outside"}, "spec": {"type": "ExternalName", "externalName": "db.example.com"}}
                """);
        try (ApiSource source = startAll(SourceTesting.QUICK)) {
            ServiceEntry dual = model.service("default", "dual").orElseThrow();
            assertThat(dual.kind()).isEqualTo(ServiceKind.CLUSTER_IP);
            assertThat(dual.clusterIps())
                    .extracting(address -> address.getHostAddress())
                    .containsExactly("10.96.1.1", "fd00:96:0:0:0:0:0:1");
            assertThat(dual.ports())
                    .extracting(port -> port.name() + "/" + port.protocol() + "/" + port.port())
                    .containsExactly("dns/udp/53", "web/tcp/80");
            ServiceEntry headless = model.service("default", "headless").orElseThrow();
            assertThat(headless.kind()).isEqualTo(ServiceKind.HEADLESS);
            assertThat(headless.clusterIps()).isEmpty();
            assertThat(headless.ports().getFirst().name()).isEmpty();
            ServiceEntry outside = model.service("default", "outside").orElseThrow();
            assertThat(outside.kind()).isEqualTo(ServiceKind.EXTERNAL_NAME);
            assertThat(outside.externalName()).isEqualTo("db.example.com");
        }
    }

    @Test
    void slices_readyNilTrueFalse_onlyReadyOnes() throws Exception {
        api.create(SLICES, SourceTesting.slice("mixed", "mixed", """
                [{"addresses": ["10.2.0.1"], "conditions": {"ready": true}, "hostname": "first",
                  "targetRef": {"kind": "Pod", "name": "mixed-0", "namespace": "default"}},
                 {"addresses": ["10.2.0.2"], "conditions": {"ready": false, "serving": true}},
                 {"addresses": ["10.2.0.3"], "conditions": {}},
                 {"addresses": ["10.2.0.4"]}]
                """));
        try (ApiSource source = startAll(SourceTesting.QUICK)) {
            assertThat(addresses("mixed")).containsExactly("10.2.0.1", "10.2.0.3", "10.2.0.4");
            EndpointEntry first =
                    model.slice("default", "mixed").orElseThrow().endpoints().getFirst();
            assertThat(first.hostname()).isEqualTo("first");
            assertThat(first.podName()).isEqualTo("mixed-0");

            api.patch(SLICES + "/mixed", """
                    {"endpoints": [{"addresses": ["10.2.0.1"], "conditions": {"ready": false}}]}
                    """);
            Await.until("none ready", () -> addresses("mixed").isEmpty());
            assertThat(model.slice("default", "mixed")).isPresent();
        }
    }

    @Test
    void slice_losesServiceLabel_isGone() throws Exception {
        api.create(SLICES, SourceTesting.slice("labelled", "labelled", "[{\"addresses\": [\"10.2.1.1\"]}]"));
        try (ApiSource source = startAll(SourceTesting.QUICK)) {
            assertThat(model.slice("default", "labelled")).isPresent();
            api.patch(SLICES + "/labelled", "{\"metadata\": {\"labels\": {\"kubernetes.io/service-name\": null}}}");
            Await.until("gone", () -> model.slice("default", "labelled").isEmpty());
        }
    }

    @Test
    void watch_endedByTheApi_goesOnWithoutAList() throws Exception {
        ApiTimings shortWatches = new ApiTimings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofSeconds(1));
        try (ApiSource source = startAll(shortWatches)) {
            Await.until(
                    "watched anew three times",
                    () -> source.status().kinds().values().stream().allMatch(kind -> kind.reconnects() >= 3));
            api.create(SERVICES, SourceTesting.service("late", "10.96.0.90"));
            Await.until("added", () -> model.service("default", "late").isPresent());
            assertThat(model.listsStarted(ObjectKind.SERVICE)).isEqualTo(1);
            assertThat(source.status().kinds().get(ObjectKind.SERVICE).lastError())
                    .isEmpty();
        }
    }

    @Test
    void selectors_perKind_areAskedOfTheApi() throws Exception {
        api.create("/api/v1/namespaces", """
                {"metadata": {"name": "chosen", "labels": {"exposed": "yes"}}}
                """);
        Map<ObjectKind, String> selectors = new EnumMap<>(ObjectKind.class);
        selectors.put(ObjectKind.NAMESPACE, "exposed=yes");
        ApiSourceOptions options = new ApiSourceOptions(
                Set.of(ObjectKind.NAMESPACE, ObjectKind.SERVICE), selectors, "Cairn/test", SourceTesting.QUICK);
        try (ApiSource source = SourceTesting.start(api.kubeconfig(), model, options)) {
            SourceTesting.awaitSynced(source);
            assertThat(model.hasNamespace("chosen")).isTrue();
            assertThat(model.hasNamespace("default")).isFalse();
        }
    }

    @Test
    void kindNotAllowed_othersGoOn_andItComesWhenAllowed() throws Exception {
        api.grantLimited(List.of("services", "namespaces"));
        ApiSourceOptions options = SourceTesting.options(SourceTesting.ALL, SourceTesting.QUICK);
        try (ApiSource source = SourceTesting.start(api.limitedKubeconfig(), model, options)) {
            Await.until(
                    "allowed kinds synced",
                    () -> source.status().kinds().get(ObjectKind.SERVICE).synced()
                            && source.status().kinds().get(ObjectKind.NAMESPACE).synced());
            Await.until(
                    "refusal known",
                    () -> source.status()
                            .kinds()
                            .get(ObjectKind.ENDPOINT_SLICE)
                            .lastError()
                            .contains("403"));
            assertThat(source.status().synced()).isFalse();
            assertThat(source.status().kinds().get(ObjectKind.ENDPOINT_SLICE).lastError())
                    .contains("endpointslices");

            api.grantLimited(List.of("services", "namespaces", "pods", "endpointslices"));
            SourceTesting.awaitSynced(source);
        }
    }

    @Test
    void close_whileWatching_isQuickAndFinal() throws Exception {
        ApiSource source = startAll(SourceTesting.QUICK);
        long beforeNanos = System.nanoTime();
        source.close();
        source.close();
        assertThat(Duration.ofNanos(System.nanoTime() - beforeNanos)).isLessThan(Duration.ofSeconds(2));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("kubernetes-source");
    }

    private ApiSource startAll(ApiTimings timings) throws ClusterConfigException {
        ApiSourceOptions options = SourceTesting.options(SourceTesting.ALL, timings);
        ApiSource source = SourceTesting.start(api.kubeconfig(), model, options);
        SourceTesting.awaitSynced(source);
        return source;
    }

    private List<String> addresses(String slice) {
        return model.slice("default", slice).map(SliceEntry::endpoints).orElse(List.of()).stream()
                .map(endpoint -> endpoint.address().getHostAddress())
                .toList();
    }
}
