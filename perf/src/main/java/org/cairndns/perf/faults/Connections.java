package org.cairndns.perf.faults;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Dnsperf;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Sampler;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.load.Arrivals;
import org.cairndns.perf.load.LoadTally;
import org.cairndns.perf.load.OpenLoop;
import org.cairndns.perf.load.Pace;
import org.cairndns.perf.load.QueryPackets;
import org.cairndns.perf.sample.SampleService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code perf/faults connections}. */
@Command(
        name = "connections",
        sortOptions = false,
        description = "Connections held open and idle, others that dribble an octet a second, and normal clients.")
final class Connections extends FaultCommand {
    private static final double MAX_P99_MILLIS = 10;
    private static final double KIB_PER_MIB = 1024;

    @Option(names = "--each", description = "Connections of each kind (default: ${DEFAULT-VALUE})")
    private int each = 1_000;

    @Option(names = "--unread", description = "Then so many that ask and read nothing (default: ${DEFAULT-VALUE})")
    private int unread = 2_000;

    @Option(names = "--seconds", description = "How long they are held (default: ${DEFAULT-VALUE})")
    private int seconds = 20;

    @Option(names = "--rate", description = "Queries per second of the client over UDP (default: ${DEFAULT-VALUE})")
    private int rate = 1_000;

    @Option(names = "--warm-up", description = "Seconds of load before (default: ${DEFAULT-VALUE})")
    private int warmUpSeconds = 10;

    @Mixin
    private final ClusterSize size = new ClusterSize();

    Connections() {
        super("connections");
    }

    @Override
    String title() {
        return "%d connections held open, %d that send an octet a second, for %d s; %d queries a second over UDP, then others over TCP; then %d that ask and read nothing"
                .formatted(each, each, seconds, rate, unread);
    }

    @Override
    List<Verdict> run() throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        try (Stage stage = Stage.set(setting, size)) {
            for (Peer peer : stage.peers(EnumSet.copyOf(servers), Mix.TCP)) {
                verdicts.addAll(run(stage, peer));
            }
        }
        return verdicts;
    }

    private List<Verdict> run(Stage stage, Peer peer) throws IOException, InterruptedException {
        try (Arena arena = Arena.ofConfined();
                RunningPeer server = stage.start(peer)) {
            Dnsperf dnsperf = new Dnsperf(setting.cores());
            dnsperf.run(peer.port(), stage.queries(Mix.TCP, seed), warmUpSeconds, Mix.TCP);
            QueryPackets queries = QueryPackets.read(stage.queries(Mix.CLUSTER, seed), arena);
            long before = server.usage().rssKib();
            try (HeldConnections held = HeldConnections.open(peer.port(), each)) {
                LoadTally udp = OpenLoop.run(peer.port(), queries, new Pace(Arrivals.EVEN, rate, seconds, seed));
                double mib = (server.usage().rssKib() - before) / KIB_PER_MIB;
                long dribbling = held.dribbling();
                Dnsperf.Load tcp = dnsperf.run(peer.port(), stage.queries(Mix.TCP, seed), 2, Mix.TCP);
                List<Verdict> verdicts = findings(peer, udp, tcp, held, dribbling, mib);
                verdicts.addAll(besideUnread(stage, server, queries));
                return verdicts;
            }
        }
    }

    private List<Verdict> besideUnread(Stage stage, RunningPeer server, QueryPackets queries) throws IOException {
        String name = stage.cluster().stream()
                .filter(SampleService::headless)
                .findFirst()
                .orElse(stage.cluster().getFirst())
                .dnsName();
        try (Sampler sampler = Sampler.start(server);
                UnreadConnections greedy = UnreadConnections.open(server.port(), unread, name)) {
            LoadTally udp = OpenLoop.run(server.port(), queries, new Pace(Arrivals.EVEN, rate, seconds, seed));
            // Fails if the process has ended.
            server.usage();
            return List.of(
                    Verdict.judged(
                            server.name(),
                            "client over UDP beside %d that read nothing".formatted(unread),
                            "none lost",
                            "%d of %d lost, p99 %.2f ms"
                                    .formatted(
                                            udp.lost(),
                                            udp.asked(),
                                            udp.sinceSending().p99Millis()),
                            udp.lost() == 0),
                    Verdict.seen(
                            server.name(),
                            "connections that read nothing",
                            "%d were ended, others came; resident memory at most %.1f MiB"
                                    .formatted(greedy.ended(), sampler.peakRssKib() / KIB_PER_MIB)));
        }
    }

    private List<Verdict> findings(
            Peer peer, LoadTally udp, Dnsperf.Load tcp, HeldConnections held, long dribbling, double mib) {
        String server = peer.name();
        double p99 = udp.sinceSending().p99Millis();
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(Verdict.judged(
                server,
                "client over UDP",
                "none lost, p99 under 10 ms",
                "%d of %d lost, p99 %.2f ms".formatted(udp.lost(), udp.asked(), p99),
                udp.lost() == 0 && p99 < MAX_P99_MILLIS));
        verdicts.add(Verdict.judged(
                server,
                "clients over TCP",
                "none lost",
                "%d lost, %.0f answers a second".formatted(tcp.lost(), tcp.queriesPerSecond()),
                tcp.lost() == 0 && tcp.answers() > 0));
        verdicts.add(Verdict.judged(
                server,
                "connections that dribble",
                "closed",
                "%d of %d open after %d s, the others at most %.1f s"
                        .formatted(dribbling, each, seconds, held.longestDribbleSeconds()),
                dribbling == 0));
        verdicts.add(
                Verdict.seen(server, "connections that say nothing", "%d of %d open".formatted(held.idle(), each)));
        verdicts.add(Verdict.seen(server, "resident memory", "%+.1f MiB".formatted(mib)));
        return verdicts;
    }
}
