package org.cairndns.perf.latency;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.Report;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.compare.Waited;
import org.cairndns.perf.load.LoadTally;
import org.cairndns.perf.load.OpenLoop;
import org.cairndns.perf.load.Pace;
import org.cairndns.perf.load.QueryPackets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code perf/latency rates}. */
@Command(name = "rates", sortOptions = false, description = "Latency of servers at fixed rates, in turn.")
final class Rates extends StagedCommand {
    @Option(
            names = "--servers",
            split = ",",
            description = "Servers to ask, where they are installed (default: cairn,coredns,unbound)")
    private Set<Contender> servers = Set.of(Contender.CAIRN, Contender.COREDNS, Contender.UNBOUND);

    @Option(names = "--mixes", split = ",", description = "What to ask (default: pods,cluster,cached)")
    private List<Mix> mixes = List.of(Mix.PODS, Mix.CLUSTER, Mix.CACHED);

    @Option(names = "--rates", split = ",", description = "Queries per second (default: 5000,15000,30000)")
    private List<Integer> rates = List.of(5000, 15_000, 30_000);

    @Option(names = "--rounds", description = "Rounds at each rate (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(names = "--seconds", description = "Length of a round (default: ${DEFAULT-VALUE})")
    private int roundSeconds = 10;

    private final List<LoadRun> runs = new ArrayList<>();

    Rates() {
        super("latency-rates", new ClusterSize());
    }

    @Override
    String run() {
        return rounds + " rounds of " + roundSeconds + " s";
    }

    @Override
    Report measure(Stage stage, Map<String, String> facts) throws IOException, InterruptedException {
        for (Mix mix : mixes) {
            measure(stage, mix);
        }
        return new RatesReport(facts, runs);
    }

    private void measure(Stage stage, Mix mix) throws IOException, InterruptedException {
        List<RunningPeer> running = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            QueryPackets queries = QueryPackets.read(stage.queries(mix, load.seed), arena);
            for (Peer peer : stage.peers(servers, mix)) {
                running.add(stage.start(peer));
            }
            int highest = rates.stream().max(Comparator.naturalOrder()).orElseThrow();
            for (RunningPeer peer : running) {
                OpenLoop.run(peer.peer().port(), queries, load.warmUp(highest));
            }
            for (int rate : rates) {
                for (int number = 1; number <= rounds; number++) {
                    for (RunningPeer peer : running) {
                        round(peer, mix, queries, load.pace(rate, roundSeconds), number);
                    }
                }
            }
        } finally {
            running.forEach(RunningPeer::close);
        }
    }

    private void round(RunningPeer peer, Mix mix, QueryPackets queries, Pace pace, int number) throws IOException {
        double waitedBefore = Waited.millis(peer.pid());
        LoadTally tally = OpenLoop.run(peer.peer().port(), queries, pace);
        LoadRun run = LoadRun.of(mix, peer.peer().name(), number, tally, Waited.millis(peer.pid()) - waitedBefore);
        runs.add(run);
        progress.printf(
                Locale.ROOT,
                "%-8s %-8s %,7d/s %d  p50 %.3f  p99 %.3f  p99.9 %.3f  max %.3f ms, sender p99.9 %.3f max %.3f, lost"
                        + " %d%n",
                run.mix(),
                run.server(),
                run.ratePerSecond(),
                run.number(),
                run.latency().p50Millis(),
                run.latency().p99Millis(),
                run.latency().p999Millis(),
                run.latency().maxMillis(),
                run.lateness().p999Millis(),
                run.lateness().maxMillis(),
                run.lost());
    }
}
