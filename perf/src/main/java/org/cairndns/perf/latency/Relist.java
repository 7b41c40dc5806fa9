package org.cairndns.perf.latency;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.ControlPlane;
import org.cairndns.perf.compare.Memory;
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

/** The command {@code perf/latency relist}. */
@Command(
        name = "relist",
        sortOptions = false,
        description = "Memory and latency under load while the API server comes back without a history.")
final class Relist extends StagedCommand {
    @Option(names = "--servers", split = ",", description = "One after the other (default: cairn,coredns)")
    private Set<Contender> servers = Set.of(Contender.CAIRN, Contender.COREDNS);

    @Option(names = "--rate", description = "Queries per second (default: ${DEFAULT-VALUE})")
    private int rate = 10_000;

    @Option(names = "--before", description = "Seconds of load before the restart (default: ${DEFAULT-VALUE})")
    private int beforeSeconds = 20;

    @Option(names = "--after", description = "Seconds of load from the restart on (default: ${DEFAULT-VALUE})")
    private int afterSeconds = 60;

    Relist() {
        super("latency-relist", new ClusterSize(10_000, 10));
    }

    @Override
    String run() {
        return rate + " per second on pods, restart after " + beforeSeconds + " s, then " + afterSeconds + " s";
    }

    @Override
    Report measure(Stage stage, Map<String, String> facts) throws IOException, InterruptedException {
        List<RelistRun> runs = new ArrayList<>();
        for (Peer peer : stage.peers(servers, Mix.PODS)) {
            runs.add(run(stage, peer));
        }
        return new RelistReport(facts, runs);
    }

    private RelistRun run(Stage stage, Peer peer) throws IOException, InterruptedException {
        try (Arena arena = Arena.ofConfined();
                RunningPeer running = stage.start(peer)) {
            QueryPackets queries = QueryPackets.read(stage.queries(Mix.PODS, load.seed), arena);
            OpenLoop.run(peer.port(), queries, load.warmUp(rate));
            double waitedBefore = Waited.millis(running.pid());
            FutureTask<Boolean> restart = new FutureTask<>(() -> restart(stage.api(), running.pid()));
            try (Sampler sampler = Sampler.start(running)) {
                Thread.ofPlatform().name("restart").daemon().start(restart);
                LoadTally tally = OpenLoop.run(peer.port(), queries, load.pace(rate, beforeSeconds + afterSeconds));
                List<Second> seconds = Second.of(tally, sampler.looks());
                double waitedMillis = Waited.millis(running.pid()) - waitedBefore;
                restart.get();
                return new RelistRun(
                        LoadRun.of(Mix.PODS, peer.name(), 1, tally, waitedMillis),
                        seconds,
                        beforeSeconds,
                        stage.api().lists("endpointslices"),
                        steadyKib(seconds.subList(0, beforeSeconds)),
                        Memory.peakKib(running.pid()));
            }
        } catch (ExecutionException e) {
            throw new IOException("the API server did not come back: " + e.getCause(), e);
        }
    }

    private boolean restart(ControlPlane api, long pid) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(beforeSeconds);
        Memory.forgetPeak(pid);
        api.restart();
        return true;
    }

    private static long steadyKib(List<Second> seconds) {
        return seconds.stream()
                .mapToLong(Second::rssKib)
                .sorted()
                .skip(seconds.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
