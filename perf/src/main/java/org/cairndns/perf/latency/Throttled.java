package org.cairndns.perf.latency;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.Report;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.load.LoadTally;
import org.cairndns.perf.load.OpenLoop;
import org.cairndns.perf.load.QueryPackets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code perf/latency throttled}. */
@Command(
        name = "throttled",
        sortOptions = false,
        description = "Latency of servers that have a small part of a processor, as a container's limit gives it.")
final class Throttled extends StagedCommand {
    @Option(names = "--servers", split = ",", description = "One after the other (default: cairn,coredns)")
    private Set<Contender> servers = Set.of(Contender.CAIRN, Contender.COREDNS);

    @Option(names = "--cpus", description = "Part of a processor (default: ${DEFAULT-VALUE})")
    private double cpus = 0.1;

    @Option(names = "--rate", description = "Queries per second (default: ${DEFAULT-VALUE})")
    private int rate = 200;

    @Option(names = "--seconds", description = "Length of a run (default: ${DEFAULT-VALUE})")
    private int seconds = 30;

    @Option(names = "--warm-up-rate", description = "Queries per second before the limit (default: ${DEFAULT-VALUE})")
    private int warmUpRate = 10_000;

    Throttled() {
        super("latency-throttled", new ClusterSize());
    }

    @Override
    String run() {
        return cpus + " processors, " + rate + " per second on pods for " + seconds + " s";
    }

    @Override
    boolean isPossible() {
        try {
            CpuLimit.of(cpus).close();
            return true;
        } catch (IOException e) {
            System.err.println("perf/latency: skipped, " + e.getMessage());
            return false;
        }
    }

    @Override
    Report measure(Stage stage, Map<String, String> facts) throws IOException, InterruptedException {
        List<ThrottledRun> runs = new ArrayList<>();
        for (Peer peer : stage.peers(servers, Mix.PODS)) {
            runs.add(run(stage, peer, true));
            runs.add(run(stage, peer, false));
        }
        return new ThrottledReport(facts, runs);
    }

    private ThrottledRun run(Stage stage, Peer peer, boolean warm) throws IOException, InterruptedException {
        try (Arena arena = Arena.ofConfined();
                CpuLimit limit = CpuLimit.of(cpus);
                RunningPeer running = stage.start(peer)) {
            QueryPackets queries = QueryPackets.read(stage.queries(Mix.PODS, load.seed), arena);
            if (warm) {
                OpenLoop.run(peer.port(), queries, load.warmUp(warmUpRate));
            }
            limit.hold(running.pid());
            LoadTally tally = OpenLoop.run(peer.port(), queries, load.pace(rate, seconds));
            return new ThrottledRun(warm, LoadRun.of(Mix.PODS, peer.name(), 1, tally, 0), limit.throttledPeriods());
        }
    }
}
