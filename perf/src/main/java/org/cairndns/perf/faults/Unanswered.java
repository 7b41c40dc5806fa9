package org.cairndns.perf.faults;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Sampler;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.load.Arrivals;
import org.cairndns.perf.load.Clients;
import org.cairndns.perf.load.Flooder;
import org.cairndns.perf.load.LoadTally;
import org.cairndns.perf.load.OpenLoop;
import org.cairndns.perf.load.Pace;
import org.cairndns.perf.load.QueryPackets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code perf/faults unanswered}. */
@Command(
        name = "unanswered",
        sortOptions = false,
        description = "Names outside of the cluster whose servers never answer, while the upstream itself works: what "
                + "clients of cluster names see, and memory.")
final class Unanswered extends FaultCommand {
    private static final int OTHERS_HOST = 10;
    private static final int ASKING_HOST = 1 << 16;
    private static final double KIB_PER_MIB = 1024;

    @Option(names = "--misses", description = "Names a second that nobody has asked for (default: ${DEFAULT-VALUE})")
    private int misses = 15_000;

    @Option(names = "--clients", description = "Addresses that ask for them (default: ${DEFAULT-VALUE})")
    private int clients = 20;

    @Option(names = "--rate", description = "Queries per second for names of the cluster (default: ${DEFAULT-VALUE})")
    private int rate = 1_000;

    @Option(names = "--seconds", description = "How long (default: ${DEFAULT-VALUE})")
    private int seconds = 30;

    @Mixin
    private final ClusterSize size = new ClusterSize();

    Unanswered() {
        super("unanswered");
    }

    @Override
    String title() {
        return "%d misses a second from %d addresses that are never answered, for %d s; %d queries a second for the cluster"
                .formatted(misses, clients, seconds, rate);
    }

    @Override
    List<Verdict> run() throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        try (Stage stage = Stage.set(setting, size)) {
            for (Peer peer : stage.peers(EnumSet.copyOf(servers), Mix.MISS)) {
                verdicts.addAll(run(stage, peer));
            }
        }
        return verdicts;
    }

    private List<Verdict> run(Stage stage, Peer peer) throws IOException, InterruptedException {
        try (Arena arena = Arena.ofShared();
                RunningPeer server = stage.start(peer)) {
            QueryPackets outside = QueryPackets.read(names(stage.folder(), peer), arena);
            QueryPackets inside = QueryPackets.read(stage.queries(Mix.CLUSTER, seed), arena);
            OpenLoop.run(peer.port(), inside, new Pace(Arrivals.EVEN, rate, 5, seed), new Clients(10, OTHERS_HOST));
            long before = server.usage().rssKib();
            stage.upstream().checksOnly(true);
            try (Sampler sampler = Sampler.start(server);
                    Flooder asking =
                            Flooder.start(peer.port(), outside, misses, new Clients(clients, ASKING_HOST), seconds)) {
                LoadTally tally = OpenLoop.run(
                        peer.port(),
                        inside,
                        new Pace(Arrivals.EVEN, rate, seconds, seed),
                        new Clients(10, OTHERS_HOST));
                progress.printf("%s: %d misses sent%n", peer.name(), asking.sent());
                server.usage();
                return findings(peer, tally, (sampler.peakRssKib() - before) / KIB_PER_MIB);
            } finally {
                stage.upstream().checksOnly(false);
            }
        }
    }

    private static List<Verdict> findings(Peer peer, LoadTally tally, double mib) {
        return List.of(
                Verdict.judged(
                        peer.name(),
                        "clients of names of the cluster",
                        "none lost",
                        "%d of %d lost, p99 %.2f ms"
                                .formatted(
                                        tally.lost(),
                                        tally.asked(),
                                        tally.sinceSending().p99Millis()),
                        tally.lost() == 0),
                Verdict.seen(peer.name(), "the process", "goes on"),
                Verdict.seen(peer.name(), "resident memory", "%+.1f MiB".formatted(mib)));
    }

    /** A file of names that nobody has asked for. */
    private Path names(Path folder, Peer peer) throws IOException {
        Path file = folder.resolve("unanswered");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i <= misses * seconds; i++) {
                out.write("u" + i + "-" + peer.name() + ".example.net A\n");
            }
        }
        return file;
    }
}
