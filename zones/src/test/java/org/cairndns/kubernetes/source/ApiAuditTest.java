package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.ObjectName;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.ServiceKind;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.cairndns.kubernetes.testing.LogLines;
import org.cairndns.kubernetes.testing.TestApi;
import org.cairndns.kubernetes.testing.TestApis;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known against one API server that behaves. */
class ApiAuditTest {
    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final ApiTimings QUICK = SourceTesting.QUICK.withAudit(
            new AuditTimings(Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofMillis(300)));

    @TempDir
    static Path work;

    private static TestApi api;

    private final ClusterModel model = new ClusterModel();

    @BeforeAll
    static void startApi() {
        api = TestApis.start(work);
        api.create(SERVICES, SourceTesting.service("web", "10.96.0.80"));
        api.create(SLICES, SourceTesting.slice("web-1", "web", "[{\"addresses\": [\"10.1.0.1\"]}]"));
        api.create(SLICES, """
                {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "of-no-service"},
                 "addressType": "IPv4", "endpoints": [], "ports": []}
                """);
        api.create(PODS, SourceTesting.pod("web-0", "10.1.0.1"));
    }

    @AfterAll
    static void stopApi() {
        api.close();
    }

    @Test
    void audit_allAsInTheApi_findsNothing() throws Exception {
        try (ApiSource source = start()) {
            Await.until(
                    "five audits of each kind",
                    () -> source.status().kinds().values().stream().allMatch(kind -> kind.audits() >= 5));
            assertThat(source.status().kinds().values())
                    .allMatch(kind -> kind.divergences() == 0 && kind.reconnects() == 0);
            assertThat(model.listsStarted(ObjectKind.SERVICE)).isEqualTo(1);
        }
        assertThat(model.violation()).isEmpty();
    }

    @Test
    void audit_serviceMissing_isReadAgainCountedAndNamed() throws Exception {
        try (LogLines log = new LogLines(ApiSource.class);
                ApiSource source = start()) {
            model.remove(ObjectKind.SERVICE, "default", "web");
            Await.until("repaired", () -> model.service("default", "web").isPresent());
            assertThat(divergences(source, ObjectKind.SERVICE)).isEqualTo(1);
            assertThat(divergences(source, ObjectKind.ENDPOINT_SLICE)).isZero();
            assertThat(log.containing("differ"))
                    .containsExactly("services: 1 differ from what the API has, reading all anew: default/web missing");
            assertThat(source.status().synced()).isTrue();
        }
    }

    @Test
    void audit_objectsLeftOver_areTakenOut() throws Exception {
        try (LogLines log = new LogLines(ApiSource.class);
                ApiSource source = start()) {
            model.put(new ServiceEntry("default", "gone", ServiceKind.HEADLESS, List.of(), "", List.of()));
            model.put(new PodEntry("default", "gone-0", List.of()));
            Await.until(
                    "repaired",
                    () -> model.service("default", "gone").isEmpty()
                            && model.pod("default", "gone-0").isEmpty());
            assertThat(log.containing("default/gone extra")).hasSize(1);
            assertThat(log.containing("default/gone-0 extra")).hasSize(1);
            assertThat(model.service("default", "web")).isPresent();
        }
    }

    @Test
    void audit_sliceOutdated_isReadAgain() throws Exception {
        try (LogLines log = new LogLines(ApiSource.class);
                ApiSource source = start()) {
            int puts = model.puts(ObjectKind.ENDPOINT_SLICE);
            model.stamp(ObjectKind.ENDPOINT_SLICE, new ObjectName("default", "web-1"), 1);
            Await.until("repaired", () -> model.puts(ObjectKind.ENDPOINT_SLICE) > puts);
            assertThat(log.containing("default/web-1 older")).hasSize(1);
            assertThat(model.removals(ObjectKind.ENDPOINT_SLICE)).isZero();
            assertThat(model.sweptAway(ObjectKind.ENDPOINT_SLICE)).isZero();
        }
    }

    @Test
    void audit_off_neverComes() throws Exception {
        try (ApiSource source = SourceTesting.start(
                api.kubeconfig(), model, SourceTesting.options(SourceTesting.ALL, SourceTesting.QUICK))) {
            SourceTesting.awaitSynced(source);
            api.create(SERVICES, SourceTesting.service("marker", "10.96.0.81"));
            Await.until("an event", () -> model.service("default", "marker").isPresent());
            assertThat(source.status().kinds().values()).allMatch(kind -> kind.audits() == 0);
        }
    }

    @Test
    void audit_kindNotAllowed_isNotAskedFor() throws Exception {
        api.grantLimited(List.of("services"));
        List<String> codes = new CopyOnWriteArrayList<>();
        ApiSourceOptions options = SourceTesting.options(Set.of(ObjectKind.SERVICE, ObjectKind.ENDPOINT_SLICE), QUICK);
        try (ApiSource source = SourceTesting.start(
                ApiAccess.kubeconfig(api.limitedKubeconfig(), ""),
                model,
                options,
                (verb, host, code, nanos) -> codes.add(code))) {
            Await.until(
                    "ten audits of what is allowed",
                    () -> source.status().kinds().get(ObjectKind.SERVICE).audits() >= 10);
            assertThat(source.status().kinds().get(ObjectKind.ENDPOINT_SLICE).audits())
                    .isZero();
            // One for each attempt to list, and their pauses double up to 200 ms.
            assertThat(codes.stream().filter("403"::equals).count())
                    .isLessThan(4 + codes.stream().filter("200"::equals).count());
        }
    }

    private ApiSource start() throws ClusterConfigException {
        ApiSource source =
                SourceTesting.start(api.kubeconfig(), model, SourceTesting.options(SourceTesting.ALL, QUICK));
        SourceTesting.awaitSynced(source);
        return source;
    }

    private static long divergences(ApiSource source, ObjectKind kind) {
        return source.status().kinds().get(kind).divergences();
    }
}
