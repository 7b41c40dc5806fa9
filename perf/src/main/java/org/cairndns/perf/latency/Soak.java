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
import org.cairndns.perf.compare.Sampler;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.compare.Waited;
import org.cairndns.perf.load.LoadTally;
import org.cairndns.perf.load.OpenLoop;
import org.cairndns.perf.load.QueryPackets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code perf/latency soak}. */
@Command(name = "soak", sortOptions = false, description = "Long load at one rate: the longest pause, and memory.")
final class Soak extends StagedCommand {
    @Option(names = "--servers", split = ",", description = "cairn, coredns, one after the other (default: cairn)")
    private Set<Contender> servers = Set.of(Contender.CAIRN);

    @Option(names = "--minutes", description = "Length of the load (default: ${DEFAULT-VALUE})")
    private double minutes = 10;

    @Option(names = "--rate", description = "Queries per second (default: ${DEFAULT-VALUE})")
    private int rate = 15_000;

    @Option(names = "--mix", description = "What to ask (default: pods)")
    private Mix mix = Mix.PODS;

    Soak() {
        super("latency-soak", new ClusterSize());
    }

    @Override
    String run() {
        return minutes + " minutes at " + rate + " per second on " + mix.label();
    }

    @Override
    Report measure(Stage stage, Map<String, String> facts) throws IOException, InterruptedException {
        List<SoakRun> runs = new ArrayList<>();
        for (Peer peer : stage.peers(servers, mix)) {
            runs.add(run(stage, peer));
        }
        return new SoakReport(facts, runs);
    }

    private SoakRun run(Stage stage, Peer peer) throws IOException, InterruptedException {
        try (Arena arena = Arena.ofConfined();
                RunningPeer running = stage.start(peer)) {
            QueryPackets queries = QueryPackets.read(stage.queries(mix, load.seed), arena);
            OpenLoop.run(peer.port(), queries, load.warmUp(rate));
            double waitedBefore = Waited.millis(running.pid());
            try (Sampler sampler = Sampler.start(running)) {
                LoadTally tally = OpenLoop.run(peer.port(), queries, load.pace(rate, (int) (60 * minutes)));
                double waitedMillis = Waited.millis(running.pid()) - waitedBefore;
                return new SoakRun(
                        LoadRun.of(mix, peer.name(), 1, tally, waitedMillis), Second.of(tally, sampler.looks()));
            }
        }
    }
}
