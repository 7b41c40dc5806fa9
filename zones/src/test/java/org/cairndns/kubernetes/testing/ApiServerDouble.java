package org.cairndns.kubernetes.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.cairndns.testing.Await;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API in memory: lists with pages, watches with bookmarks, 401, 403 and 410 as the real one has them.
 *
 * <p>It takes the place of {@link ApiServerProcess} where there is none, and does on demand what no real server does:
 * {@link #script} answers instead of it. Plain HTTP.
 */
public final class ApiServerDouble implements TestApi {
    private static final long BOOKMARK_MILLIS = 200;
    private static final String LIMITED_TOKEN = "limited-token";

    /** An answer instead of the double's own. */
    @FunctionalInterface
    public interface Script {
        /** Whether the request was answered. */
        boolean answers(HttpExchange exchange) throws IOException;
    }

    private final Path work;
    private final ObjectStoreDouble store = new ObjectStoreDouble();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final int port;
    private volatile Script script = exchange -> false;
    private volatile @Nullable Random pieces;
    private volatile boolean suspended;
    private volatile Set<String> granted = Set.of();
    private volatile String token = "first-token";
    private volatile HttpServer server;

    private ApiServerDouble(Path work) {
        this.work = work;
        this.server = open(0);
        this.port = server.getAddress().getPort();
        store.create("namespaces", "", """
                {"metadata": {"name": "default"}}""");
        writeFiles();
    }

    /**
     * Starts one.
     *
     * @param work an empty folder
     */
    public static ApiServerDouble start(Path work) {
        return new ApiServerDouble(work);
    }

    /** Lets the script see each request first. */
    public void script(Script newScript) {
        script = newScript;
    }

    /** From now on answers are sent in pieces of one octet, with longer ones here and there. */
    public void pieces(Random random) {
        pieces = random;
    }

    /** Path and query of the requests so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The version of the latest change. */
    public long version() {
        return store.version();
    }

    /** Forgets the history of changes; watches that are open go on. */
    public void compact() {
        store.compact();
    }

    @Override
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public Path kubeconfig() {
        return work.resolve("kubeconfig");
    }

    @Override
    public Path limitedKubeconfig() {
        return work.resolve("limited-kubeconfig");
    }

    @Override
    public void grantLimited(List<String> plurals) {
        granted = Set.copyOf(plurals);
    }

    @Override
    public void create(String collectionPath, String json) {
        store.create(plural(collectionPath), namespace(collectionPath), json);
    }

    @Override
    public void patch(String objectPath, String json) {
        String collection = objectPath.substring(0, objectPath.lastIndexOf('/'));
        store.patch(plural(collection), namespace(collection), name(objectPath), json);
    }

    @Override
    public void delete(String objectPath) {
        String collection = objectPath.substring(0, objectPath.lastIndexOf('/'));
        store.delete(plural(collection), namespace(collection), name(objectPath));
    }

    @Override
    public void kill() {
        server.stop(0);
    }

    @Override
    public void restart() {
        store.compact();
        server = open(port);
        writeFiles();
    }

    @Override
    public void suspend() {
        suspended = true;
    }

    @Override
    public void resume() {
        suspended = false;
    }

    @Override
    public void changeToken(String newToken) {
        token = newToken;
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private HttpServer open(int onPort) {
        try {
            HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
            opened.setExecutor(executor);
            opened.createContext("/", this::handle);
            opened.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeFiles() {
        write("kubeconfig", "token");
        write("limited-kubeconfig", LIMITED_TOKEN);
        try {
            Files.writeString(work.resolve("token"), token);
            Files.writeString(work.resolve(LIMITED_TOKEN), LIMITED_TOKEN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String file, String tokenFile) {
        String text = """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts: [{name: test, context: {cluster: test, user: user}}]
                clusters: [{name: test, cluster: {server: "%s"}}]
                users: [{name: user, user: {tokenFile: %s}}]
                """.formatted(url(), tokenFile);
        try {
            Files.writeString(work.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestURI().toString());
        try (exchange) {
            waitWhileSuspended();
            if (script.answers(exchange)) {
                return;
            }
            String plural = plural(exchange.getRequestURI().getPath());
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            boolean limited = ("Bearer " + LIMITED_TOKEN).equals(authorization);
            if (!limited && !("Bearer " + token).equals(authorization)) {
                refuse(exchange, 401, "Unauthorized");
            } else if (limited && !granted.contains(plural)) {
                refuse(
                        exchange,
                        403,
                        plural + " is forbidden: User \"limited\" cannot list resource \"" + plural + "\"");
            } else {
                answer(exchange, plural, parameters(exchange));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, String plural, Map<String, String> parameters)
            throws IOException, InterruptedException {
        if ("true".equals(parameters.get("watch"))) {
            watch(exchange, plural, parameters);
            return;
        }
        int limit = Integer.parseInt(parameters.getOrDefault("limit", "1000000"));
        ObjectStoreDouble.Page page = store.list(
                plural, parameters.getOrDefault("labelSelector", ""), limit, parameters.getOrDefault("continue", ""));
        if (page.expired()) {
            refuse(exchange, 410, "The provided continue parameter is too old");
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            send(out, page.json());
        }
    }

    private void watch(HttpExchange exchange, String plural, Map<String, String> parameters)
            throws IOException, InterruptedException {
        long version = Long.parseLong(parameters.get("resourceVersion"));
        long endNanos = System.nanoTime() + Long.parseLong(parameters.get("timeoutSeconds")) * 1_000_000_000L;
        HttpServer mine = server;
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            while (mine == server && System.nanoTime() - endNanos < 0) {
                waitWhileSuspended();
                ObjectStoreDouble.Changes changes = store.changesAfter(plural, version, BOOKMARK_MILLIS);
                for (String event : changes.events()) {
                    send(out, event + "\n");
                }
                out.flush();
                version = changes.version();
                if (changes.expired()) {
                    return;
                }
            }
        }
    }

    private void send(OutputStream out, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        Random random = pieces;
        if (random == null) {
            out.write(octets);
            return;
        }
        int sent = 0;
        while (sent < octets.length) {
            int length = random.nextInt(4) == 0 ? Math.min(random.nextInt(20) + 1, octets.length - sent) : 1;
            out.write(octets, sent, length);
            out.flush();
            sent += length;
        }
    }

    private void waitWhileSuspended() {
        Await.until("resumed", () -> !suspended);
    }

    private static void refuse(HttpExchange exchange, int code, String message) throws IOException {
        byte[] body = "{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":\"%s\",\"code\":%d}"
                .formatted(message.replace("\"", "\\\""), code)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    /** The parameters of a request's query. */
    public static Map<String, String> parameters(HttpExchange exchange) {
        Map<String, String> parameters = new HashMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    // /api/v1/services, /apis/discovery.k8s.io/v1/namespaces/default/endpointslices, /api/v1/namespaces
    private static String plural(String collectionPath) {
        return name(collectionPath);
    }

    private static String namespace(String collectionPath) {
        List<String> parts = new ArrayList<>(List.of(collectionPath.split("/")));
        int index = parts.indexOf("namespaces");
        return index >= 0 && index + 2 < parts.size() ? parts.get(index + 1) : "";
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
