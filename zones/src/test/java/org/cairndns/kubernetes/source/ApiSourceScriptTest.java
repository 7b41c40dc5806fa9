package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.testing.ApiFaultProxy;
import org.cairndns.kubernetes.testing.ApiServerDouble;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.cairndns.kubernetes.testing.TcpProxy;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against an API that says what no real one would, or when no real one would. */
class ApiSourceScriptTest {
    private static final String SERVICES = "/api/v1/namespaces/default/services";

    @TempDir
    Path work;

    private ApiServerDouble api;
    private final ClusterModel model = new ClusterModel();

    @BeforeEach
    void startApi() {
        api = ApiServerDouble.start(work);
        api.create(SERVICES, SourceTesting.service("web", "10.96.0.80"));
    }

    @AfterEach
    void stopApi() {
        api.close();
    }

    @Test
    void watch_brokenAfterBookmark_resumesFromIt() throws Exception {
        try (TcpProxy proxy = new TcpProxy(SourceTesting.port(api));
                ApiSource source = startVia(proxy)) {
            // Versions move on without an event for services: only a bookmark can tell.
            api.create("/api/v1/namespaces", SourceTesting.namespace("other"));
            awaitNextEvent(source);
            awaitNextEvent(source);
            proxy.cut();
            proxy.mend();
            String version = "resourceVersion=" + api.version() + "&";
            Await.until("resumed", () -> api.requests().getLast().contains(version));
            assertThat(model.listsStarted(ObjectKind.SERVICE)).isEqualTo(1);
        }
    }

    @Test
    void continueToken_expired_listIsReadInOneGo() throws Exception {
        for (int i = 0; i < 600; i++) {
            api.create(SERVICES, SourceTesting.service("many-" + i, "10.97.0.1"));
        }
        api.script(exchange -> {
            if (parameter(exchange, "continue") != null) {
                api.compact();
            }
            return false;
        });
        try (ApiSource source = start()) {
            SourceTesting.awaitSynced(source);
            assertThat(model.count(ObjectKind.SERVICE)).isEqualTo(601);
            assertThat(model.listsFinished(ObjectKind.SERVICE)).isEqualTo(1);
            assertThat(api.requests()).anyMatch(request -> !request.contains("watch") && !request.contains("limit"));
        }
        assertThat(model.violation()).isEmpty();
    }

    @Test
    void secondPage_refused_listIsRepeatedAndNothingIsLost() throws Exception {
        for (int i = 0; i < 600; i++) {
            api.create(SERVICES, SourceTesting.service("many-" + i, "10.97.0.1"));
        }
        try (ApiFaultProxy proxy = ApiFaultProxy.to(api)) {
            proxy.faults().refuse(500, request -> request.contains("continue="));
            try (ApiSource source = SourceTesting.start(proxy.kubeconfig(api.kubeconfig()), model, options())) {
                Await.until("half a list three times", () -> model.listsStarted(ObjectKind.SERVICE) >= 3);
                assertThat(source.status().synced()).isFalse();
                proxy.faults().end();
                SourceTesting.awaitSynced(source);
                assertThat(model.count(ObjectKind.SERVICE)).isEqualTo(601);
                assertThat(model.sweptAway(ObjectKind.SERVICE)).isZero();
            }
        }
    }

    @Test
    void pages_ofSeveralStates_watchBringsWhatCameInBetween() throws Exception {
        for (int i = 0; i < 600; i++) {
            api.create(SERVICES, SourceTesting.service("many-" + i, "10.97.0.1"));
        }
        AtomicInteger pages = new AtomicInteger();
        api.script(exchange -> {
            if (parameter(exchange, "continue") != null && pages.incrementAndGet() == 1) {
                // Its place would have been on the page before.
                api.create(SERVICES, SourceTesting.service("a-late-one", "10.97.0.2"));
            }
            return false;
        });
        try (ApiSource source = start()) {
            SourceTesting.awaitSynced(source);
            Await.until("late one", () -> model.service("default", "a-late-one").isPresent());
            assertThat(model.listsStarted(ObjectKind.SERVICE)).isEqualTo(1);
        }
    }

