package org.cairndns.perf.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.cairndns.kubernetes.testing.ApiFaultProxy;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.Ports;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.sample.Upstream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code perf/faults api}. */
@Command(
        name = "api",
        sortOptions = false,
        description =
                "The Kubernetes API away, set back to an older state, or losing events: are answers right, and when.")
final class Api extends FaultCommand {
    /** What is done to the API. */
    enum Scene {
        /** Its server ended, then its connections silent. */
        AWAY,
        /** Its store set back to a copy. */
        RESTORED,
        /** One event of twenty lost, then an addition and a deletion. */
        LOSSY
    }

    @Option(names = "--minutes", description = "How long the API is away (default: ${DEFAULT-VALUE})")
    private double minutes = 10;

    @Option(names = "--scenes", split = ",", description = "away, restored, lossy (default: all)")
    private Set<Scene> scenes = EnumSet.allOf(Scene.class);

    @Option(names = "--rate", description = "Queries per second while it is away (default: ${DEFAULT-VALUE})")
    private int rate = 1000;

    @Option(names = "--churn", description = "Changes per second of which events are lost (default: ${DEFAULT-VALUE})")
    private int churn = 20;

    @Option(names = "--churn-seconds", description = "How long events are lost (default: ${DEFAULT-VALUE})")
    private int churnSeconds = 120;

    @Option(names = "--limit", description = "Seconds after which a repair is given up (default: ${DEFAULT-VALUE})")
    private int limitSeconds = 120;

    @Mixin
    private final ClusterSize size = new ClusterSize();

    Api() {
        super("api");
    }

    @Override
    String title() {
        return "The API away for %s minutes, its store set back, one of twenty events lost: %s"
                .formatted(minutes, size.words());
    }

    @Override
    List<Verdict> run() throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        for (Contender contender : EnumSet.copyOf(servers)) {
            if (contender != Contender.CAIRN && setting.coreDns.isEmpty()) {
                continue;
            }
            // A cluster for each, for the changes expect it as it was loaded.
            try (Stage stage = Stage.set(setting, size);
                    ApiFaultProxy proxy = ApiFaultProxy.toServer(
                            stage.api().url(), stage.api().certificates());
                    Upstream upstream = Upstream.start()) {
                verdicts.addAll(run(stage, proxy, contender, upstream));
            }
        }
        return verdicts;
    }

    private List<Verdict> run(Stage stage, ApiFaultProxy proxy, Contender contender, Upstream upstream)
            throws IOException, InterruptedException {
        List<Integer> ports = Ports.free(4);
        Path kubeconfig = proxy.kubeconfig(stage.api().kubeconfig());
        SoakCorefile corefile = new SoakCorefile(kubeconfig, ports, List.of(upstream, upstream));
        Path file = Files.writeString(stage.folder().resolve("Corefile.api." + contender.label()), corefile.text(0));
        Path program = setting.program(contender);
        List<String> command = List.of(program.toString(), "-conf", file.toString());
        Peer peer = new Peer(contender.label(), command, ports.get(0), ports.get(2), EnumSet.of(Mix.PODS, Mix.MISS));
        List<Verdict> verdicts = new ArrayList<>();
        try (RunningPeer running = stage.start(peer);
                KnownNames client = new KnownNames(peer.port())) {
            ApiScenes played = new ApiScenes(
                    new ApiScenes.Setup(stage, proxy, running, client, ports.get(3)), limitSeconds, progress);
            for (Scene scene : scenes.isEmpty() ? scenes : EnumSet.copyOf(scenes)) {
                progress.println(contender.label() + ": " + scene);
                verdicts.addAll(
                        switch (scene) {
                            case AWAY -> played.away(minutes, rate);
                            case RESTORED -> played.restored();
                            case LOSSY -> played.lossy(churn, churnSeconds, seed);
                        });
            }
        }
        return verdicts;
    }
}
