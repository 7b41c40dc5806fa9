package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.HttpEndpoints.Responder;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.server.http.HttpSurroundings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpPagesTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final int MANY = 100;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService background = Executors.newScheduledThreadPool(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServers servers = new HttpServers(
            HttpSurroundings.of(threads, background), Conditions.of(new Meters(new PrometheusRegistry())));

    @AfterEach
    void stop() {
        servers.apply(Map.of());
        client.shutdownNow();
        background.shutdownNow();
        threads.shutdownNow();
    }

    @Test
    void pageForPeople_moreAskThanItSends_restIsTurnedAwayAndProbesAreAnswered() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(HttpServers.MAX_PAGES);
        Responder people = readOnly(() -> {
            asked.countDown();
            await(slow);
            return page("whole");
        });
        servers.apply(Map.of(ADDRESS, Map.of("/status", people, "/health", () -> page("OK"))));

        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < HttpServers.MAX_PAGES; i++) {
            answers.add(ask("/status"));
        }
        asked.await();
        for (int i = HttpServers.MAX_PAGES; i < MANY; i++) {
            assertThat(ask("/status").join().statusCode()).isEqualTo(503);
        }
        assertThat(ask("/health").join().body()).isEqualTo("OK");
        slow.countDown();

        assertThat(answers).allMatch(answer -> answer.join().body().equals("whole"));
        assertThat(ask("/status").join().statusCode()).isEqualTo(200);
    }

    @Test
    void page_thatCannotBeMade_is500() {
        servers.apply(Map.of(ADDRESS, Map.of("/status", () -> {
            throw new IllegalStateException("no such thing");
        })));

        HttpResponse<String> answer = ask("/status").join();
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void headersOfAPage_areSent() {
        Page page = new Page(200, "text/plain", new byte[] {'x'}, Map.of("X-Frame-Options", "DENY"));
        servers.apply(Map.of(ADDRESS, Map.of("/status", () -> page)));

        assertThat(ask("/status").join().headers().firstValue("X-Frame-Options"))
                .contains("DENY");
    }

    private CompletableFuture<HttpResponse<String>> ask(String path) {
        URI uri = URI.create("http://127.0.0.1:" + servers.portOf(ADDRESS) + path);
        return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static Responder readOnly(Responder made) {
        return new Responder() {
            @Override
            public Page get() {
                return made.get();
            }

            @Override
            public boolean isReadOnly() {
                return true;
            }
        };
    }

    private static Page page(String body) {
        return new Page(200, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
