package org.cairndns.perf.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.Ports;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.sample.ApiObjects;
import org.cairndns.perf.sample.SampleService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code perf/faults api-gone-at-start}. */
@Command(
        name = "api-gone-at-start",
        sortOptions = false,
        description =
                "The API ended, the server killed and started again: when are known names answered, what of others, and "
                        + "when is all as in the API after its return. Cairn has a snapshot.")
final class ApiGoneAtStart extends FaultCommand {
    private static final Duration SNAPSHOT_LIMIT = Duration.ofSeconds(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final double MAX_FIRST_SECONDS = 1;
    private static final double MAX_REPAIR_SECONDS = 10;
    private static final double REPAIR_LIMIT_SECONDS = 90;
    private static final int UNKNOWN = 200;

    @Option(
            names = "--away",
            description = "Seconds for which the API is away after the start (default: ${DEFAULT-VALUE})")
    private int awaySeconds = 60;

    @Mixin
    private final ClusterSize size = new ClusterSize();

    ApiGoneAtStart() {
        super("api-gone-at-start");
    }

    @Override
    String title() {
        return "The server started while the API is away, which is back after %d s: %s"
                .formatted(awaySeconds, size.words());
    }

    @Override
    List<Verdict> run() throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        for (Contender contender : contenders()) {
            try (Stage stage = Stage.set(setting, size)) {
                verdicts.addAll(run(stage, contender));
            }
        }
        return verdicts;
    }

    private List<Verdict> run(Stage stage, Contender contender) throws IOException, InterruptedException {
        int port = Ports.free(1).getFirst();
        Path snapshot = stage.folder().resolve("cluster.snapshot");
        String property = contender == Contender.CAIRN ? "snapshot " + snapshot : "";
        Path file = SnapshotCorefile.write(
                stage, contender.label(), port, property, stage.api().kubeconfig());
        Path program = setting.program(contender);
        List<String> command = List.of(program.toString(), "-conf", file.toString());
        SampleService going = marker(stage, "going", "10.100.250.1");
        create(stage, going);
        try (RunningPeer before =
                stage.start(new Peer(contender.label(), command, port, 0, EnumSet.of(Mix.PODS, Mix.MISS)))) {
            SnapshotCorefile.awaitFile(snapshot, contender, SNAPSHOT_LIMIT);
            progress.println(contender.label() + ": killed, and the API ended");
            SnapshotCorefile.kill(before);
        }
        stage.api().stop();
        return again(stage, new Peer(contender.label(), command, port, 0, EnumSet.of(Mix.PODS)), going);
    }

    private List<Verdict> again(Stage stage, Peer peer, SampleService going) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        CompletableFuture<FirstAnswers.Result> polling =
                CompletableFuture.supplyAsync(() -> firstAnswers(stage, peer.port()), Thread.ofPlatform()::start);
        try (RunningPeer running = stage.start(peer);
                KnownNames client = new KnownNames(peer.port())) {
            FirstAnswers.Result first = polling.get();
            int denied = 0;
            for (int i = 0; i < UNKNOWN; i++) {
                String namespace =
                        stage.cluster().get(i % stage.cluster().size()).namespace();
                denied += client.addresses("unknown-" + i + "." + namespace + ".svc.cluster.local")
                                .contains("NXDOMAIN")
                        ? 1
                        : 0;
            }
            long waitNanos = TimeUnit.SECONDS.toNanos(awaySeconds) - (System.nanoTime() - startNanos);
            LockSupport.parkNanos(Math.max(0, waitNanos));
            stage.api().resume();
            long backNanos = System.nanoTime();
            SampleService coming = marker(stage, "coming", "10.100.250.2");
            create(stage, coming);
            stage.api().api().delete(path(going));
            double repaired = repaired(client, coming, going, backNanos);
            return verdicts(running.name(), first, denied, repaired);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private FirstAnswers.Result firstAnswers(Stage stage, int port) {
        try {
            return new FirstAnswers(port, stage.cluster()).run(Duration.ofSeconds(Math.max(5, awaySeconds / 2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seconds until the new service is there and the old one gone, {@code NaN} if that takes too long. */
    private static double repaired(KnownNames client, SampleService coming, SampleService going, long sinceNanos)
            throws IOException {
        double seconds = 0;
        while (seconds < REPAIR_LIMIT_SECONDS) {
            if (client.addresses(coming.dnsName()).contains(coming.clusterIp())
                    && client.addresses(going.dnsName()).contains("NXDOMAIN")) {
                return (System.nanoTime() - sinceNanos) / 1e9;
            }
            LockSupport.parkNanos(POLL_NANOS);
            seconds = (System.nanoTime() - sinceNanos) / 1e9;
        }
        return Double.NaN;
    }

    private static List<Verdict> verdicts(String name, FirstAnswers.Result first, int denied, double repaired) {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(Verdict.judged(
                name,
                "first known answer after the start",
                "at most 1 s",
                first.words(),
                first.firstSeconds() <= MAX_FIRST_SECONDS && first.answered() == first.services()));
        verdicts.add(Verdict.judged(
                name,
                "denials of known names, wrong addresses",
                "0, 0",
                first.denials() + ", " + first.wrong(),
                first.denials() + first.wrong() == 0));
        verdicts.add(Verdict.judged(
                name,
                "denials of " + UNKNOWN + " unknown names while the API is away",
                "0",
                Integer.toString(denied),
                denied == 0));
        verdicts.add(Verdict.judged(
                name,
                "all as in the API after its return",
                "at most 10 s",
                Double.isNaN(repaired)
                        ? "not within %.0f s".formatted(REPAIR_LIMIT_SECONDS)
                        : "%.2f s".formatted(repaired),
                repaired <= MAX_REPAIR_SECONDS));
        return verdicts;
    }

    private static SampleService marker(Stage stage, String name, String clusterIp) {
        return new SampleService(stage.cluster().getFirst().namespace(), name, false, clusterIp, List.of());
    }

    private static void create(Stage stage, SampleService service) throws IOException, InterruptedException {
        stage.api().api().post("/api/v1/namespaces/" + service.namespace() + "/services", ApiObjects.service(service));
    }

    private static String path(SampleService service) {
        return "/api/v1/namespaces/" + service.namespace() + "/services/" + service.name();
    }
}
