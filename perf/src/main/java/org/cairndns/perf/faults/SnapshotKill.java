package org.cairndns.perf.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.kubernetes.IndexRestore;
import org.cairndns.kubernetes.KeptFields;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.snapshot.SnapshotFile;
import org.cairndns.kubernetes.snapshot.SnapshotLimits;
import org.cairndns.kubernetes.snapshot.SnapshotReader;
import org.cairndns.kubernetes.snapshot.SnapshotResult;
import org.cairndns.kubernetes.testing.ApiFaultProxy;
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

/** The command {@code perf/faults snapshot-kill}. */
@Command(
        name = "snapshot-kill",
        sortOptions = false,
        description =
                "Cairn killed while it writes a snapshot, again and again: is the file a whole one each time, the old or the "
                        + "new one, and does a start without an API answer from it.")
final class SnapshotKill extends FaultCommand {
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(60);
    private static final SnapshotLimits LIMITS = new SnapshotLimits(1 << 28, 1 << 28, 1 << 28);
    private static final int ASKED = 20;

    /** Every how many rounds the server starts without an API: to find it again takes seconds. */
    private static final int AWAY_EVERY = 10;

    @Option(names = "--kills", description = "How often (default: ${DEFAULT-VALUE})")
    private int kills = 200;

    @Option(
            names = "--longest",
            description = "Milliseconds from the begin of a write to the kill, at most (default: ${DEFAULT-VALUE})")
    private int longestMillis = 500;

    @Mixin
    private final ClusterSize size = new ClusterSize();

    private final Random random = new Random();
    private int unusable;
    private int replaced;
    private int left;
    private int ignored;
    private int wrong;

    SnapshotKill() {
        super("snapshot-kill");
    }

    @Override
    String title() {
        return "%d times killed while a snapshot is written: %s".formatted(kills, size.words());
    }

    @Override
    List<Verdict> run() throws IOException, InterruptedException {
        random.setSeed(seed);
        try (Stage stage = Stage.set(setting, size);
                ApiFaultProxy proxy =
                        ApiFaultProxy.toServer(stage.api().url(), stage.api().certificates())) {
            int port = Ports.free(1).getFirst();
            Path snapshot =
                    Files.createDirectory(stage.folder().resolve("kept")).resolve("cluster.snapshot");
            Path file = SnapshotCorefile.write(
                    stage,
                    "cairn",
                    port,
                    "snapshot " + snapshot,
                    proxy.kubeconfig(stage.api().kubeconfig()));
            List<String> command = List.of(setting.launcher().toString(), "-conf", file.toString());
            Peer peer = new Peer(Contender.CAIRN.label(), command, port, 0, EnumSet.of(Mix.PODS, Mix.MISS));
            try (RunningPeer first = stage.start(peer)) {
                SnapshotCorefile.awaitFile(snapshot, Contender.CAIRN, WRITE_LIMIT);
                SnapshotCorefile.kill(first);
            }
            for (int i = 0; i < kills; i++) {
                round(stage, proxy, peer, snapshot, i);
                if ((i + 1) % 10 == 0) {
                    progress.printf("%d kills, %d files replaced before%n", i + 1, replaced);
                }
            }
        }
        return verdicts();
    }

    /** A start, in some rounds without an API, a change once it is there, and the end of the process while that is written. */
    private void round(Stage stage, ApiFaultProxy proxy, Peer peer, Path snapshot, int number)
            throws IOException, InterruptedException {
        boolean away = number % AWAY_EVERY == 0;
        if (away) {
            proxy.cut();
        }
        try (RunningPeer server = stage.start(peer);
                KnownNames client = new KnownNames(peer.port())) {
            ignored += server.log().stream().anyMatch(line -> line.contains("is ignored")) ? 1 : 0;
            ask(stage, client);
            proxy.faults().end();
            change(stage, number);
            byte[] before = Files.readAllBytes(snapshot);
            if (!away && number % 2 == 1) {
                awaitKnown(client, added(stage, number));
                SnapshotCorefile.terminate(server);
            }
            awaitWriting(snapshot);
            LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(longestMillis)));
            SnapshotCorefile.kill(server);
            check(snapshot, before);
        }
    }

    private void ask(Stage stage, KnownNames client) throws IOException {
        for (int i = 0; i < ASKED; i++) {
            SampleService service =
                    stage.cluster().get(random.nextInt(stage.cluster().size()));
            wrong += client.addresses(service.dnsName()).equals(KnownNames.wanted(service)) ? 0 : 1;
        }
    }

    private static void change(Stage stage, int number) throws IOException, InterruptedException {
        SampleService added = added(stage, number);
        String path = "/api/v1/namespaces/" + added.namespace() + "/services";
        stage.api().api().post(path, ApiObjects.service(added));
        if (number > 0) {
            stage.api().api().delete(path + "/kill-" + (number - 1));
        }
    }

    private static SampleService added(Stage stage, int number) {
        return new SampleService(
                stage.cluster().getFirst().namespace(),
                "kill-" + number,
                false,
                "10.100." + (200 + number / 250) + "." + (1 + number % 250),
                List.of());
    }

    /** Returns once the server answers for what was added: its end is to write it at once. */
    private static void awaitKnown(KnownNames client, SampleService added) throws IOException {
        long startNanos = System.nanoTime();
        while (!client.addresses(added.dnsName()).equals(KnownNames.wanted(added))) {
            if (System.nanoTime() - startNanos > WRITE_LIMIT.toNanos()) {
                throw new IOException("a new service was not known after " + WRITE_LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Returns as soon as a new file is on its way. */
    private static void awaitWriting(Path snapshot) throws IOException {
        long startNanos = System.nanoTime();
        List<Path> known = others(snapshot);
        while (known.containsAll(others(snapshot))) {
            if (System.nanoTime() - startNanos > WRITE_LIMIT.toNanos()) {
                throw new IOException("no snapshot was begun within " + WRITE_LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
    }

    private static List<Path> others(Path snapshot) throws IOException {
        try (Stream<Path> files = Files.list(snapshot.getParent())) {
            return files.filter(file -> !file.equals(snapshot)).toList();
        }
    }

    private void check(Path snapshot, byte[] before) throws IOException {
        ClusterIndex index = new ClusterIndex(
                EnumSet.of(ObjectKind.SERVICE), KeptFields.NONE, InstantSource.system(), random.nextLong());
        SnapshotResult result =
                new SnapshotFile(snapshot).read(SnapshotReader.ofAnyOrigin(LIMITS), new IndexRestore(index).objects());
        unusable += result instanceof SnapshotResult.Restored ? 0 : 1;
        replaced += Arrays.equals(before, Files.readAllBytes(snapshot)) ? 0 : 1;
        left = others(snapshot).size();
    }

    private List<Verdict> verdicts() {
        String name = Contender.CAIRN.label();
        return List.of(
                Verdict.of(
                        name, "files that cannot be read", "0 of " + kills, Integer.toString(unusable), unusable == 0),
                Verdict.of(
                        name, "starts that ignored the file", "0 of " + kills, Integer.toString(ignored), ignored == 0),
                Verdict.of(
                        name,
                        "wrong answers from it without an API",
                        "0 of " + kills * ASKED,
                        Integer.toString(wrong),
                        wrong == 0),
                Verdict.seen(name, "files that were the new one", replaced + " of " + kills),
                Verdict.seen(name, "unfinished files in the folder at the end", Integer.toString(left)));
    }
}
