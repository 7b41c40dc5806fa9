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

/** The command {@code perf/latency throttled}. */
@Command(
        name = "throttled",
        sortOptions = false,
        description = "Latency of servers that have a small part of a processor, as a container's limit gives it.")
final class Throttled implements Callable<Integer> {
    @Mixin
    private final Setting setting = new Setting();

    @Mixin
    private final ClusterSize size = new ClusterSize();

    @Mixin
    private final LoadOptions load = new LoadOptions();

    @Option(names = "--servers", split = ",", description = "One after the other (default: cairn,coredns)")
    private Set<String> servers = Set.of(Peer.CAIRN, Peer.COREDNS);

    @Option(names = "--cpus", description = "Part of a processor (default: ${DEFAULT-VALUE})")
    private double cpus = 0.1;

    @Option(names = "--rate", description = "Queries per second (default: ${DEFAULT-VALUE})")
    private int rate = 200;

    @Option(names = "--seconds", description = "Length of a run (default: ${DEFAULT-VALUE})")
    private int seconds = 30;

    @Option(names = "--warm-up-rate", description = "Queries per second before the limit (default: ${DEFAULT-VALUE})")
    private int warmUpRate = 10_000;

    private final PrintStream progress = System.out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!setting.isComplete("perf/latency")) {
            return 1;
        }
        try {
            CpuLimit.of(cpus).close();
        } catch (IOException e) {
            System.err.println("perf/latency: skipped, " + e.getMessage());
            return 1;
        }
        Map<String, String> facts = Surroundings.facts(setting.home, setting.coreDns);
        facts.put("cluster", size.words());
        facts.put("run", cpus + " processors, " + rate + " per second on pods for " + seconds + " s, " + load.words());
        List<ThrottledRun> runs = new ArrayList<>();
        try (Stage stage = Stage.set(setting, size)) {
            for (Peer peer : stage.peers(servers, Mix.PODS)) {
                runs.add(run(stage, peer, true));
                runs.add(run(stage, peer, false));
            }
        }
        ThrottledReport report = new ThrottledReport(facts, runs);
        setting.results(load.out, "latency-throttled").write(report, report.markdown());
        progress.println(report.markdown());
        return 0;
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
