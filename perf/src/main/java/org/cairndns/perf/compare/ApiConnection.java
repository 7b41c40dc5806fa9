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
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Requests to a Kubernetes API server. Any thread. */
public final class ApiConnection {
    private final URI server;
    private final String token;
    private final HttpClient http;

    /**
     * @param certificate PEM file of the server's own certificate
     */
    ApiConnection(URI server, Path certificate, String token) throws IOException {
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

    /** Its address. */
    URI server() {
        return server;
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

    /** Reads a page as text. */
    public String get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofString()).body();
    }

    /** Creates an object. */
    public void post(String path, String json) throws IOException, InterruptedException {
        send("POST", path, "application/json", json, 201);
    }

    /** Changes an object by a JSON Patch (RFC 6902). */
    public void patch(String path, String jsonPatch) throws IOException, InterruptedException {
        send("PATCH", path, "application/json-patch+json", jsonPatch, 200);
    }

    /** Deletes an object. */
    public void delete(String path) throws IOException, InterruptedException {
        send("DELETE", path, "application/json", "", 200);
    }

    private void send(String method, String path, String type, String body, int expected)
            throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + token);
    }
}
