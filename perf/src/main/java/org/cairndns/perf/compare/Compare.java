package org.cairndns.perf.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.cairndns.perf.sample.SampleCluster;
import org.cairndns.perf.sample.SampleService;
import org.cairndns.perf.sample.Upstream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code perf/compare}. */
@Command(
        name = "perf/compare",
        sortOptions = false,
        description = "Compare Cairn under load with other servers and with bare echoes, on one processor.")
public final class Compare implements Callable<Integer> {
    private static final Duration UPSTREAM_DELAY = Duration.ofMillis(1);
    private static final int CHANGES_PER_SECOND = 200;

    @Mixin
    private final Setting setting = new Setting();

    @Option(names = "--services", description = "Services in the cluster (default: ${DEFAULT-VALUE})")
    private int services = 1000;

    @Option(
            names = "--servers",
            split = ",",
            description = "Servers to compare, where they are installed (default: all)")
    private Set<Contender> servers = EnumSet.noneOf(Contender.class);

    @Option(names = "--mixes", split = ",", description = "What to ask (default: ${DEFAULT-VALUE})")
    private List<Mix> mixes = List.of(Mix.values());

    @Option(names = "--rounds", description = "Rounds of each mix (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(names = "--seconds", description = "Length of a round (default: ${DEFAULT-VALUE})")
    private int roundSeconds = 10;

    @Option(names = "--warm-up", description = "Seconds of load before the first round (default: ${DEFAULT-VALUE})")
    private int warmUpSeconds = 12;

    @Option(names = "--seed", description = "Seed of the query files (default: a random one, which is printed)")
    private long seed = new Random().nextInt(1_000_000);

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the results go (default: perf/results)")
    private Path out = Path.of("");

    private final PrintStream progress = System.out;

    /** Runs the command and ends with its exit code. */
    public static void main(String[] args) {
        System.exit(Contender.run(new Compare(), args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!setting.isComplete("perf/compare")) {
            return 1;
        }
        progress.println("seed " + seed);
        Lineup lineup = new Lineup(setting, wanted());
        lineup.absent().forEach(progress::println);
        Map<String, String> facts = Surroundings.facts(setting.home, setting.coreDns);
        facts.putAll(lineup.versions());
        facts.put("cluster", services + " services, " + 4 * services + " endpoints");
        facts.put("run", rounds + " rounds of " + roundSeconds + " s after " + warmUpSeconds + " s, seed " + seed);
        Path work = Files.createTempDirectory("perf-compare");
        try {
            CompareReport report = compare(lineup, work, facts);
            setting.results(out, "compare").write(report);
            progress.println(report.markdown());
        } finally {
            Setting.delete(work);
        }
        return 0;
    }

    /** The servers that were named; without any all but the second Cairn, which has to be asked for. */
    private Set<Contender> wanted() {
        Set<Contender> wanted = servers.isEmpty() ? EnumSet.allOf(Contender.class) : EnumSet.copyOf(servers);
        if (setting.alsoCairn.isEmpty()) {
            wanted.remove(Contender.CAIRN_B);
        } else {
            wanted.add(Contender.CAIRN_B);
        }
        return wanted;
    }

    private CompareReport compare(Lineup lineup, Path work, Map<String, String> facts)
            throws IOException, InterruptedException {
        List<SampleService> cluster = SampleCluster.services(services, 4);
        List<SampleService> all = Stream.concat(cluster.stream(), SampleCluster.headlessServices().stream())
                .toList();
        List<RunningPeer> running = new ArrayList<>();
        try (Upstream upstream = Upstream.start(UPSTREAM_DELAY);
                ControlPlane api =
                        ControlPlane.start(setting.assets.orElseThrow(), work.resolve("api"), setting.cores(), all)) {
            for (Peer peer : lineup.peers(work, api.kubeconfig(), upstream.port())) {
                if (Collections.disjoint(peer.mixes(), mixes)) {
                    continue;
                }
                running.add(RunningPeer.start(
                        peer, work, setting.cores(), cluster.getFirst().dnsName()));
            }
            Comparison comparison = new Comparison(
                    new Dnsperf(setting.cores()),
                    new QueryFiles(work, cluster, seed),
                    new Comparison.Timing(warmUpSeconds, roundSeconds, rounds),
                    () -> Churn.start(api.api(), cluster, CHANGES_PER_SECOND, seed),
                    progress);
            comparison.run(running, mixes);
            return comparison.report(facts, lineup.absent());
        } finally {
            running.forEach(RunningPeer::close);
        }
    }
}
