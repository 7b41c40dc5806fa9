package org.cairndns.plugin.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.kubernetes.ClusterZone;
import org.cairndns.kubernetes.PodMode;
import org.cairndns.kubernetes.snapshot.SnapshotOrigin;
import org.cairndns.kubernetes.source.ClusterConfigException;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.OwnService;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.ResolvConf;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.wire.DomainName;

/** The directive {@code kubernetes}: zones made of the objects of a cluster. */
public final class KubernetesPlugin implements Plugin {
    private static final Path ACCOUNT_FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    private final Path accountFolder;
    private final Path resolvConf;
    private final InstantSource clock;
    private final RandomGenerator random;

    public KubernetesPlugin() {
        this(ACCOUNT_FOLDER, RESOLV_CONF, InstantSource.system(), RandomGenerator.getDefault());
    }

    KubernetesPlugin(Path accountFolder, Path resolvConf, InstantSource clock, RandomGenerator random) {
        this.accountFolder = accountFolder;
        this.resolvConf = resolvConf;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        KubernetesConfigReader.read(occurrences, context, problems)
                .flatMap(config -> cluster(config, context, problems).map(cluster -> new Part(config, cluster)))
                .ifPresent(part -> {
                    keep(part, context, problems);
                    register(part, context);
                });
    }

    /** A directive that holds good, with its cluster. */
    private record Part(KubernetesConfig config, Cluster cluster) {}

    /** What the snapshots of a process are shared by. */
    private record SnapshotKey(SourceSettings settings, Path file) {}

    private void keep(Part part, BlockContext context, Problems problems) {
        // Without the way to a cluster nobody knows whose snapshot it is.
        part.config().snapshot().filter(option -> part.cluster().isReachable()).ifPresent(option -> {
            Path file = option.file();
            Cluster cluster = part.cluster();
            SnapshotFiles files = SnapshotMetrics.of(context.server().meters()).files();
            if (!files.claim(problems, file, cluster.settings())) {
                problems.add(
                        option.position(),
                        "'snapshot': " + file
                                + " is that of another 'kubernetes' with other objects; expected a file of"
                                + " its own for each");
                return;
            }
            SnapshotOrigin origin =
                    SnapshotOrigin.of(cluster.identity(), cluster.settings().selection());
            ClusterSnapshot snapshot = context.shared(
                    new SnapshotKey(cluster.settings(), file),
                    () -> new ClusterSnapshot(cluster, file, origin, context.server(), clock));
            cluster.restoreFrom(snapshot);
            context.onStart(snapshot::start);
            context.onStop(snapshot::saveSoon);
        });
    }

    private Optional<Cluster> cluster(KubernetesConfig config, BlockContext context, Problems problems) {
        ServerContext server = context.server();
        KubernetesMetrics metrics = new KubernetesMetrics(server.meters());
        SourceFactory.Maker maker = new SourceFactory.Maker(
                new Environment(server.environment(), accountFolder),
                "Cairn/" + server.control().version(),
                metrics,
                Conditions.of(server.meters()),
                random);
        Optional<SourceFactory> factory = Optional.empty();
        try {
            factory = Optional.of(maker.prepare(config.source()));
        } catch (ClusterConfigException e) {
            if (config.source().access().needsFiles()) {
                problems.waits(
                        config.accessPosition(),
                        e.getMessage() + "; names of the cluster get SERVFAIL until that is there");
            } else {
                problems.add(config.accessPosition(), e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        ClusterGauges gauges = ClusterGauges.of(server.meters());
        SourceSettings settings = config.source();
        if (factory.isEmpty()) {
            return Optional.of(context.shared(
                    new Unreached(settings), () -> Cluster.unreached(settings, newIndex(settings), metrics, gauges)));
        }
        SourceFactory found = factory.get();
        return Optional.of(
                context.shared(settings, () -> new Cluster(settings, found, newIndex(settings), metrics, gauges)));
    }

    /** Key of a cluster that there is no way to yet; with one it is another. */
    private record Unreached(SourceSettings settings) {}

    private ClusterIndex newIndex(SourceSettings settings) {
        return new ClusterIndex(settings.kinds(), settings.kept(), clock, random.nextLong());
    }

    private void register(Part part, BlockContext context) {
        Cluster cluster = part.cluster();
        KubernetesConfig config = part.config();
        AtomicReference<List<InetAddress>> localAddresses = new AtomicReference<>(List.of());
        ClusterZone zone = new ClusterZone(cluster.index(), config.zones(), localAddresses::get);
        context.handler(next -> new KubernetesHandler(zone, config.fallthrough(), context::resolve, next));
        if (config.zones().podMode() == PodMode.VERIFIED) {
            context.settings()
                    .searchPaths()
                    .put(
                            name(),
                            new ClientSearchPaths(
                                    cluster.index(), config.zones().zones(), nodeSearchPath()));
        }
        context.settings().transferSources().add(new ClusterTransfers(zone));
        context.settings().offer(ClusterZone.class, zone);
        context.settings().offer(OwnService.class, zone::isServiceOfOurs);
        ClusterMetadata.provide(context.settings().metadata(), cluster.index(), config.zones());
        context.readiness(cluster::isAnswering);
        context.onStart(() -> {
            localAddresses.set(LocalAddresses.of(context.settings().bindAddresses()));
            cluster.start();
        });
        if (!cluster.isReachable()) {
            return;
        }
        context.holdStart(cluster.whenAnswering(), config.startupTimeout());
        StartupWarning warning = new StartupWarning(cluster, config.startupTimeout());
        context.onStart(() -> warning.schedule(context.server().background()));
        context.onStop(warning::cancel);
    }

    /** The server's own search path, which it has from its node as the other pods have. */
    private List<DomainName> nodeSearchPath() {
        try {
            return ResolvConf.searchPath(resolvConf);
        } catch (IOException e) {
            return List.of();
        }
    }
}
