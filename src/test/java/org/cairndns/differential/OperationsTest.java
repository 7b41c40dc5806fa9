package org.cairndns.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.cairndns.acceptance.ServerProcess;
import org.cairndns.testing.Await;
import org.cairndns.testing.StubUpstream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of CoreDNS and Cairn as processes: metrics, health and readiness, log lines. */
class OperationsTest {
    private static final String COREFILE = """
            .:{PORT} {
                bind 127.0.0.1
                errors
                log
                health 127.0.0.1:{HEALTH} {
                    lameduck 2s
                }
                ready 127.0.0.1:{READY}
                prometheus 127.0.0.1:{METRICS}
                hosts {
                    192.0.2.1 inline.example.org
                    fallthrough
                }
                template IN A svc.example.org {
                    answer "{{ .Name }} 60 IN A 192.0.2.1"
                }
                local
                acl blocked.example.com {
                    block type TXT net *
                }
                cache 30
                forward . {UPSTREAM}
                loadbalance
                reload 30s
            }
            dead.example:{PORT} {
                bind 127.0.0.1
                errors
                log . {combined}
                prometheus 127.0.0.1:{METRICS}
                forward . 127.0.0.1:1
            }
            """;

    private static final List<String> NAMES = List.of(
            "www.example.com.",
            "nx.example.com.",
            "empty.example.com.",
            "many.example.com.",
            "inline.example.org.",
            "a.svc.example.org.",
            "localhost.",
            "blocked.example.com.",
            "WWW.Example.NET.",
            "x.dead.example.");
    private static final List<String> TYPES = List.of("A", "AAAA", "TXT", "SRV", "HTTPS", "CAA");
    private static final Pattern LOG_LINE = Pattern.compile(
            "\\[INFO] 127\\.0\\.0\\.1:\\d+ - (\\d+ \"\\S+ \\S+ \\S+ (?:udp|tcp) \\d+ (?:true|false) \\d+\" \\S+) \\S+ \\d+ [0-9.]+s(.*)");
    private static final Pattern ERROR_LINE = Pattern.compile("\\[ERROR] plugin/errors: (\\d+ \\S+ \\S+): \\S.*");

    /** Seen in CoreDNS 1.14.7; the ready page says no all the time of lameduck. */
    private static final List<String> STATES =
            List.of("health true ready true", "health true ready false", "health false ready false");

    /** Counters that are there from the start, with 0; in CoreDNS they appear when something is counted. */
    private static final Set<String> FROM_THE_START =
            Set.of("coredns_cache_evictions_total", "coredns_cache_prefetch_total", "coredns_cache_served_stale_total");

    /** Labels whose values tell of the program itself. */
    private static final String BUILD_INFO = "coredns_build_info";

    @TempDir
    Path work;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void assumeCoreDns() {
        assumeTrue(CoreDns.program().isPresent(), "COREDNS names no program: skipped");
    }

    /** A server process with its ports; the log is complete once it was stopped. */
    private record Server(Ports ports, Path log, Runnable terminate, AutoCloseable process) {}

    private record Ports(int dns, int health, int ready, int metrics) {
        static Ports free() {
            return new Ports(
                    SideBySide.freePort(), SideBySide.freePort(), SideBySide.freePort(), SideBySide.freePort());
        }

        String fill(String corefile, StubUpstream upstream) {
            return corefile.replace("{PORT}", Integer.toString(dns))
                    .replace("{HEALTH}", Integer.toString(health))
                    .replace("{READY}", Integer.toString(ready))
                    .replace("{METRICS}", Integer.toString(metrics))
                    .replace("{UPSTREAM}", "127.0.0.1:" + upstream.address().getPort());
        }
    }

    private Server coreDns(StubUpstream upstream) throws IOException {
        Ports ports = Ports.free();
        Path corefile = Files.writeString(work.resolve("Corefile.coredns"), ports.fill(COREFILE, upstream));
        CoreDns process = CoreDns.start(corefile);
        return new Server(
                ports,
                Path.of(corefile + ".log"),
                () -> Thread.ofVirtual().start(() -> stop(() -> process.stop())),
                process);
    }

    private Server cairn(StubUpstream upstream) throws IOException {
        Ports ports = Ports.free();
        Path corefile = Files.writeString(work.resolve("Corefile.cairn"), ports.fill(COREFILE, upstream));
        Path log = work.resolve("cairn.log");
        ServerProcess process = ServerProcess.start(log, Map.of(), "-conf", corefile.toString());
        return new Server(ports, log, () -> Thread.ofVirtual().start(() -> stop(() -> process.stop())), process);
    }

    private interface Stop {
        void run() throws InterruptedException;
    }

