package org.cairndns.perf.compare;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.cairndns.perf.sample.ApiObjects;
import org.cairndns.perf.sample.SampleCluster;
import org.cairndns.perf.sample.SampleService;

/** Creates objects through the Kubernetes API, several at a time. */
final class ApiLoader {
    private static final int PARALLEL = 16;

    private final URI server;
    private final String token;
    private final HttpClient http;

    /**
     * @param certificate PEM file of the server's own certificate
     */
    ApiLoader(URI server, Path certificate, String token) throws IOException {
        this.server = server;
        this.token = token;
        this.http = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
    }

    private static SSLContext trusting(Path certificate) throws IOException {
        try (InputStream in = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("unusable certificate " + certificate, e);
        }
    }

    boolean isReady() throws InterruptedException {
        try {
            return http.send(request("/readyz").GET().build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Creates the samples; all of them are there when it returns. */
    void load(List<SampleService> services) throws IOException, InterruptedException {
        List<Callable<Void>> namespaces = new ArrayList<>();
        for (String namespace : SampleCluster.namespaces(services)) {
            namespaces.add(post("/api/v1/namespaces", ApiObjects.namespace(namespace)));
        }
        List<Callable<Void>> objects = new ArrayList<>();
        for (SampleService service : services) {
            String below = "/namespaces/" + service.namespace();
            objects.add(post("/api/v1" + below + "/services", ApiObjects.service(service)));
            objects.add(post("/apis/discovery.k8s.io/v1" + below + "/endpointslices", ApiObjects.slice(service)));
        }
        runAll(namespaces);
        runAll(objects);
    }

    private static void runAll(List<Callable<Void>> calls) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(PARALLEL)) {
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("could not load the cluster: " + e.getCause(), e);
        }
    }

    private Callable<Void> post(String path, String body) {
        return () -> {
            HttpRequest request = request(path)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                throw new IOException("POST " + path + ": " + response.statusCode() + " " + response.body());
            }
            return null;
        };
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + token);
    }
}
