package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.testing.ApiServerDouble;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.cairndns.kubernetes.testing.LogLines;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ServiceImports, whose definition an API may have or not. */
class ServiceImportSourceTest {
    private static final String IMPORTS = "/apis/multicluster.x-k8s.io/v1alpha1/namespaces/default/serviceimports";
    private static final Set<ObjectKind> TWO_KINDS = Set.of(ObjectKind.SERVICE_IMPORT, ObjectKind.NAMESPACE);

    @TempDir
    Path work;

    private ApiServerDouble api;
    private final ClusterModel model = new ClusterModel();
    private final LogLines log = new LogLines(ApiSource.class);
    private volatile int refusal;

    @BeforeEach
    void startApi() {
        api = ApiServerDouble.start(work);
        api.script(exchange -> {
            if (refusal == 0 || !exchange.getRequestURI().getPath().endsWith("serviceimports")) {
                return false;
            }
            exchange.sendResponseHeaders(refusal, -1);
            return true;
        });
    }

    @AfterEach
    void stopApi() {
        log.close();
        api.close();
    }

    @Test
    void imports_comeAndGo_areReported() throws Exception {
        api.create(IMPORTS, SourceTesting.serviceImport("web", "10.42.0.1"));
        try (ApiSource source = start()) {
            SourceTesting.awaitSynced(source);
            assertThat(model.imported("default", "web")).isPresent();

            api.create(IMPORTS, SourceTesting.serviceImport("late", "10.42.0.2"));
            Await.until("added", () -> model.imported("default", "late").isPresent());
            api.delete(IMPORTS + "/web");
            Await.until("removed", () -> model.imported("default", "web").isEmpty());
        }
        assertThat(api.requests())
                .anyMatch(request -> request.startsWith("/apis/multicluster.x-k8s.io/v1alpha1/serviceimports?"));
        assertThat(model.violation()).isEmpty();
    }

    @Test
    void kind_notAskedFor_isNotRead() throws Exception {
        try (ApiSource source = SourceTesting.start(
                api.kubeconfig(), model, SourceTesting.options(SourceTesting.ALL, SourceTesting.QUICK))) {
            SourceTesting.awaitSynced(source);
        }
        assertThat(api.requests()).noneMatch(request -> request.contains("serviceimports"));
    }

    @Test
    void definition_missing_countsAsNoneAndIsFoundLater() throws Exception {
        refusal = 404;
        api.create(IMPORTS, SourceTesting.serviceImport("web", "10.42.0.1"));
        try (ApiSource source = start()) {
            SourceTesting.awaitSynced(source);
            Await.until("asked again and again", () -> importStatus(source).reconnects() > 3);
            assertThat(model.synced(ObjectKind.SERVICE_IMPORT)).isTrue();
            assertThat(importStatus(source).lastError()).startsWith("404");
            assertThat(importStatus(source).connected()).isTrue();
            assertThat(log.containing("serviceimports"))
                    .containsExactly("serviceimports: the API has no such kind, going on without until it has: 404");

            refusal = 0;
            Await.until("found", () -> model.imported("default", "web").isPresent());
            Await.until("well", () -> importStatus(source).lastError().isEmpty());
        }
        assertThat(model.violation()).isEmpty();
    }

    @Test
    void definition_takenAway_importsEnd() throws Exception {
        api.create(IMPORTS, SourceTesting.serviceImport("web", "10.42.0.1"));
        try (ApiSource source = start()) {
            SourceTesting.awaitSynced(source);
            refusal = 404;
            api.kill();
            api.restart();
            Await.until("gone", () -> model.imported("default", "web").isEmpty());
            SourceTesting.awaitSynced(source);
        }
    }

    @Test
    void imports_forbiddenAtStart_countAsNone() throws Exception {
        refusal = 403;
        api.create(IMPORTS, SourceTesting.serviceImport("web", "10.42.0.1"));
        try (ApiSource source = start()) {
            Await.until("synced", () -> source.status().synced());
            assertThat(model.synced(ObjectKind.SERVICE_IMPORT)).isTrue();
            Await.until("error known", () -> importStatus(source).lastError().startsWith("403"));
            assertThat(importStatus(source).connected()).isFalse();
            Await.until("logged", () -> !log.containing("serviceimports").isEmpty());
            assertThat(log.containing("serviceimports").getFirst())
                    .contains("{apiGroups: [\"multicluster.x-k8s.io\"], resources: [\"serviceimports\"], verbs: ");

            refusal = 0;
            Await.until("allowed", () -> model.imported("default", "web").isPresent());
        }
    }

    @Test
    void imports_forbiddenLater_stay() throws Exception {
        api.create(IMPORTS, SourceTesting.serviceImport("web", "10.42.0.1"));
        try (ApiSource source = start()) {
            SourceTesting.awaitSynced(source);
            refusal = 403;
            api.kill();
            api.restart();
            Await.until("refused", () -> importStatus(source).lastError().startsWith("403"));
            long before = importStatus(source).reconnects();
            Await.until("refused twice more", () -> importStatus(source).reconnects() > before + 1);
            assertThat(model.imported("default", "web")).isPresent();
        }
    }

    @Test
    void otherKind_notFound_isWaitedFor() throws Exception {
        api.script(exchange -> {
            exchange.sendResponseHeaders(404, -1);
            return true;
        });
        try (ApiSource source = start()) {
            Await.until(
                    "namespaces asked for again and again",
                    () -> source.status().kinds().get(ObjectKind.NAMESPACE).reconnects() > 3);
            assertThat(model.synced(ObjectKind.NAMESPACE)).isFalse();
            assertThat(model.listsStarted(ObjectKind.NAMESPACE)).isZero();
        }
    }

    private ApiSource start() throws ClusterConfigException {
        return SourceTesting.start(api.kubeconfig(), model, SourceTesting.options(TWO_KINDS, SourceTesting.QUICK));
    }

    private static KindStatus importStatus(ApiSource source) {
        return source.status().kinds().get(ObjectKind.SERVICE_IMPORT);
    }
}