    @Test
    void api_tooManyRequests_waitsAsLongAsAsked() throws Exception {
        List<Long> times = new CopyOnWriteArrayList<>();
        api.script(exchange -> {
            times.add(System.nanoTime());
            if (times.size() > 1) {
                return false;
            }
            exchange.getResponseHeaders().add("Retry-After", "1");
            exchange.sendResponseHeaders(429, -1);
            return true;
        });
        try (ApiSource source = start()) {
            SourceTesting.awaitSynced(source);
            assertThat(Duration.ofNanos(times.get(1) - times.get(0))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":500,\"message\":\"etcd is unwell\"}}",
                "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"message\":\"too old\"}}",
                "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"1\"}}}",
                "{\"type\":\"SURPRISE\",\"object\":{\"metadata\":{\"name\":\"x\"}}}",
                "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"namespace\":\"default\"}}}",
                "{\"type\":\"ADDED\"}",
                "{\"object\":{}}",
                "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":nonsense}}}",
                "<html>502 Bad Gateway</html>",
                "{\"type\":\"ADDED\",\"object\":{\"metada"
            })
    void watch_saysNonsense_listsAgainAndGoesOn(String nonsense) throws Exception {
        AtomicInteger watches = new AtomicInteger();
        api.script(exchange -> {
            if (parameter(exchange, "watch") == null || watches.incrementAndGet() > 1) {
                return false;
            }
            respond(exchange, 200, nonsense);
            return true;
        });
        try (ApiSource source = start()) {
            Await.until("second list", () -> model.listsFinished(ObjectKind.SERVICE) == 2);
            api.create(SERVICES, SourceTesting.service("later", "10.96.0.81"));
            Await.until("change", () -> model.service("default", "later").isPresent());
            assertThat(model.removals(ObjectKind.SERVICE)).isZero();
            assertThat(model.sweptAway(ObjectKind.SERVICE)).isZero();
        }
        assertThat(model.violation()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "[]",
                "{}",
                "{\"kind\":\"Status\",\"status\":\"Failure\"}",
                "{\"kind\":\"ServiceList\",\"metadata\":{},\"items\":[]}",
                "{\"kind\":\"ServiceList\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[{\"metadata\"",
                "{\"kind\":\"ServiceList\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[{]}",
                "{\"kind\":\"ServiceList\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[17]}"
            })
    void list_isNonsense_isAskedForAgain(String nonsense) throws Exception {
        AtomicInteger lists = new AtomicInteger();
        api.script(exchange -> {
            if (lists.incrementAndGet() > 2) {
                return false;
            }
            respond(exchange, 200, nonsense);
            return true;
        });
        try (ApiSource source = start()) {
            SourceTesting.awaitSynced(source);
            assertThat(model.service("default", "web")).isPresent();
            assertThat(source.status().kinds().get(ObjectKind.SERVICE).reconnects())
                    .isEqualTo(2);
        }
        assertThat(model.violation()).isEmpty();
    }

    @Test
    void list_refusedInOtherWords_errorTextSaysSo() throws Exception {
        api.script(exchange -> {
            respond(exchange, 503, "<html>upstream\nis down</html>");
            return true;
        });
        try (ApiSource source = start()) {
            Await.until("refused", () -> error(source).startsWith("503"));
            assertThat(error(source)).isEqualTo("503 <html>upstream is down</html>");
        }
    }

    @Test
    void list_refusedForEver_isReadOnceItIsNot() throws Exception {
        AtomicInteger lists = new AtomicInteger();
        api.script(exchange -> {
            if (lists.incrementAndGet() > 30) {
                return false;
            }
            respond(exchange, 500, "");
            return true;
        });
        try (ApiSource source = start()) {
            SourceTesting.awaitSynced(source);
        }
    }

    @Test
    void bodies_arrivingOctetByOctet_areRead() throws Exception {
        api.create(SERVICES, """
                {"metadata": {"name": "text", "annotations": {"a\\"}{[": "\\u00e4\\\\ü€"}},
                 "spec": {"clusterIP": "10.96.0.82"}}
                """);
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        api.pieces(new Random(seed));
        try (ApiSource source = start()) {
            SourceTesting.awaitSynced(source);
            assertThat(model.count(ObjectKind.SERVICE)).isEqualTo(2);
            api.create(SERVICES, SourceTesting.service("piece", "10.96.0.83"));
            Await.until(
                    "event in pieces", () -> model.service("default", "piece").isPresent());
        }
        assertThat(model.listsStarted(ObjectKind.SERVICE)).isEqualTo(1);
    }

    @Test
    void list_silent_isAskedForAgain() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger lists = new AtomicInteger();
        api.script(exchange -> {
            if (lists.incrementAndGet() > 2) {
                return false;
            }
            if (lists.get() == 2) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
            }
            await(end);
            return true;
        });
        try (ApiSource source = start()) {
            SourceTesting.awaitSynced(source);
        } finally {
            end.countDown();
        }
    }

    @Test
    void watch_onWhichNothingEverArrives_isNoTrouble() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch watches = new CountDownLatch(8);
        api.script(exchange -> {
            if (parameter(exchange, "watch") == null) {
                return false;
            }
            watches.countDown();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            await(end);
            return true;
        });
        List<String> troubles = new CopyOnWriteArrayList<>();
        ApiTimings timings = new ApiTimings(
                Duration.ofSeconds(2),
                Duration.ofMillis(200),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofMinutes(5));
        try (ApiSource source = new ApiSource(
                access(),
                SourceTesting.options(Set.of(ObjectKind.SERVICE), timings),
                RequestObserver.NONE,
                recorder(troubles),
                new Random(1))) {
            source.start(model);
            Await.until("begun anew several times", () -> watches.getCount() == 0);
        } finally {
            end.countDown();
        }
        assertThat(troubles).isEmpty();
    }

    private static ApiTroubles recorder(List<String> troubles) {
        return new ApiTroubles() {
            @Override
            public void begin(Trouble trouble, String kind, String line) {
                troubles.add(line);
            }

            @Override
            public void end(Trouble trouble, String kind, String line) {
                troubles.add(line);
            }
        };
    }

    @Test
    void receiver_throws_theKindIsReadAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        ClusterChanges failing = new ForwardingChanges(model, () -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("index is unwell");
            }
        });
        ApiSource source = new ApiSource(access(), options(), RequestObserver.NONE, new Random(1));
        try (source) {
            source.start(failing);
            SourceTesting.awaitSynced(source);
            assertThat(model.service("default", "web")).isPresent();
        }
    }

    @Test
    void receiver_blocks_closeEndsIt() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        ApiSource source = new ApiSource(access(), options(), RequestObserver.NONE, new Random(1));
        source.start(new ForwardingChanges(model, () -> {
            blocked.countDown();
            await(never);
        }));
        assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
        long beforeNanos = System.nanoTime();
        source.close();
        assertThat(Duration.ofNanos(System.nanoTime() - beforeNanos)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void requests_sayWhoWeAre() throws Exception {
        List<String> agents = new CopyOnWriteArrayList<>();
        api.script(exchange -> {
            agents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
            return false;
        });
        try (ApiSource source = start()) {
            SourceTesting.awaitSynced(source);
        }
        assertThat(agents).containsOnly("Cairn/test");
    }

    private ApiSource start() throws ClusterConfigException {
        return SourceTesting.start(access(), model, options(), RequestObserver.NONE);
    }

    private ApiSource startVia(TcpProxy proxy) throws Exception {
        Path kubeconfig = proxy.kubeconfig(api.kubeconfig());
        ApiSource source = SourceTesting.start(kubeconfig, model, options());
        SourceTesting.awaitSynced(source);
        return source;
    }

    private ApiAccess access() throws ClusterConfigException {
        return ApiAccess.kubeconfig(api.kubeconfig(), "");
    }

    private static ApiSourceOptions options() {
        return SourceTesting.options(Set.of(ObjectKind.SERVICE), SourceTesting.QUICK);
    }

    private static void awaitNextEvent(ApiSource source) {
        long before = source.status().kinds().get(ObjectKind.SERVICE).lastEventNanos();
        Await.until(
                "next event",
                () -> source.status().kinds().get(ObjectKind.SERVICE).lastEventNanos() != before);
    }

    private static String error(ApiSource source) {
        return source.status().kinds().get(ObjectKind.SERVICE).lastError();
    }

    private static String parameter(HttpExchange exchange, String name) {
        return ApiServerDouble.parameters(exchange).get(name);
    }

    private static void respond(HttpExchange exchange, int code, String body) throws IOException {
        exchange.sendResponseHeaders(code, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
