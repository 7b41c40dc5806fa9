package org.cairndns.perf.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A container that runs a server as a kubelet would have it run. It is removed in the end. */
public final class ServerContainer implements AutoCloseable {
    private static final double NANOS_PER_CPU = 1e9;
    private static final long OCTETS_PER_MIB = 1 << 20;

    private final GenericContainer<?> container;
    private final ContainerNetwork network;
    private final Optional<ControlGroup> group;

    /**
     * How a container has ended.
     *
     * @param outOfMemory killed for its memory limit
     */
    public record End(int exitCode, boolean outOfMemory) {}

    private ServerContainer(GenericContainer<?> container, ContainerNetwork network) {
        this.container = container;
        this.network = network;
        InspectContainerResponse state = inspect();
        this.group = ControlGroup.of(state.getState().getPidLong());
    }

    /** A container that has something done before its first process. */
    private static final class Prepared extends GenericContainer<Prepared> {
        private final Runnable before;

        Prepared(ContainerSpec spec, Runnable before) {
            super(DockerImageName.parse(spec.image()));
            this.before = before;
        }

        @Override
        protected void containerIsCreated(String containerId) {
            before.run();
        }
    }

    /** Starts it and returns, whether its server comes up or not. */
    public static ServerContainer start(ContainerSpec spec, ContainerNetwork network) {
        return start(spec, network, () -> {});
    }

    /**
     * The same on a machine that has none of its files in memory, as after a boot: so they count as the container's own. What else this
     * machine keeps of files is given up too.
     */
    static ServerContainer startCold(ContainerSpec spec, ContainerNetwork network) {
        return start(spec, network, PageCache::giveUp);
    }

    @SuppressWarnings("resource") // closed by this one
    private static ServerContainer start(ContainerSpec spec, ContainerNetwork network, Runnable before) {
        Prepared container = new Prepared(spec, before)
                .withCommand(spec.arguments().toArray(String[]::new))
                .withEnv(spec.environment())
                .withCreateContainerCmdModifier(command -> restrict(command, spec, network));
        container.start();
        return new ServerContainer(container, network);
    }

    private static void restrict(CreateContainerCmd command, ContainerSpec spec, ContainerNetwork network) {
        Confinement confinement = spec.confinement();
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode(network.name())
                .withReadonlyRootfs(confinement.isRootReadOnly())
                .withCapDrop(capabilities(confinement.dropped()))
                .withCapAdd(capabilities(confinement.added()))
                .withSecurityOpts(confinement.mayGainPrivileges() ? List.of() : List.of("no-new-privileges"))
                .withSysctls(confinement.sysctls())
                .withBinds(Stream.concat(binds(spec.mounts(), AccessMode.ro), binds(spec.folders(), AccessMode.rw))
                        .toList());
        Limits limits = spec.limits();
        if (limits.memoryMib() > 0) {
            long octets = limits.memoryMib() * OCTETS_PER_MIB;
            host.withMemory(octets).withMemorySwap(octets);
        }
        if (limits.cpus() > 0) {
            host.withNanoCPUs((long) (limits.cpus() * NANOS_PER_CPU));
        }
        if (limits.processor() >= 0) {
            host.withCpusetCpus(String.valueOf(limits.processor()));
        }
        command.withHostConfig(host);
        if (!confinement.user().isEmpty()) {
            command.withUser(confinement.user());
        }
    }

    private static Capability[] capabilities(Set<String> names) {
        return names.stream().map(Capability::valueOf).toArray(Capability[]::new);
    }

    private static Stream<Bind> binds(Map<String, Path> mounts, AccessMode mode) {
        return mounts.entrySet().stream()
                .map(mount -> new Bind(mount.getValue().toAbsolutePath().toString(), new Volume(mount.getKey()), mode));
    }

    private InspectContainerResponse inspect() {
        return Engine.client().inspectContainerCmd(container.getContainerId()).exec();
    }

    /** Where the others of its network find it; fails if it has ended. */
    public InetAddress address() {
        com.github.dockerjava.api.model.ContainerNetwork settings =
                inspect().getNetworkSettings().getNetworks().get(network.name());
        String address = settings == null ? null : settings.getIpAddress();
        if (address == null || address.isEmpty()) {
            throw new IllegalStateException("has ended: " + end() + "\n" + log());
        }
        return InetAddress.ofLiteral(address);
    }

    /** What it uses; fails if it ended at once. */
    public ControlGroup group() {
        return group.orElseThrow(() -> new IllegalStateException("has ended: " + end() + "\n" + log()));
    }

    /** When its first process was started. */
    public Instant startedAt() {
        return Instant.parse(inspect().getState().getStartedAt());
    }

    public boolean isRunning() {
        return Boolean.TRUE.equals(inspect().getState().getRunning());
    }

    /** Sends a signal, such as {@code USR1}, to its first process. */
    public void signal(String name) {
        Engine.client()
                .killContainerCmd(container.getContainerId())
                .withSignal(name)
                .exec();
    }

    /** Ends it as a kubelet does: by TERM, and by KILL once the grace is over. */
    public End stop(Duration grace) {
        if (isRunning()) {
            Engine.client()
                    .stopContainerCmd(container.getContainerId())
                    .withTimeout(Math.toIntExact(grace.toSeconds()))
                    .exec();
        }
        return end();
    }

    /** How it has ended; exit code 0 while it runs. */
    public End end() {
        InspectContainerResponse.ContainerState state = inspect().getState();
        Long code = state.getExitCodeLong();
        return new End(code == null ? 0 : code.intValue(), Boolean.TRUE.equals(state.getOOMKilled()));
    }

    /** All that it has written to its output and error output. */
    public String log() {
        return container.getLogs();
    }

    /** What differs in its file system from the image. */
    public List<String> changes() {
        return Stream.ofNullable(Engine.client()
                        .containerDiffCmd(container.getContainerId())
                        .exec())
                .flatMap(List::stream)
                .map(change -> change.getKind() + " " + change.getPath())
                .toList();
    }

    /** Labels of the image, none if it has none. */
    public static Map<String, String> labels(String image) {
        Map<String, String> labels =
                Engine.client().inspectImageCmd(image).exec().getConfig().getLabels();
        return labels == null ? Map.of() : labels;
    }

    @Override
    public void close() {
        container.stop();
    }
}
