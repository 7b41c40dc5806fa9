package org.cairndns.perf.latency;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Setting;
import org.cairndns.perf.compare.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code perf/latency soak}. */
@Command(name = "soak", sortOptions = false, description = "Long load at one rate: the longest pause, and memory.")
final class Soak implements Callable<Integer> {
    @Mixin
    private final Setting setting = new Setting();

    @Mixin
    private final ClusterSize size = new ClusterSize();

    @Mixin
    private final LoadOptions load = new LoadOptions();

    @Option(names = "--servers", split = ",", description = "cairn, coredns, one after the other (default: cairn)")
    private Set<String> servers = Set.of(Peer.CAIRN);

    @Option(names = "--minutes", description = "Length of the load (default: ${DEFAULT-VALUE})")
    private double minutes = 10;

    @Option(names = "--rate", description = "Queries per second (default: ${DEFAULT-VALUE})")
    private int rate = 15_000;

    @Option(names = "--mix", description = "What to ask (default: pods)")
    private Mix mix = Mix.PODS;

    private final PrintStream progress = System.out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!setting.isComplete("perf/latency")) {
            return 1;
        }
        Map<String, String> facts = Surroundings.facts(setting.home, setting.coreDns);
        facts.put("cluster", size.words());
        facts.put("run", minutes + " minutes at " + rate + " per second on " + mix.label() + ", " + load.words());
        List<SoakRun> runs = new ArrayList<>();
        try (Stage stage = Stage.set(setting, size)) {
            for (Peer peer : stage.peers(servers, mix)) {
                runs.add(run(stage, peer));
            }
        }
        SoakReport report = new SoakReport(facts, runs);
        setting.results(load.out, "latency-soak").write(report, report.markdown());
        progress.println(report.markdown());
        return 0;
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
