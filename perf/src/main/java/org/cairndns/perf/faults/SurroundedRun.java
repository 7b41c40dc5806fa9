package org.cairndns.perf.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import org.cairndns.perf.compare.Ports;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Setting;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.sample.SampleService;
import org.cairndns.perf.sample.Upstream;

/** What {@code perf/faults surroundings} does to servers, and what came of it. */
final class SurroundedRun implements AutoCloseable {
    static final int PORT = 53;

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int LIMIT_SECONDS = 60;
    private static final int START_SECONDS = 2;
    private static final int APPEARS_SECONDS = 5;
    private static final int EXIT_SECONDS = 20;
    private static final int OUTSIDE_NAMES = 500;
    private static final double MAX_FAILURE_MILLIS = 100;
    private static final String SELF = "127.0.0.1";
    private static final String STUB = "127.0.0.53";
    private static final String ROUTER = "127.0.0.78";
    private static final String UPSTREAM = "127.0.0.77";

    private final Stage stage;
    private final Setting setting;
    private final PrintStream progress;
    private final ApiFaultProxy proxy;
    private final LoopRelay router;
    private final List<Integer> ports = Ports.free(3);
    private final Path corefile;
    private final Path resolvConf;

    private SurroundedRun(Stage stage, Setting setting, PrintStream progress, ApiFaultProxy proxy, LoopRelay router)
            throws IOException {
        this.stage = stage;
        this.setting = setting;
        this.progress = progress;
        this.proxy = proxy;
        this.router = router;
        this.corefile = stage.folder().resolve("Corefile");
        this.resolvConf = stage.folder().resolve("resolv.conf");
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
        return new InetSocketAddress(InetAddress.ofLiteral(address), PORT);
    }

    private void write(String servers) throws IOException {
        Files.writeString(resolvConf, servers);
        Files.writeString(corefile, """
            .:%d {
                bind %s %s
                errors
                health %s:%d
                ready %s:%d
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    kubeconfig %s perf
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                }
                prometheus %s:%d
                loop
                forward . %s
                cache 30
                reload 2s 1s
            }
            """.formatted(
                        PORT,
                        SELF,
                        STUB,
                        SELF,
                        ports.get(0),
                        SELF,
                        ports.get(1),
                        proxy.kubeconfig(stage.api().kubeconfig()),
                        SELF,
                        ports.get(2),
                        resolvConf));
    }

    /** All at once, for Cairn. */
    List<Verdict> cairn(double minutes, int rate) throws IOException, InterruptedException {
        write("nameserver %s\nnameserver %s\nnameserver %s\n".formatted(SELF, STUB, ROUTER));
        Path kept = stage.folder().resolve("Corefile.kept");
        List<String> command =
                List.of(setting.launcher().toString(), "-conf", corefile.toString(), "-lastgood", kept.toString());
        Peer peer = new Peer(Contender.CAIRN.label(), command, PORT, ports.get(1), EnumSet.of(Mix.PODS, Mix.MISS));
        progress.println("cairn: a start with a right Corefile");
        stage.start(peer).close();
        String right = Files.readString(corefile);
        Files.writeString(corefile, right.replace("cache 30", "nonsense"));
        List<Verdict> verdicts = new ArrayList<>();
        try (TakenPort health = new TakenPort(ports.get(0));
                TakenPort metrics = new TakenPort(ports.get(2))) {
            long startNanos = System.nanoTime();
            try (RunningPeer server = stage.start(peer);
                    KnownNames client = new KnownNames(PORT)) {
                double started = seconds(startNanos);
                verdicts.add(look("ready with the last Corefile that was right", "within 2 s", started, START_SECONDS));
                stage.api().stop();
                verdicts.addAll(amiss(server, client, minutes, rate));
                metrics.free();
                SurroundedStates states = new SurroundedStates(ports);
                states.await(LIMIT_SECONDS);
                verdicts.addAll(states.verdicts(server.log()));
                verdicts.addAll(appears(client));
                Files.writeString(corefile, right);
                health.free();
                stage.api().resume();
                verdicts.add(look(
                        "all that was mended is no longer named",
                        "within 60 s",
                        wait(() -> states.areMended()).orElse(Double.NaN),
                        LIMIT_SECONDS));
                verdicts.add(
                        Verdict.of("cairn", "process", "up", server.usage().rssKib() / 1024 + " MiB resident", true));
            }
        }
        return verdicts;
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
            failed += client.addresses("outside" + asked++ + ".example.net").equals(Set.of("SERVFAIL")) ? 1 : 0;
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
        try (Upstream upstream = Upstream.startAt(at(UPSTREAM))) {
            Files.writeString(resolvConf, "nameserver " + UPSTREAM + "\n", StandardOpenOption.APPEND);
            int[] number = {0};
            OptionalDouble after = wait(() ->
                    !client.addresses("new" + number[0]++ + ".example.net").contains("SERVFAIL"));
            int failed = 0;
            for (int i = 0; i < OUTSIDE_NAMES; i++) {
                failed += client.addresses("then" + i + ".example.net").contains("SERVFAIL") ? 1 : 0;
            }
            progress.println("cairn: upstream was asked " + upstream.queries() + " times");
            return List.of(
                    look(
                            "outside names once an upstream appears",
                            "within 5 s",
                            after.orElse(Double.NaN),
                            APPEARS_SECONDS),
                    Verdict.of(
                            "cairn", "outside names then", "0 failed", failed + " of " + OUTSIDE_NAMES, failed == 0));
        }
    }

    private static Verdict look(String what, String target, double seconds, int limit) {
        return Verdict.of("cairn", what, target, "%.1f s".formatted(seconds), seconds <= limit);
    }

    /** Port that another program has. */
    private static final class TakenPort implements AutoCloseable {
        private final ServerSocket socket;

        TakenPort(int port) throws IOException {
            socket = new ServerSocket(port, 1, InetAddress.ofLiteral(SELF));
        }

        /** Gives it back. */
        void free() throws IOException {
            socket.close();
        }

        @Override
        public String toString() {
            return "health port " + socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            free();
        }
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

    /** One at a time, for CoreDNS, which has not the second. */
    List<Verdict> coreDns(Path program) throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        write("nameserver %s\n".formatted(ROUTER));
        verdicts.add(ends(program, "an upstream that leads back"));
        write("nameserver %s\n".formatted(STUB));
        verdicts.add(ends(program, "resolv.conf with " + STUB));
        write("nameserver %s\n".formatted(UPSTREAM));
        try (TakenPort health = new TakenPort(ports.get(0))) {
            verdicts.add(ends(program, health + " taken"));
        }
        Files.writeString(corefile, Files.readString(corefile).replace("cache 30", "nonsense"));
        verdicts.add(ends(program, "a wrong Corefile"));
        return verdicts;
    }

    private Verdict ends(Path program, String what) throws IOException, InterruptedException {
        progress.println("coredns: " + what);
        List<String> command = setting.cores().forServer(List.of(program.toString(), "-conf", corefile.toString()));
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
