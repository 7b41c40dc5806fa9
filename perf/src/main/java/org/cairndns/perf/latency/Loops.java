package org.cairndns.perf.latency;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Dnsperf;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.Report;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.compare.Usage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code perf/latency loops}. */
@Command(name = "loops", sortOptions = false, description = "Two event loops of Cairn against one.")
final class Loops extends StagedCommand {
    @Option(
            names = "--server-cores",
            split = ",",
            description = "Processors of the server, one for each loop; without a core that the load has, the wall"
                    + " clock says something too (default: 0,1)")
    private List<String> serverCores = List.of("0", "1");

    @Option(names = "--mix", description = "What to ask (default: pods)")
    private Mix mix = Mix.PODS;

    @Option(names = "--rounds", description = "Rounds of each number of loops (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(names = "--seconds", description = "Length of a round (default: ${DEFAULT-VALUE})")
    private int seconds = 10;

    private final List<LoopRound> done = new ArrayList<>();

    Loops() {
        super("latency-loops", new ClusterSize());
    }

    @Override
    String run() {
        return rounds + " rounds of " + seconds + " s on " + mix.label();
    }

    @Override
    Report measure(Stage stage, Map<String, String> facts) throws IOException, InterruptedException {
        facts.put("processors of the server", String.join(", ", serverCores));
        facts.put("processor of the load", String.valueOf(setting.cores().client()));
        List<RunningPeer> running = new ArrayList<>();
        try {
            for (int loops = 1; loops <= serverCores.size(); loops++) {
                running.add(stage.start(withLoops(stage, loops)));
            }
            measure(running, stage);
        } finally {
            running.forEach(RunningPeer::close);
        }
        boolean ownCores = !serverCores.contains(String.valueOf(setting.cores().client()));
        return new LoopsReport(facts, ownCores, done);
    }

    /** Cairn with one loop for each of its processors; the inner taskset decides. */
    private Peer withLoops(Stage stage, int loops) throws IOException, InterruptedException {
        Peer cairn = stage.peers(Set.of(Contender.CAIRN), mix).getFirst();
        List<String> command =
                new ArrayList<>(List.of("taskset", "-c", String.join(",", serverCores.subList(0, loops))));
        command.addAll(cairn.command());
        command.addAll(List.of("-loops", String.valueOf(loops)));
        return new Peer("cairn-" + loops, command, cairn.port(), cairn.readyPort(), cairn.mixes());
    }

    private void measure(List<RunningPeer> running, Stage stage) throws IOException, InterruptedException {
        Dnsperf dnsperf = new Dnsperf(setting.cores());
        for (RunningPeer peer : running) {
            dnsperf.run(peer.port(), stage.queries(mix, load.seed), load.warmUpSeconds, mix);
        }
        for (int number = 1; number <= rounds; number++) {
            for (int loops = 1; loops <= running.size(); loops++) {
                RunningPeer peer = running.get(loops - 1);
                Map<String, Double> loopsBefore = LoopTimes.of(peer.pid());
                Usage before = peer.usage();
                Dnsperf.Load answered = dnsperf.run(peer.port(), stage.queries(mix, load.seed), seconds, mix);
                done.add(new LoopRound(
                        loops,
                        number,
                        answered.answers(),
                        peer.usage().cpuSeconds() - before.cpuSeconds(),
                        answered.queriesPerSecond(),
                        LoopTimes.between(loopsBefore, LoopTimes.of(peer.pid()))));
                progress.println(done.getLast());
            }
        }
    }
}
