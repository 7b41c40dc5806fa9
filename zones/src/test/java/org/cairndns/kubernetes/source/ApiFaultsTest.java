package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.testing.ApiFaultProxy;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.cairndns.kubernetes.testing.TestApi;
import org.cairndns.kubernetes.testing.TestApis;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against an API that cannot be relied upon: one fault each, after which all must be as in the API again. */
class ApiFaultsTest {
    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private static final Set<ObjectKind> SERVICE = Set.of(ObjectKind.SERVICE);
    // An API server takes 3 s to say that it does not have a version yet.
    private static final ApiTimings QUICK = new ApiTimings(
            Duration.ofSeconds(8),
            // Longer than an audit takes: a watch begun anew brings what was lost at the end of the one before.
            Duration.ofSeconds(5),
            SourceTesting.QUICK.backoffMin(),
            SourceTesting.QUICK.backoffMax(),
            SourceTesting.QUICK.watchMin(),
            new AuditTimings(Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofSeconds(2)));

    @TempDir
    static Path work;

    private static TestApi api;

    private final ClusterModel model = new ClusterModel();
    private ApiFaultProxy proxy;

    @BeforeAll
    static void startApi() {
        api = TestApis.start(work);
        for (int i = 0; i < 20; i++) {
            api.create(SERVICES, SourceTesting.service("stays-" + i, "10.0.0.1" + (10 + i)));
        }
    }

    @AfterAll
    static void stopApi() {
        api.close();
    }

    @BeforeEach
    void startProxy() {
        proxy = ApiFaultProxy.to(api);
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
        assertThat(model.violation()).isEmpty();
    }

    @Test
    void additionLost_isFoundAndCounted() throws Exception {
        try (ApiSource source = start()) {
            proxy.faults().drop("ADDED"::equals);
            api.create(SERVICES, SourceTesting.service("lost", "10.0.0.200"));
            Await.until("found", () -> model.service("default", "lost").isPresent());
            assertThat(divergences(source)).isEqualTo(1);
        } finally {
            api.delete(SERVICES + "/lost");
        }
    }

    @Test
    void deletionLost_isFoundAndCounted() throws Exception {
        api.create(SERVICES, SourceTesting.service("goes", "10.0.0.201"));
        try (ApiSource source = start()) {
            proxy.faults().drop("DELETED"::equals);
            api.delete(SERVICES + "/goes");
            Await.until("found", () -> model.service("default", "goes").isEmpty());
            assertThat(divergences(source)).isEqualTo(1);
            assertThat(model.sweptAway(ObjectKind.SERVICE)).isEqualTo(1);
        }
    }

    @Test
    void changeLost_isFoundAndCounted() throws Exception {
        try (ApiSource source = start()) {
            proxy.faults().drop("MODIFIED"::equals);
            api.patch(SERVICES + "/stays-3", "{\"spec\": {\"ports\": [{\"name\": \"http\", \"port\": 8081}]}}");
            Await.until("found", () -> port("stays-3") == 8081);
            assertThat(divergences(source)).isEqualTo(1);
        }
    }

    @Test
    void everyTwentiethEventLostInChurn_allAsInTheApiInTheEnd() throws Exception {
        try (ApiSource source = start()) {
            proxy.faults().dropEvery(20);
            churn(400, 200);
            assertThat(proxy.faults().dropped()).isGreaterThan(10);
            // One of these is lost, and it is the last one on its service.
            for (int i = 0; i < 20; i++) {
                api.patch(SERVICES + "/stays-" + i, "{\"spec\": {\"ports\": [{\"port\": " + (9000 + i) + "}]}}");
            }
            // With one more event behind it, for the last one would come again with the next watch.
            api.create(SERVICES, SourceTesting.service("behind", "10.0.0.203"));
            awaitAsInTheApi();
            Await.until("counted", () -> divergences(source) > 0);
        } finally {
            api.delete(SERVICES + "/behind");
        }
    }

    @Test
    void churn_withoutFaults_noFalseAlarm() throws Exception {
        try (ApiSource source = start()) {
            long before = source.status().kinds().get(ObjectKind.SERVICE).audits();
            churn(600, 200);
            Await.until(
                    "audited during and after the churn",
                    () -> source.status().kinds().get(ObjectKind.SERVICE).audits() >= before + 4);
            assertThat(divergences(source)).isZero();
            assertThat(model.listsStarted(ObjectKind.SERVICE)).isEqualTo(1);
            awaitAsInTheApi();
        }
    }

    @Test
    void answersLate_noFalseAlarm() throws Exception {
        try (ApiSource source = start()) {
            proxy.faults().delay(Duration.ofMillis(100));
            churn(20, 50);
            awaitAsInTheApi();
            long before = source.status().kinds().get(ObjectKind.SERVICE).audits();
            Await.until(
                    "audited",
                    () -> source.status().kinds().get(ObjectKind.SERVICE).audits() >= before + 2);
            assertThat(divergences(source)).isZero();
        }
    }

    @Test
    void connectionsCut_resumedWithoutAList() throws Exception {
        try (ApiSource source = start()) {
            proxy.cut();
            Await.until("noticed", () -> !source.status().connected());
            api.patch(SERVICES + "/stays-4", "{\"spec\": {\"ports\": [{\"name\": \"http\", \"port\": 8082}]}}");
            proxy.faults().end();
            Await.until("change there", () -> port("stays-4") == 8082);
            assertThat(model.listsStarted(ObjectKind.SERVICE)).isEqualTo(1);
            assertThat(model.count(ObjectKind.SERVICE)).isGreaterThanOrEqualTo(20);
            assertThat(source.status().synced()).isTrue();
        }
    }

