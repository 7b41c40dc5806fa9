package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cairndns.acceptance.ServerProcess;
import org.cairndns.rules.Project;
import org.cairndns.testing.Await;
import org.cairndns.testing.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of the pages runs, or stands in a list with the reason why it cannot: against an API server in which Cairn took
 * CoreDNS's place, and a server that answers for that cluster.
 */
class PageCommandsTest {
    private static final Path NOT_RUN =
            Project.root().resolve("src/test/resources/org/cairndns/manifests/commands-not-run.txt");

    /** Reads only, so once is enough. */
    private static final Pattern READS =
            Pattern.compile("(kubectl (-n \\S+ )?(get|describe|logs|auth)|dig|curl) [^|>]*");

    /** Commands that serve until they are ended, and what they say once they do. */
    private static final Pattern SERVES = Pattern.compile("\\./cairn demo.*");

    /** For starts without an archive of linked classes, beside other tests. */
    private static final Duration START = Duration.ofSeconds(120);

    private static final String SERVING = "Ctrl-C ends it.";

    private static final String COREFILE = """
            .:%1$d {
                bind 127.0.0.1
                errors
                health 127.0.0.1:%2$d
                ready 127.0.0.1:%3$d
                prometheus 127.0.0.1:%4$d
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    kubeconfig %5$s
                }
                # Something that is wrong, as pages ask for it: this server is its own upstream.
                forward . 127.0.0.1:%1$d
                cache 30
            }
            """;

    @TempDir
    static Path work;

    private static TestCluster cluster;
    private static Rollouts rollouts;
    private static ServerProcess server;
    private static PageFolder folder;

    /** What pages call a place, and where that is here. */
    private static final Map<Pattern, String> PLACES = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        cluster = TestCluster.start("127.0.0.1", Files.createDirectories(work.resolve("api")));
        rollouts = new Rollouts(cluster);
        apply(Folders.stock("microk8s"));
        apply(Folders.K8S.resolve("overlays/microk8s"));
        startServer();
        folder = PageFolder.make(
                Files.createDirectories(work.resolve("top")), cluster.api().kubeconfig());
    }

    private static void apply(Path manifests) throws Exception {
        cluster.kubectl().output("apply", "-k", manifests.toString());
        cluster.kubectl().output("-n", "kube-system", "rollout", "status", "deployment/coredns", "--timeout=1m");
    }

    private static void startServer() throws Exception {
        int dns = FreePort.find();
        int health = FreePort.find();
        int ready = FreePort.find();
        int metrics = FreePort.find();
        PLACES.put(Pattern.compile("@10\\.152\\.183\\.\\d+"), "@127.0.0.1 -p " + dns);
        PLACES.put(Pattern.compile("localhost:8080"), "127.0.0.1:" + health);
        PLACES.put(Pattern.compile("localhost:8181"), "127.0.0.1:" + ready);
        PLACES.put(Pattern.compile("localhost:9153"), "127.0.0.1:" + metrics);
        // A busy machine is no dead server.
        PLACES.put(Pattern.compile("\\+time=\\d+"), "+time=20");
        String demo = Integer.toString(FreePort.find());
        PLACES.put(Pattern.compile("-p 1053"), "-p " + demo);
        PLACES.put(Pattern.compile("cairn demo"), "cairn demo -p " + demo);
        Path corefile = Files.writeString(
                work.resolve("Corefile"),
                COREFILE.formatted(dns, health, ready, metrics, cluster.api().kubeconfig()));
        Path log = work.resolve("log");
        server = ServerProcess.start(log, Map.of(), "-conf", corefile.toString());
        Await.until("the server listens", START, () -> Files.readString(log).contains("java "));
    }

    @AfterAll
    static void stop() {
        Stream.of(server, rollouts, cluster, folder).forEach(PageCommandsTest::close);
        PLACES.clear();
    }

    private static void close(AutoCloseable started) {
        try {
            if (started != null) {
                started.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The pages for users: README, CONTRIBUTING and all below {@code docs}. */
    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(Project.root());
                Stream<Path> docs = Files.walk(Project.root().resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<PageCommand> commands() throws IOException {
        List<PageCommand> commands = new ArrayList<>();
        for (Path page : pages()) {
            commands.addAll(PageCommand.of(Project.root(), page));
        }
        return commands;
    }

    @TestFactory
    Stream<DynamicTest> commands_ofEachPage_run() throws IOException {
        NotRun notRun = NotRun.read(NOT_RUN);
        Map<String, List<PageCommand>> byPage = new TreeMap<>();
        for (PageCommand command : commands()) {
            if (notRun.reason(command).isEmpty()) {
                byPage.computeIfAbsent(command.page(), any -> new ArrayList<>()).add(command);
            }
        }
        Set<String> read = new HashSet<>();
        return byPage.entrySet().stream().map(page -> dynamicTest(page.getKey(), () -> run(page.getValue(), read)));
    }

    private static void run(List<PageCommand> commands, Set<String> read) throws Exception {
        List<Process> serving = new ArrayList<>();
        try {
            for (PageCommand command : commands) {
                if (READS.matcher(command.text()).matches()
                        && !read.add(command.text())
                        && command.output().isEmpty()) {
                    continue;
                }
                if (!cluster.servesJobs() && command.text().contains("smoke")) {
                    System.out.println("PageCommandsTest: this API server has no Jobs; not run: " + command);
                } else if (SERVES.matcher(command.text()).matches()) {
                    Path log = Files.createTempFile(work, "serving", ".log");
                    serving.add(folder.start(here(command), log));
                    Await.until(
                            command + " serves",
                            START,
                            () -> Files.readString(log).contains(SERVING));
                } else {
                    assertThat(folder.run(here(command), command))
                            .as(command.toString())
                            .contains(command.output());
                }
            }
        } finally {
            serving.forEach(Process::destroyForcibly);
        }
    }

    /** A command with this test's places in it. */
    private static String here(PageCommand command) {
        String text = command.text();
        for (Map.Entry<Pattern, String> place : PLACES.entrySet()) {
            text = place.getKey().matcher(text).replaceAll(place.getValue());
        }
        return text;
    }

    /** What is said not to run is on some page, so the list does not outlive the pages. */
    @Test
    void list_ofCommandsNotRun_hasNoOthers() throws IOException {
        NotRun notRun = NotRun.read(NOT_RUN);
        commands().forEach(notRun::reason);

        assertThat(notRun.unused()).isEmpty();
    }
}
