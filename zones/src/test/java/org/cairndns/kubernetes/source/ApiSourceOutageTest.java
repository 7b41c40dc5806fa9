package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.cairndns.kubernetes.testing.TcpProxy;
import org.cairndns.kubernetes.testing.TestApi;
import org.cairndns.kubernetes.testing.TestApis;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an API server that is killed, hangs, forgets or changes its mind about tokens. */
class ApiSourceOutageTest {
    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private static final Set<ObjectKind> TWO_KINDS = Set.of(ObjectKind.SERVICE, ObjectKind.NAMESPACE);

    @TempDir
    static Path work;

    @TempDir
    Path own;

    private static TestApi api;

    private final ClusterModel model = new ClusterModel();

    @BeforeAll
    static void startApi() {
        api = TestApis.start(work);
        for (int i = 0; i < 20; i++) {
            api.create(SERVICES, SourceTesting.service("stays-" + i, "10.96.2." + i));
        }
    }

    @AfterAll
    static void stopApi() {
        api.close();
    }

    @Test
    void api_killedAndBack_nothingIsLostAndChangesArrive() throws Exception {
        try (ApiSource source = start(api.kubeconfig())) {
            api.kill();
            Await.until("outage noticed", () -> !source.status().connected());
            Await.until(
                    "several attempts",
                    () -> source.status().kinds().values().stream().allMatch(kind -> kind.reconnects() > 3));
            assertThat(model.count(ObjectKind.SERVICE)).isGreaterThanOrEqualTo(20);
            assertThat(source.status().synced()).isTrue();
            assertThat(source.status().kinds().get(ObjectKind.SERVICE).lastError())
                    .isNotEmpty();

            api.restart();
            api.create(SERVICES, SourceTesting.service("after-outage", "10.96.3.1"));
            Await.until(
                    "change after the outage",
                    () -> model.service("default", "after-outage").isPresent());
            Await.until("connected", () -> source.status().connected());
            assertThat(source.status().kinds().get(ObjectKind.SERVICE).lastError())
                    .isEmpty();
        }
        assertThat(model.removals(ObjectKind.SERVICE)).isZero();
        assertThat(model.sweptAway(ObjectKind.SERVICE)).isZero();
        assertThat(model.violation()).isEmpty();
    }

    @Test
    void history_forgottenDuringABreak_onlyWhatIsGoneGoes() throws Exception {
        api.create(SERVICES, SourceTesting.service("goes", "10.96.3.2"));
        try (TcpProxy proxy = new TcpProxy(SourceTesting.port(api));
                ApiSource source = start(proxy.kubeconfig(api.kubeconfig()))) {
            assertThat(model.service("default", "goes")).isPresent();
            int before = model.count(ObjectKind.SERVICE);

            proxy.cut();
            Await.until("break noticed", () -> !source.status().connected());
            api.delete(SERVICES + "/goes");
            api.create(SERVICES, SourceTesting.service("comes", "10.96.3.3"));
            api.kill();
            api.restart();
            proxy.mend();

            Await.until("new one there", () -> model.service("default", "comes").isPresent());
            Await.until(
                    "deleted one gone", () -> model.service("default", "goes").isEmpty());
            Await.until("connected", () -> source.status().connected());
            assertThat(model.count(ObjectKind.SERVICE)).isEqualTo(before);
            assertThat(model.listsFinished(ObjectKind.SERVICE)).isEqualTo(2);
            assertThat(model.removals(ObjectKind.SERVICE)).isZero();
            assertThat(model.sweptAway(ObjectKind.SERVICE)).isEqualTo(1);
        }
        assertThat(model.violation()).isEmpty();
    }

    @Test
    void api_hangs_isNoticedAndLeft() throws Exception {
        try (ApiSource source = start(api.kubeconfig())) {
            api.suspend();
            try {
                Await.until(
                        "silence noticed",
                        () -> source.status().kinds().values().stream()
                                .allMatch(kind -> kind.lastError().contains("nothing arrived")));
            } finally {
                api.resume();
            }
            api.create(SERVICES, SourceTesting.service("after-hang", "10.96.3.4"));
            Await.until(
                    "change after the hang",
                    () -> model.service("default", "after-hang").isPresent());
        }
        assertThat(model.removals(ObjectKind.SERVICE)).isZero();
        assertThat(model.violation()).isEmpty();
    }

    @Test
    void api_notThereAtStart_isWaitedFor() throws Exception {
        api.kill();
        ApiSource source = new ApiSource(
                ApiAccess.kubeconfig(api.kubeconfig(), ""),
                SourceTesting.options(TWO_KINDS, SourceTesting.QUICK),
                RequestObserver.NONE,
                new Random(1));
        try (source) {
            source.start(model);
            Await.until(
                    "first failure",
                    () -> source.status().kinds().values().stream()
                            .allMatch(kind -> !kind.lastError().isEmpty()));
            assertThat(source.status().synced()).isFalse();
            api.restart();
            SourceTesting.awaitSynced(source);
        }
    }

    @Test
    void token_replaced_isReadAgain() throws Exception {
        ApiAccess access = accessWithOwnToken();
        try (ApiSource source = SourceTesting.start(
                access, model, SourceTesting.options(TWO_KINDS, SourceTesting.QUICK), RequestObserver.NONE)) {
            SourceTesting.awaitSynced(source);
            api.kill();
            api.changeToken("another-token");
            api.restart();
            Await.until(
                    "refused",
                    () -> source.status().kinds().values().stream()
                            .allMatch(kind -> kind.lastError().startsWith("401")));

            Files.writeString(own.resolve("token"), "another-token\n");
            api.create(SERVICES, SourceTesting.service("after-token", "10.96.3.5"));
            Await.until(
                    "let in again",
                    () -> model.service("default", "after-token").isPresent());
        } finally {
            api.kill();
            api.changeToken("first-token");
            api.restart();
        }
        assertThat(model.removals(ObjectKind.SERVICE)).isZero();
    }

    // As a pod has it, where the API speaks TLS.
    private ApiAccess accessWithOwnToken() throws Exception {
        Files.writeString(own.resolve("token"), "first-token");
        if (api instanceof ApiServerProcess process) {
            Files.copy(process.certificate(), own.resolve("ca.crt"));
            Map<String, String> environment = Map.of(
                    "KUBERNETES_SERVICE_HOST",
                    "127.0.0.1",
                    "KUBERNETES_SERVICE_PORT",
                    Integer.toString(SourceTesting.port(api)));
            return ApiAccess.inCluster(environment, own);
        }
        Path kubeconfig = own.resolve("kubeconfig");
        Files.copy(api.kubeconfig(), kubeconfig);
        return ApiAccess.kubeconfig(kubeconfig, "test");
    }

    private ApiSource start(Path kubeconfig) throws ClusterConfigException {
        ApiSource source =
                SourceTesting.start(kubeconfig, model, SourceTesting.options(TWO_KINDS, SourceTesting.QUICK));
        SourceTesting.awaitSynced(source);
        return source;
    }
}
