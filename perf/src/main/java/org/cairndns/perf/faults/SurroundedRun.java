package org.cairndns.perf.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cairndns.kubernetes.testing.ApiFaultProxy;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Setting;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.sample.ApiObjects;
import org.cairndns.perf.sample.SampleService;
import org.cairndns.perf.sample.Upstream;

/** What {@code perf/faults surroundings} does to servers, and what came of it. */
final class SurroundedRun implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int LIMIT_SECONDS = 60;
    private static final int START_SECONDS = 2;
    private static final int APPEARS_SECONDS = 5;
    private static final int EXIT_SECONDS = 20;
    private static final int OUTSIDE_NAMES = 500;
    private static final double MAX_FAILURE_MILLIS = 100;
    private static final Set<String> FAILURE = Set.of("SERVFAIL");
    private static final String SELF = SurroundedFiles.SELF;
    private static final String STUB = SurroundedFiles.STUB;
    private static final String ROUTER = "127.0.0.78";
    private static final String UPSTREAM = "127.0.0.77";

    private final Stage stage;
    private final Setting setting;
    private final PrintStream progress;
    private final ApiFaultProxy proxy;
    private final LoopRelay router;
    private final SurroundedFiles files;

    private SurroundedRun(Stage stage, Setting setting, PrintStream progress, ApiFaultProxy proxy, LoopRelay router)
            throws IOException {
        this.stage = stage;
        this.setting = setting;
        this.progress = progress;
        this.proxy = proxy;
        this.router = router;
        this.files =
                new SurroundedFiles(stage.folder(), proxy.kubeconfig(stage.api().kubeconfig()));
    }

    /** Puts up what is amiss outside of the server. */
    static SurroundedRun on(Stage stage, Setting setting, PrintStream progress) throws IOException {
        ApiFaultProxy proxy =
                ApiFaultProxy.toServer(stage.api().url(), stage.api().certificates());
        proxy.faults().refuse(403, path -> path.contains("endpointslices"));
        try {
            return new SurroundedRun(stage, setting, progress, proxy, new LoopRelay(at(ROUTER), at(SELF)));
        } catch (IOException e) {
            proxy.close();
            throw e;
        }
    }

    private static InetSocketAddress at(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), SurroundedFiles.DNS_PORT);
    }

    /** All at once, for Cairn. */
    List<Verdict> cairn(double minutes, int rate) throws IOException, InterruptedException {
        files.upstreams(List.of(SELF, STUB, ROUTER), List.of());
        files.writeCorefile(true);
        Peer peer = peer();
        progress.println("cairn: a start with a right Corefile");
        stage.start(peer).close();
        files.spoilCorefile();
        List<Verdict> verdicts = new ArrayList<>();
        try (TakenPort health = new TakenPort(files.health());
                TakenPort metrics = new TakenPort(files.lanMetrics())) {
            long startNanos = System.nanoTime();
            try (RunningPeer server = stage.start(peer);
                    KnownNames client = new KnownNames(SurroundedFiles.DNS_PORT)) {
                double started = seconds(startNanos);
                verdicts.add(look("ready with the last Corefile that was right", "within 2 s", started, START_SECONDS));
                stage.api().stop();
                verdicts.addAll(amiss(server, client, minutes, rate));
                SurroundedStates states = new SurroundedStates(files);
                verdicts.addAll(states.verdicts(server.log(), progress));
                try (Upstream upstream = Upstream.startAt(at(UPSTREAM))) {
                    verdicts.addAll(appears(client));
                    progress.println("cairn: upstream was asked " + upstream.queries() + " times");
                    health.free();
                    metrics.free();
                    mend();
                    verdicts.add(mended(states));
                }
                verdicts.add(
                        Verdict.of("cairn", "process", "up", server.usage().rssKib() / 1024 + " MiB resident", true));
            }
        }
        return verdicts;
    }

    private Peer peer() {
        Path kept = stage.folder().resolve("Corefile.kept");
        List<String> command = List.of(
                setting.launcher().toString(), "-conf", files.corefile().toString(), "-lastgood", kept.toString());
        return new Peer(
                Contender.CAIRN.label(),
                command,
                SurroundedFiles.DNS_PORT,
                files.ready(),
                EnumSet.of(Mix.PODS, Mix.MISS));
    }

    /** Ends all that was amiss, but for ports. */
    private void mend() throws IOException, InterruptedException {
        files.writeCorefile(true);
        files.upstreams(List.of(UPSTREAM), List.of(UPSTREAM));
        proxy.faults().end();
        stage.api().resume();
        stage.api().api().post(ApiObjects.definitionsPath(), ApiObjects.serviceImportDefinition());
    }

    private static Verdict mended(SurroundedStates states) throws IOException, InterruptedException {
        OptionalDouble after = wait(() -> states.named().isEmpty());
        String seen = after.isPresent()
                ? "%.1f s".formatted(after.getAsDouble())
                : "still named: " + SurroundedStates.words(states.named());
        return Verdict.of("cairn", "what was mended is no longer named", "within 60 s", seen, after.isPresent());
    }

    /** Asks for cluster names all the time, and for one from outside now and then. */
    private List<Verdict> amiss(RunningPeer server, KnownNames client, double minutes, int rate)
            throws IOException, InterruptedException {
        List<SampleService> services =
                stage.cluster().stream().filter(service -> !service.headless()).toList();
        KnownNames.Tally all = new KnownNames.Tally(0, 0, 0);
        long endNanos = System.nanoTime() + Math.round(minutes * TimeUnit.MINUTES.toNanos(1));
        double slowest = 0;
        int failed = 0;
        int asked = 0;
        while (System.nanoTime() < endNanos) {
            all = all.and(client.ask(services, rate, LOOK));
            long start = System.nanoTime();
            // Every other one is of the server block whose file of upstreams is empty.
            String name = "outside" + asked + (asked++ % 2 == 0 ? ".example.net" : ".lan.example");
            failed += outcome(client, name).equals(FAILURE) ? 1 : 0;
            slowest = Math.max(slowest, (System.nanoTime() - start) / 1e6);
            server.usage();
        }
        progress.printf("cairn: %s; %d queries came round%n", all.words(), router.relayed());
        return List.of(
                Verdict.of("cairn", "cluster names", "all right", all.words(), all.wrong() + all.lost() == 0),
                Verdict.of(
                        "cairn",
                        "outside names",
                        "SERVFAIL within 100 ms",
                        "%d of %d, slowest %.1f ms".formatted(failed, asked, slowest),
                        failed == asked && slowest < MAX_FAILURE_MILLIS));
    }

    private List<Verdict> appears(KnownNames client) throws IOException, InterruptedException {
        files.upstreams(List.of(SELF, STUB, ROUTER, UPSTREAM), List.of(UPSTREAM));
        double after = answered(client, ".example.net");
        double afterInLan = answered(client, ".lan.example");
        int failed = 0;
        for (int i = 0; i < OUTSIDE_NAMES; i++) {
            failed += isAnswered(client, "then" + i + ".example.net") ? 0 : 1;
        }
        return List.of(
                look("outside names once an upstream appears", "within 5 s", after, APPEARS_SECONDS),
                look("names below lan.example then", "within 5 s", after + afterInLan, APPEARS_SECONDS),
                Verdict.of("cairn", "outside names then", "0 failed", failed + " of " + OUTSIDE_NAMES, failed == 0));
    }

    /** Seconds until new names below a zone are answered. */
    private static double answered(KnownNames client, String zone) throws IOException, InterruptedException {
        int[] number = {0};
        return wait(() -> isAnswered(client, "new" + number[0]++ + zone)).orElse(Double.NaN);
    }

    private static boolean isAnswered(KnownNames client, String name) throws IOException {
        Set<String> outcome = outcome(client, name);
        return !outcome.isEmpty() && !outcome.equals(FAILURE);
    }

    /** What a client gets for a name: addresses, an RCODE, or nothing at all. */
    private static Set<String> outcome(KnownNames client, String name) throws IOException {
        try {
            return client.addresses(name);
        } catch (SocketTimeoutException e) {
            return Set.of();
        }
    }

    private static Verdict look(String what, String target, double seconds, int limit) {
        return Verdict.of("cairn", what, target, "%.1f s".formatted(seconds), seconds <= limit);
    }

    /** Something that may be so. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static OptionalDouble wait(Condition condition) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        while (!condition.holds()) {
            if (seconds(startNanos) > LIMIT_SECONDS) {
                return OptionalDouble.empty();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return OptionalDouble.of(seconds(startNanos));
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    /** One at a time, for CoreDNS. */
    List<Verdict> coreDns(Path program) throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        List<String> right = List.of(UPSTREAM);
        proxy.faults().end();
        files.writeCorefile(false);
        files.upstreams(List.of(ROUTER), right);
        verdicts.add(ends(program, "an upstream that leads back"));
        files.upstreams(List.of(STUB), right);
        verdicts.add(ends(program, "resolv.conf with " + STUB));
        files.upstreams(right, List.of());
        verdicts.add(ends(program, "an empty resolv.conf"));
        files.upstreams(right, right);
        proxy.faults().refuse(403, path -> path.contains("endpointslices"));
        verdicts.add(ends(program, "endpoint slices withheld by RBAC"));
        proxy.faults().refuse(404, path -> path.contains("serviceimports"));
        files.writeCorefile(true);
        verdicts.add(ends(program, "no definition of ServiceImport"));
        files.writeCorefile(false);
        try (TakenPort taken = new TakenPort(files.health())) {
            verdicts.add(ends(program, "health port " + taken + " taken"));
        }
        try (TakenPort taken = new TakenPort(files.lanMetrics())) {
            verdicts.add(ends(program, "metrics port " + taken + " taken"));
        }
        stage.api().stop();
        verdicts.add(ends(program, "the API away"));
        stage.api().resume();
        files.spoilCorefile();
        verdicts.add(ends(program, "a wrong Corefile"));
        return verdicts;
    }

    private Verdict ends(Path program, String what) throws IOException, InterruptedException {
        progress.println("coredns: " + what);
        List<String> command = setting.cores()
                .forServer(List.of(program.toString(), "-conf", files.corefile().toString()));
        long startNanos = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
        String seen = ended
                ? "ends with code %d after %.1f s".formatted(process.exitValue(), seconds(startNanos))
                : "runs after " + EXIT_SECONDS + " s";
        process.destroy();
        process.waitFor();
        return Verdict.seen("coredns", what, seen);
    }

    @Override
    public void close() {
        router.close();
        proxy.close();
    }
}
