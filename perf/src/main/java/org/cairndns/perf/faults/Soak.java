package org.cairndns.perf.faults;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.cairndns.perf.compare.Churn;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.Ports;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Sampler;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.load.Arrivals;
import org.cairndns.perf.load.LoadTally;
import org.cairndns.perf.load.OpenLoop;
import org.cairndns.perf.load.Pace;
import org.cairndns.perf.load.QueryPackets;
import org.cairndns.perf.sample.Upstream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code perf/faults soak}. */
@Command(
        name = "soak",
        sortOptions = false,
        description =
                "Load for long, with changes of the cluster, reloads and a failing upstream: memory, errors, drift.")
final class Soak extends FaultCommand {
    /** Short, so that outside names are asked for again in each turn of the queries. */
    private static final Duration UPSTREAM_TTL = Duration.ofSeconds(5);

    private static final Duration UPSTREAM_DELAY = Duration.ofMillis(1);
    private static final int SECONDS_PER_MINUTE = 60;

    @Option(names = "--minutes", description = "Length of the load (default: ${DEFAULT-VALUE})")
    private double minutes = 30;

    @Option(names = "--rate", description = "Queries per second (default: ${DEFAULT-VALUE})")
    private int rate = 10_000;

    @Option(names = "--churn", description = "Changes of EndpointSlices per second (default: ${DEFAULT-VALUE})")
    private int churn = 50;

    @Option(names = "--reload", description = "Seconds between reloads (default: ${DEFAULT-VALUE})")
    private int reloadSeconds = 60;

    @Option(names = "--fault", description = "Seconds between faults of an upstream (default: ${DEFAULT-VALUE})")
    private int faultSeconds = 120;

    @Mixin
    private final ClusterSize size = new ClusterSize();

    Soak() {
        super("soak");
    }

    @Override
    String title() {
        return "%s minutes at %d queries a second, %d changes a second, a reload each %d s, one of two upstreams silent for a quarter of each %d s"
                .formatted(minutes, rate, churn, reloadSeconds, faultSeconds);
    }

    @Override
    List<Verdict> run() throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        for (Contender contender : contenders()) {
            // A cluster for each, for the changes expect it as it was loaded.
            try (Stage stage = Stage.set(setting, size);
                    Upstream first = Upstream.start(UPSTREAM_DELAY, UPSTREAM_TTL);
                    Upstream second = Upstream.start(UPSTREAM_DELAY, UPSTREAM_TTL)) {
                verdicts.addAll(run(stage, contender, List.of(first, second)));
            }
        }
        return verdicts;
    }

    private List<Verdict> run(Stage stage, Contender contender, List<Upstream> upstreams)
            throws IOException, InterruptedException {
        List<Integer> ports = Ports.free(4);
        SoakCorefile corefile = new SoakCorefile(stage.api().kubeconfig(), ports, upstreams);
        Path file = Files.writeString(stage.folder().resolve("Corefile.soak." + contender.label()), corefile.text(0));
        Path program = setting.program(contender);
        Peer peer = new Peer(
                contender.label(),
                List.of(program.toString(), "-conf", file.toString()),
                ports.get(0),
                ports.get(2),
                EnumSet.of(Mix.PODS, Mix.MISS));
        try (RunningPeer running = stage.start(peer)) {
            SoakLoad load = load(stage, running, new SoakEvents(corefile, file));
            Drift drift = Drift.between(stage.api().api(), peer.port(), stage.cluster());
            return new SoakFindings(contender, load, drift, running.log()).verdicts();
        }
    }

    private SoakLoad load(Stage stage, RunningPeer server, SoakEvents events) throws IOException {
        try (Arena arena = Arena.ofConfined();
                Churn changes = Churn.start(stage.api().api(), stage.cluster(), churn, seed);
                SoakEvents happening = events.start(reloadSeconds, faultSeconds);
                Sampler sampler = Sampler.start(server)) {
            QueryPackets queries = QueryPackets.read(stage.queries(Mix.PODS, seed), arena);
            int seconds = (int) (minutes * SECONDS_PER_MINUTE);
            progress.printf("%s: %d s of load%n", server.name(), seconds);
            LoadTally tally = OpenLoop.run(server.port(), queries, new Pace(Arrivals.EVEN, rate, seconds, seed));
            return new SoakLoad(tally, sampler.looks(), changes.accepted(), happening.reloads(), happening.faults());
        }
    }
}
