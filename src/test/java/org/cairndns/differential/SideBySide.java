package org.cairndns.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cairndns.corefile.CorefileException;
import org.cairndns.testing.Await;
import org.cairndns.testing.TestServer;

/** Both servers with one Corefile, on ports of their own. */
final class SideBySide implements AutoCloseable {
    private static final int WORKERS = 16;

    /** A name that is never answered is not asked about more often, because each time takes seconds. */
    private static final int MOST_SILENCES = 2;

    /** So often that one of Cairn's two event loops gets a question three times and answers with what it sent before. */
    private static final int TIMES = 5;

    /** A cache has something else to say the second time, and the same from then on. */
    private static final int REFERENCE_TIMES = 2;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int coreDnsPort = freePort();
    private final int coreDnsReady = freePort();
    private final int cairnPort = freePort();
    private final int cairnReady = freePort();
    private final CoreDns coreDns;
    private final TestServer cairn;

    /** Starts both; returns when both are ready. */
    SideBySide(Scenario scenario, Path folder, Path kubeconfig, int upstreamPort) throws Exception {
        String common = scenario.corefile()
                .replace("{KUBECONFIG}", kubeconfig.toString())
                .replace("{UPSTREAM}", "127.0.0.1:" + upstreamPort)
                .replace("{FOLDER}", folder.toString());
        Path corefile = folder.resolve("Corefile");
        coreDns = CoreDns.start(Files.writeString(corefile, onPorts(common, coreDnsPort, coreDnsReady)));
        try {
            cairn = start(onPorts(common, cairnPort, cairnReady));
            Await.until(
                    "both are ready for " + scenario.name(),
                    () -> isReady(coreDnsReady) && isReady(cairnReady) && listens(coreDnsPort) && listens(cairnPort));
        } catch (Throwable t) {
            System.out.println(coreDns.log());
            coreDns.close();
            throw t;
        }
    }

    private static TestServer start(String corefile) throws IOException {
        try {
            return TestServer.start(corefile);
        } catch (CorefileException e) {
            throw new IOException(e.getMessage() + " in\n" + corefile, e);
        }
    }

    private static String onPorts(String corefile, int port, int ready) {
        return corefile.replace("{PORT}", Integer.toString(port))
                .replace("{READY}", Integer.toString(ready))
                .replace("{METRICS}", Integer.toString(freePort()))
                .replace("{HEALTH}", Integer.toString(freePort()));
    }

    private boolean isReady(int port) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The ready page of CoreDNS comes before its sockets. */
    static boolean listens(int port) {
        try (Socket connection = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            return connection.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends every question to both. Questions about one name go one after another, in order. */
    void compare(Scenario scenario, List<Question> questions, Comparison comparison, Tally tally) throws Exception {
        List<List<Question>> shares = new ArrayList<>();
        // With a cache, what one question finds depends on those before it.
        int count = scenario.ttlToleranceSeconds() > 0 ? 1 : WORKERS;
        for (int i = 0; i < count; i++) {
            shares.add(new ArrayList<>());
        }
        for (Question question : questions) {
            shares.get(Math.floorMod(question.lowerCaseName().hashCode(), count))
                    .add(question);
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(count)) {
            List<Future<?>> futures = new ArrayList<>();
            for (List<Question> share : shares) {
                futures.add(workers.submit(() -> {
                    compareShare(scenario, share, comparison, tally);
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(
                    (coreDns.isAlive() ? "failed with Cairn on " + cairnPort + " beside: " : "CoreDNS has ended: ")
                            + coreDns.log(),
                    e);
        }
    }

    private void compareShare(Scenario scenario, List<Question> share, Comparison comparison, Tally tally)
            throws IOException {
        try (Asker reference = new Asker(coreDnsPort);
                Asker ours = new Asker(cairnPort)) {
            Map<String, Integer> silent = new HashMap<>();
            for (Question question : share) {
                // Over UDP several times, as Cairn repeats itself there.
                int times = question.tcp() ? 1 : TIMES;
                Answer theirs = Answer.SILENCE;
                for (int i = 0; i < times && silent.getOrDefault(question.lowerCaseName(), 0) < MOST_SILENCES; i++) {
                    boolean askedToo = i < REFERENCE_TIMES;
                    if (askedToo) {
                        reference.send(question);
                    }
                    ours.send(question);
                    theirs = askedToo ? reference.receive(question) : theirs;
                    Answer own = ours.receive(question);
                    if (theirs.equals(Answer.SILENCE)) {
                        silent.merge(question.lowerCaseName(), 1, Integer::sum);
                    }
                    Optional<List<String>> rules = comparison.explain(question, theirs, own);
                    if (rules.isEmpty()) {
                        tally.unexplained(scenario.name(), report(scenario, question, theirs, own));
                    } else if (rules.get().isEmpty()) {
                        tally.same();
                    } else {
                        tally.explained(rules.get());
                    }
                }
            }
        }
    }

    private static String report(Scenario scenario, Question question, Answer reference, Answer ours) {
        return "DIFFERENTIAL='" + scenario.name() + " " + question + "'\n    CoreDNS: " + reference + "\n    Cairn:   "
                + ours;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cairn.close();
        coreDns.close();
    }
}
