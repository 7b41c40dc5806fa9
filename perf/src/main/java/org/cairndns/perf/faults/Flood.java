package org.cairndns.perf.faults;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Dnsperf;
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

/** The command {@code perf/faults flood}. */
@Command(
        name = "flood",
        sortOptions = false,
        description = "One client at many times what the server can answer, and others who ask now and then.")
final class Flood extends FaultCommand {
    private static final int FLOODER_HOST = 2;
    private static final int MANY_FLOODERS_HOST = 1 << 16;
    private static final int OTHERS_HOST = 10;

    /** Time of the others alone after the flood. */
    private static final int AFTER_SECONDS = 4;

    @Option(names = "--times", description = "Rate of the flood in saturations (default: ${DEFAULT-VALUE})")
    private double times = 10;

    @Option(names = "--seconds", description = "Length of the flood (default: ${DEFAULT-VALUE})")
    private int seconds = 30;

    @Option(names = "--clients", description = "Others, with an address each (default: ${DEFAULT-VALUE})")
    private int clients = 50;

    @Option(names = "--rate", description = "Queries a second of each of them (default: ${DEFAULT-VALUE})")
    private int rate = 100;

    @Option(
            names = "--flooders",
            description = "Addresses that the flood comes from; nobody can tell many from others (default: 1)")
    private int flooders = 1;

    @Option(
            names = "--interpreted",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Let Cairn run without its compilers, so slow that one sender on one processor is ten times as"
                            + " fast (default: ${DEFAULT-VALUE})")
    private boolean interpreted;

    @Option(names = "--warm-up", description = "Seconds at full speed before (default: ${DEFAULT-VALUE})")
    private int warmUpSeconds = 30;

    @Mixin
    private final ClusterSize size = new ClusterSize();

    Flood() {
        super("flood");
    }

    @Override
    String title() {
        return "%s times saturation from %d address(es) for %d s, %d a second from each of %d others%s"
                .formatted(times, flooders, seconds, rate, clients, interpreted ? "; Cairn interpreted" : "");
    }

    @Override
    List<Verdict> run() throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        try (Stage stage = Stage.set(setting, size)) {
            for (Peer peer : stage.peers(EnumSet.copyOf(servers), Mix.CLUSTER)) {
                verdicts.addAll(run(stage, peer));
            }
        }
        return verdicts;
    }

    private List<Verdict> run(Stage stage, Peer peer) throws IOException, InterruptedException {
        try (Arena arena = Arena.ofShared();
                RunningPeer server = stage.start(slowed(peer))) {
            Dnsperf dnsperf = new Dnsperf(setting.cores());
            dnsperf.run(peer.port(), stage.queries(Mix.CLUSTER, seed), warmUpSeconds, Mix.CLUSTER);
            double saturation = dnsperf.run(peer.port(), stage.queries(Mix.CLUSTER, seed), 5, Mix.CLUSTER)
                    .queriesPerSecond();
            progress.printf("%s: saturated at %.0f answers a second%n", peer.name(), saturation);
            QueryPackets own = QueryPackets.read(stage.queries(Mix.CLUSTER, seed), arena);
            QueryPackets others = QueryPackets.read(stage.queries(Mix.CLUSTER, seed), arena);
            LoadTally alone = OpenLoop.run(peer.port(), others, pace(AFTER_SECONDS), others());
            long rssBefore = server.usage().rssKib();
            try (Sampler sampler = Sampler.start(server);
                    Flooder flooder =
                            Flooder.start(peer.port(), own, (long) (times * saturation), flooders(), seconds)) {
                LoadTally during = OpenLoop.run(peer.port(), others, pace(seconds + AFTER_SECONDS), others());
                FloodFindings.Memory memory = new FloodFindings.Memory(rssBefore, sampler.peakRssKib());
                double sent = (double) flooder.sent() / seconds;
                return new FloodFindings(peer.name(), flooders == 1, seconds)
                        .verdicts(saturation, sent, alone, during, memory);
            }
        }
    }

    /** A server that takes more time for each answer, but never stands still as it would with a limit of processor time. */
    private Peer slowed(Peer peer) {
        if (!interpreted || !peer.name().equals(Contender.CAIRN.label())) {
            return peer;
        }
        List<String> command = new ArrayList<>(List.of("env", "CAIRN_JAVA_OPTIONS=-Xint"));
        command.addAll(peer.command());
        return new Peer(peer.name(), command, peer.port(), peer.readyPort(), peer.mixes());
    }

    private Clients others() {
        return new Clients(clients, OTHERS_HOST);
    }

    private Clients flooders() {
        return new Clients(flooders, flooders == 1 ? FLOODER_HOST : MANY_FLOODERS_HOST);
    }

    private Pace pace(int length) {
        return new Pace(Arrivals.EVEN, clients * rate, length, seed);
    }
}
