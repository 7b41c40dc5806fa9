package org.cairndns.perf.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.cairndns.perf.sample.SampleCluster;
import org.cairndns.perf.sample.SampleService;
import org.cairndns.perf.sample.Upstream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code perf/footprint}. */
@Command(
        name = "perf/footprint",
        sortOptions = false,
        description = "Time the start of Cairn and CoreDNS beside clusters of several sizes, and see what they keep.")
public final class Footprint implements Callable<Integer> {
    private static final long SEED = 1;

    @Mixin
    private final Setting setting = new Setting();

    @Option(names = "--sizes", split = ",", description = "Services in the clusters (default: 20,1000,10000)")
    private List<Integer> sizes = List.of(20, 1000, 10_000);

    @Option(names = "--endpoints", description = "Endpoints of a service, at most 10 (default: ${DEFAULT-VALUE})")
    private int endpoints = 4;

    @Option(names = "--starts", description = "Starts of each server and size (default: ${DEFAULT-VALUE})")
    private int starts = 3;

    @Option(names = "--idle", description = "Seconds from ready to the first look (default: ${DEFAULT-VALUE})")
    private int idleSeconds = 10;

    @Option(names = "--load", description = "Seconds of load before the second look (default: ${DEFAULT-VALUE})")
    private int loadSeconds = 15;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the results go (default: perf/results)")
    private Path out = Path.of("");

    private final PrintStream progress = System.out;
    private final List<Start> done = new ArrayList<>();

    /** Runs the command and ends with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Footprint()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!setting.isComplete("perf/footprint")) {
            return 1;
        }
        Map<String, String> facts = Surroundings.facts(setting.home, setting.coreDns);
        facts.put("endpoints of a service", String.valueOf(endpoints));
        facts.put("run", starts + " starts, idle for " + idleSeconds + " s, then loaded for " + loadSeconds + " s");
        for (int services : sizes) {
            Path work = Files.createTempDirectory("perf-footprint");
            try {
                measure(SampleCluster.services(services, endpoints), work);
            } finally {
                Setting.delete(work);
            }
        }
        FootprintReport report = new FootprintReport(facts, done);
        setting.results(out, "footprint").write(report);
        progress.println(report.markdown());
        return 0;
    }

    private void measure(List<SampleService> cluster, Path work) throws IOException, InterruptedException {
        try (Upstream upstream = Upstream.start();
                ControlPlane api = ControlPlane.start(
                        setting.assets.orElseThrow(), work.resolve("api"), setting.cores(), cluster)) {
            Peers peers = new Peers(work, api.kubeconfig(), upstream.port());
            List<Peer> present = new ArrayList<>(List.of(peers.cairn(setting.launcher())));
            if (setting.coreDns.isPresent()) {
                present.add(peers.coreDns(setting.coreDns.get()));
            } else {
                progress.println("COREDNS is not set, so there is no CoreDNS to compare with");
            }
            for (int number = 1; number <= starts; number++) {
                for (Peer peer : present) {
                    done.add(start(peer, number, cluster, work));
                    progress.println(done.getLast());
                }
            }
        }
    }

    private Start start(Peer peer, int number, List<SampleService> cluster, Path work)
            throws IOException, InterruptedException {
        String probe = cluster.getFirst().dnsName();
        try (RunningPeer running = RunningPeer.start(peer, work, setting.cores(), probe)) {
            TimeUnit.SECONDS.sleep(idleSeconds);
            MemoryUse idle = MemoryUse.of(peer.name(), "idle", running.usage());
            Path queries = new QueryFiles(work, cluster, SEED).file(Mix.CLUSTER);
            new Dnsperf(setting.cores()).run(peer.port(), queries, loadSeconds, Mix.CLUSTER);
            return new Start(
                    cluster.size(),
                    peer.name(),
                    number,
                    running.answersAfterSeconds(),
                    running.readyAfterSeconds(),
                    idle,
                    MemoryUse.of(peer.name(), "after load", running.usage()));
        }
    }
}