    @Test
    void connectionsSilent_isNoticedAndNothingIsLost() throws Exception {
        try (ApiSource source = start()) {
            proxy.faults().stall();
            api.patch(SERVICES + "/stays-5", "{\"spec\": {\"ports\": [{\"name\": \"http\", \"port\": 8083}]}}");
            Await.until("noticed", () -> !source.status().connected());
            assertThat(model.count(ObjectKind.SERVICE)).isGreaterThanOrEqualTo(20);
            assertThat(source.status().synced()).isTrue();
            proxy.faults().end();
            Await.until("change there", () -> port("stays-5") == 8083);
            assertThat(model.sweptAway(ObjectKind.SERVICE)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {410, 429, 500, 503})
    void everythingRefused_nothingIsLostAndChangesArriveAfterwards(int code) throws Exception {
        try (ApiSource source = start()) {
            proxy.faults().refuse(code, request -> true);
            proxy.cut();
            proxy.faults().end();
            proxy.faults().refuse(code, request -> true);
            Await.until(
                    "refused several times",
                    () -> source.status().kinds().get(ObjectKind.SERVICE).reconnects() > 4);
            api.patch(SERVICES + "/stays-6", "{\"spec\": {\"ports\": [{\"name\": \"http\", \"port\": " + code + "}]}}");
            assertThat(model.count(ObjectKind.SERVICE)).isGreaterThanOrEqualTo(20);
            assertThat(source.status().synced()).isTrue();
            proxy.faults().end();
            Await.until("change there", () -> port("stays-6") == code);
            assertThat(model.sweptAway(ObjectKind.SERVICE)).isZero();
        }
    }

    @Test
    void tooManyRequests_waitsAsLongAsAsked() throws Exception {
        proxy.faults().refuse(429, Duration.ofSeconds(1), request -> true);
        try (ApiSource source =
                SourceTesting.start(proxy.kubeconfig(api.kubeconfig()), model, SourceTesting.options(SERVICE, QUICK))) {
            Await.until("refused", () -> !proxy.requests().isEmpty());
            long refusedNanos = System.nanoTime();
            proxy.faults().end();
            SourceTesting.awaitSynced(source);
            assertThat(Duration.ofNanos(System.nanoTime() - refusedNanos)).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @Test
    void storeRestored_allAsInTheApiAgain() throws Exception {
        assumeThat(api).as("only a real API server has a store to restore").isInstanceOf(ApiServerProcess.class);
        ApiServerProcess server = (ApiServerProcess) api;
        api.patch(SERVICES + "/stays-7", "{\"spec\": {\"ports\": [{\"name\": \"http\", \"port\": 8079}]}}");
        server.backUp();
        try (ApiSource source = start()) {
            api.create(SERVICES, SourceTesting.service("after-backup", "10.0.0.202"));
            api.patch(SERVICES + "/stays-7", "{\"spec\": {\"ports\": [{\"name\": \"http\", \"port\": 8084}]}}");
            churn(50, 200);
            Await.until("known", () -> model.service("default", "after-backup").isPresent());
            server.restore();
            Await.until("undone", () -> model.service("default", "after-backup").isEmpty() && port("stays-7") == 8079);
            awaitAsInTheApi();
            // And what happens from now on arrives.
            api.patch(SERVICES + "/stays-7", "{\"spec\": {\"ports\": [{\"name\": \"http\", \"port\": 8085}]}}");
            Await.until("change there", () -> port("stays-7") == 8085);
            assertThat(source.status().synced()).isTrue();
        }
    }

    private ApiSource start() throws Exception {
        ApiSource source =
                SourceTesting.start(proxy.kubeconfig(api.kubeconfig()), model, SourceTesting.options(SERVICE, QUICK));
        SourceTesting.awaitSynced(source);
        return source;
    }

    // Changes of the ports of services at random, so many a second.
    private static void churn(int changes, int perSecond) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        long stepNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long dueNanos = System.nanoTime();
        for (int i = 0; i < changes; i++) {
            dueNanos += stepNanos;
            LockSupport.parkNanos(dueNanos - System.nanoTime());
            api.patch(
                    SERVICES + "/stays-" + random.nextInt(20),
                    "{\"spec\": {\"ports\": [{\"name\": \"http\", \"port\": " + (1 + random.nextInt(60_000)) + "}]}}");
        }
    }

    // Compares with what a second source without faults reads.
    private void awaitAsInTheApi() throws Exception {
        ClusterModel right = new ClusterModel();
        try (ApiSource other =
                SourceTesting.start(api.kubeconfig(), right, SourceTesting.options(SERVICE, SourceTesting.QUICK))) {
            SourceTesting.awaitSynced(other);
            Set<ServiceEntry> expected = Set.copyOf(right.services());
            Await.until("as in the API", () -> Set.copyOf(model.services()).equals(expected));
        }
    }

    private int port(String service) {
        return model.service("default", service)
                .orElseThrow()
                .ports()
                .getFirst()
                .port();
    }

    private static long divergences(ApiSource source) {
        return source.status().kinds().get(ObjectKind.SERVICE).divergences();
    }
}
