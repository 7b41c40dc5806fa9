package org.cairndns.perf.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cairndns.perf.compare.ApiConnection;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.faults.loss.LossRun;
import org.cairndns.perf.faults.loss.LossyNetwork;
import org.cairndns.perf.sample.ApiObjects;
import org.cairndns.perf.sample.SampleService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code perf/faults loss}. */
@Command(
        name = "loss",
        sortOptions = false,
        description =
                "Packets lost, late, twice and out of order between a server and its upstreams, its clients and the "
                        + "Kubernetes API, in network namespaces: what clients that ask as the C library does see of it. "
                        + "Takes root, and the Debian packages iproute2 and nftables.")
final class Loss extends FaultCommand {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration CHANGE_LIMIT = Duration.ofSeconds(30);
    private static final int WARM_UP_SECONDS = 5;
    private static final int CLUSTER_NAMES = 50;

    @Option(names = "--seconds", description = "How long clients ask (default: ${DEFAULT-VALUE})")
    private int seconds = 60;

    @Option(names = "--rate", description = "Queries per second of each of the six clients (default: ${DEFAULT-VALUE})")
    private int rate = 100;

    @Option(
            names = "--api-loss",
            description = "Percent of packets lost to the API, and as many on the way back (default: ${DEFAULT-VALUE})")
    private int apiPercent = 10;

    @Option(names = "--changes", description = "Services made over the lossy way (default: ${DEFAULT-VALUE})")
    private int changes = 30;

    @Mixin
    private final ClusterSize size = new ClusterSize(200, 4);

    Loss() {
        super("loss");
    }

    @Override
    String title() {
        return "Packets lost, late and twice: six clients, each with %d queries a second for %d seconds, %d %% lost to and from the API"
                .formatted(rate, seconds, apiPercent);
    }

    @Override
    boolean isPossible() {
        Optional<String> missing = LossyNetwork.missing();
        missing.ifPresent(reason -> System.err.println("perf/faults loss: " + reason));
        return missing.isEmpty();
    }

    @Override
    List<Verdict> run() throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        try (Stage stage = Stage.set(setting, size)) {
            Map<String, InetAddress> names = new LinkedHashMap<>();
            stage.cluster().stream()
                    .filter(service -> !service.headless())
                    .limit(CLUSTER_NAMES)
                    .forEach(service -> names.put(service.dnsName() + ".", InetAddress.ofLiteral(service.clusterIp())));
            for (Contender contender : contenders()) {
                int apiPort = stage.api().url().getPort();
                try (LossRun run = LossRun.open(apiPort, apiPercent, names, seed)) {
                    verdicts.addAll(run(stage, contender, run));
                }
            }
        }
        return verdicts;
    }

    private List<Verdict> run(Stage stage, Contender contender, LossRun run) throws IOException, InterruptedException {
        Path corefile = Files.writeString(
                stage.folder().resolve("Corefile.loss." + contender.label()),
                LossRun.corefile(stage.api().kubeconfig() + " perf"));
        List<String> command = List.of(setting.program(contender).toString(), "-conf", corefile.toString());
        Peer peer = new Peer(contender.label(), command, LossRun.FIRST_PORT, 0, Set.of());
        LossFindings findings = new LossFindings(contender.label());
        // Processes are where the thread is that starts them.
        try (RunningPeer server = run.network()
                .in(
                        LossyNetwork.Place.SERVER,
                        () -> RunningPeer.start(
                                peer,
                                stage.folder(),
                                setting.cores(),
                                stage.cluster().getFirst().dnsName()))) {
            if (!run.awaitServer(START_LIMIT)) {
                throw new IOException(contender.label() + " does not answer within " + START_LIMIT.toSeconds() + " s: "
                        + String.join("\n", server.log()));
            }
            run.ask(WARM_UP_SECONDS, rate);
            run.ask(seconds, rate).forEach(result -> {
                progress.println(contender.label() + ": " + result.words());
                findings.scene(result);
            });
            findings.changes(apiPercent, changes(stage, run));
            server.usage();
        }
        return findings.verdicts();
    }

    /** Seconds until each of some new services is known; infinite if it is not within the limit. */
    private List<Double> changes(Stage stage, LossRun run) throws IOException, InterruptedException {
        ApiConnection api = stage.api().api();
        String namespace = stage.cluster().getFirst().namespace();
        List<Double> taken = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            String ip = "10.100.240." + (i % 250 + 1);
            SampleService service = new SampleService(namespace, "lossy-" + i, false, ip, List.of());
            String path = "/api/v1/namespaces/" + namespace + "/services";
            api.post(path, ApiObjects.service(service));
            taken.add(run.secondsUntil(service.dnsName() + ".", InetAddress.ofLiteral(ip), CHANGE_LIMIT)
                    .orElse(Double.POSITIVE_INFINITY));
            api.delete(path + "/" + service.name());
        }
        return taken;
    }
}
