package org.cairndns.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium with one page, driven by its DevTools protocol. */
public final class Chromium implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String READY = "DevTools listening on ";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private String session = "";

    /** True if there is one to start. */
    public static boolean isInstalled() {
        try {
            Process asked = new ProcessBuilder("chromium", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return asked.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Starts one with an empty page.
     *
     * @param profile empty folder for its files
     */
    public static Chromium start(Path profile) throws Exception {
        // Tests may run as root, where there is no sandbox; all pages are the server's own.
        Process process = new ProcessBuilder(
                        "chromium",
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new Chromium(process);
        } catch (Exception | Error e) {
            end(process);
            throw e;
        }
    }

    private Chromium(Process process) throws Exception {
        this.process = process;
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(address(process)), new Reader())
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        String target = call("Target.createTarget", "{\"url\":\"about:blank\"}")
                .path("targetId")
                .asString();
        session = call("Target.attachToTarget", "{\"flatten\":true,\"targetId\":\"" + target + "\"}")
                .path("sessionId")
                .asString();
        for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
            call(domain + ".enable", "{}");
        }
    }

    private static String address(Process process) throws IOException {
        BufferedReader lines = process.errorReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
                return line.substring(READY.length());
            }
        }
        throw new IOException("chromium ended without a word");
    }

    /** Calls a method of the protocol; parameters and result are JSON objects. */
    public JsonNode call(String method, String parameters) throws Exception {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(id, answer);
        String to = session.isEmpty() ? "" : ",\"sessionId\":\"" + session + "\"";
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + to + "}", true)
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        JsonNode message = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (message.has("error")) {
            throw new AssertionError(method + ": " + message.get("error"));
        }
        return message.get("result");
    }

    /** Value of an expression of JavaScript in the page; promises are waited for. */
    public JsonNode evaluate(String expression) throws Exception {
        String quoted = JSON.writeValueAsString(expression);
        JsonNode result = call(
                "Runtime.evaluate", "{\"returnByValue\":true,\"awaitPromise\":true,\"expression\":" + quoted + "}");
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Opens a page and waits until it has loaded with all that belongs to it. */
    public void open(String url) throws Exception {
        events.clear();
        call("Page.navigate", "{\"url\":\"" + url + "\"}");
        Await.until("loaded", () -> !events("Page.loadEventFired").isEmpty());
    }

    /** Events of this name since the last {@link #open}. */
    public List<JsonNode> events(String method) {
        return events.stream()
                .filter(event -> event.path("method").asString().equals(method))
                .map(event -> event.get("params"))
                .toList();
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
        end(process);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Takes answers and events. */
    private final class Reader implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(JSON.readTree(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void take(JsonNode message) {
            if (message.has("id")) {
                calls.remove(message.get("id").asInt()).complete(message);
            } else {
                events.add(message);
            }
        }
    }
}
