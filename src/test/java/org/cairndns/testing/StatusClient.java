package org.cairndns.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.cairndns.server.EmbeddedServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reader of the pages of a server whose Corefile says {@code health 127.0.0.1:0}. */
public final class StatusClient implements AutoCloseable {
    private static final InetSocketAddress CONFIGURED = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final EmbeddedServer server;

    public StatusClient(EmbeddedServer server) {
        this.server = server;
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String origin() {
        return "http://127.0.0.1:" + server.httpPort(CONFIGURED);
    }

    /** The status as it is now. */
    public JsonNode status() throws IOException, InterruptedException {
        return json.readTree(request("GET", "/status.json").body());
    }

    /** A response to any method. */
    public HttpResponse<String> request(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin() + path))
                .method(method, BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
