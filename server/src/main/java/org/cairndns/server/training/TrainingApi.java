package org.cairndns.server.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** As much of a Kubernetes API as a server lists and watches: one namespace with Services, each change of which comes once. */
final class TrainingApi implements AutoCloseable {
    static final int SERVICES = 60;

    private final HttpsServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);

    private TrainingApi(HttpsServer http) {
        this.http = http;
    }

    /** Starts to answer on a free port of the loopback address. */
    static TrainingApi start(KeyStore keys) throws IOException, GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, TrainingFiles.PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer http = HttpsServer.create(new InetSocketAddress(Training.LOOPBACK, 0), 16);
        http.setHttpsConfigurator(new HttpsConfigurator(context));
        TrainingApi api = new TrainingApi(http);
        http.setExecutor(api.threads);
        http.createContext("/", api::answer);
        http.start();
        return api;
    }

    int port() {
        return http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            TrainingKind kind = TrainingKind.of(exchange.getRequestURI().getPath());
            String query = exchange.getRequestURI().getRawQuery();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                if (query != null && query.contains("watch=true")) {
                    watch(kind, out);
                } else {
                    out.write(kind.list().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private void watch(TrainingKind kind, OutputStream out) throws IOException {
        for (int i = 0; i < kind.count(); i++) {
            out.write(("{\"type\":\"MODIFIED\",\"object\":" + kind.object(i) + "}\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