    private static void stop(Stop stop) {
        try {
            stop.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void metricsAndLogs_afterTheSameQueries_haveTheSameForm() throws Exception {
        try (StubUpstream upstream = StubUpstream.start(new InetSocketAddress("127.0.0.1", 0), Upstream::answer)) {
            Seen theirs = see(coreDns(upstream));
            Seen ours = see(cairn(upstream));

            SoftAssertions softly = new SoftAssertions();
            compareMetrics(softly, theirs.metrics(), ours.metrics());
            softly.assertThat(ours.logLines()).as("lines of log").isEqualTo(theirs.logLines());
            softly.assertThat(ours.errorLines()).as("lines of errors").isEqualTo(theirs.errorLines());
            softly.assertAll();
            assertThat(ours.logLines()).hasSizeGreaterThan(100);
            assertThat(ours.errorLines()).isNotEmpty();
        }
    }

    /** What one server shows. */
    private record Seen(MetricsPage metrics, List<String> logLines, Set<String> errorLines) {}

    private Seen see(Server server) throws Exception {
        try (AutoCloseable process = server.process()) {
            assertThat(process).isNotNull();
            Await.until(
                    "ready: " + server.log(),
                    () -> status(server.ports().ready(), "/ready") == 200
                            && SideBySide.listens(server.ports().dns()));
            askAll(server.ports().dns());
            MetricsPage metrics = MetricsPage.parse(body(server.ports().metrics(), "/metrics"), "coredns_");
            server.terminate().run();
            Await.until("end", () -> status(server.ports().health(), "/health") == 0);
            return new Seen(metrics, lines(server.log(), LOG_LINE), new TreeSet<>(lines(server.log(), ERROR_LINE)));
        }
    }

    private static void askAll(int port) throws IOException {
        try (Asker asker = new Asker(port)) {
            for (String name : NAMES) {
                for (String type : TYPES) {
                    for (EdnsForm form : List.of(EdnsForm.NONE, EdnsForm.E1232, EdnsForm.DO)) {
                        Question question = new Question(name, type, "IN", form, form == EdnsForm.E1232, "rd");
                        asker.send(question);
                        assertThat(asker.receive(question))
                                .as(question.toString())
                                .isNotEqualTo(Answer.SILENCE);
                    }
                }
            }
        }
    }

    /** The parts of matching lines that do not depend on time or port, in any order of writing. */
    private static List<String> lines(Path log, Pattern pattern) throws IOException {
        return Files.readAllLines(log).stream()
                .map(pattern::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(line -> line.group(1) + (line.groupCount() > 1 ? line.group(2) : ""))
                .sorted()
                .toList();
    }

    private static void compareMetrics(SoftAssertions softly, MetricsPage theirs, MetricsPage ours) {
        for (Map.Entry<String, Set<String>> metric : theirs.series().entrySet()) {
            String name = metric.getKey();
            if (name.equals(BUILD_INFO)) {
                softly.assertThat(ours.series().get(name).toString().replaceAll("=[^,\\]]*", ""))
                        .isEqualTo(metric.getValue().toString().replaceAll("=[^,\\]]*", ""));
                continue;
            }
            softly.assertThat(ours.series().getOrDefault(name, Set.of()))
                    .as("series of " + name)
                    .isEqualTo(metric.getValue());
            softly.assertThat(ours.bounds().getOrDefault(name, Set.of()))
                    .as("buckets of " + name)
                    .isEqualTo(theirs.bounds().getOrDefault(name, Set.of()));
        }
        softly.assertThat(ours.types()).as("types").containsAllEntriesOf(theirs.types());
        Set<String> further = new TreeSet<>(ours.series().keySet());
        further.removeAll(theirs.series().keySet());
        // Names that CoreDNS dropped in 1.11, for dashboards of that time.
        further.removeIf(name -> name.startsWith("coredns_forward_"));
        softly.assertThat(further).as("names that CoreDNS has not").isEqualTo(FROM_THE_START);
    }

    @Test
    void healthAndReadiness_fromStartToEnd_goThroughTheSameStates() throws Exception {
        try (StubUpstream upstream = StubUpstream.start(new InetSocketAddress("127.0.0.1", 0), Upstream::answer)) {
            List<String> theirs = states(coreDns(upstream));
            List<String> ours = states(cairn(upstream));

            System.out.println("CoreDNS " + theirs + "\nCairn   " + ours);
            assertThat(theirs).isEqualTo(STATES);
            assertThat(ours).isEqualTo(STATES);
        }
    }

    /** States one after another, without what is seen before the first time that both pages say yes. */
    private List<String> states(Server server) throws Exception {
        List<String> states = new ArrayList<>();
        try (AutoCloseable process = server.process()) {
            assertThat(process).isNotNull();
            Await.until("ready: " + server.log(), () -> state(server).equals(STATES.getFirst()));
            states.add(STATES.getFirst());
            server.terminate().run();
            Await.until("end", () -> add(states, server).equals(STATES.getLast()));
        }
        return states;
    }

    private String add(List<String> states, Server server) {
        String state = state(server);
        if (!states.getLast().equals(state)) {
            states.add(state);
        }
        return state;
    }

    /** Not ready is a closed port as well as 503. */
    private String state(Server server) {
        return "health " + (status(server.ports().health(), "/health") == 200) + " ready "
                + (status(server.ports().ready(), "/ready") == 200);
    }

    private int status(int port, String path) {
        try {
            return http.send(get(port, path), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private String body(int port, String path) throws IOException, InterruptedException {
        return http.send(get(port, path), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static HttpRequest get(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
    }
}
