package org.cairndns.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Position;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.PluginList;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.ServerControl;
import org.cairndns.server.net.JvmMemory;

/**
 * The way of a Corefile up to the point where a start would open its first socket, and no further.
 *
 * <p>Goes through the same assembly as a start, so that both come to the same verdict. Files that a start reads are read;
 * nothing is written, no socket is opened, no thread started, nobody asked.
 */
public final class CorefileCheck {
    private final PluginList plugins;
    private final int defaultPort;

    /**
     * @param defaultPort port of {@code dns://} keys without one
     */
    CorefileCheck(PluginList plugins, int defaultPort) {
        this.plugins = plugins;
        this.defaultPort = defaultPort;
    }

    /** Checks what {@link EmbeddedServer#start} would start. */
    public static CheckReport ofText(String corefile) {
        return new CorefileCheck(PluginList.builtIn(), 0).check("Corefile", CorefileLoader.ofText(corefile, Map.of()));
    }

    CheckReport check(String file, CorefileLoader loader) {
        List<Problem> found = new ArrayList<>();
        Configuration configuration = new Configuration("");
        try {
            Problems problems = new Problems(found::add);
            CorefileLoader.Loaded loaded = loader.load(problems);
            found.addAll(NewDefaults.missing(loaded.blocks()));
            configuration = assemble(loader, loaded, problems);
        } catch (CorefileException e) {
            found.addAll(e.problems());
        } catch (IOException e) {
            found.add(new Problem(new Position(file, 1, 1), String.valueOf(e.getMessage())));
        }
        return new CheckReport(file, found, notTried(configuration));
    }

    private Configuration assemble(CorefileLoader loader, CorefileLoader.Loaded loaded, Problems problems)
            throws CorefileException {
        SharedResources shared = new SharedResources();
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
        ScheduledExecutorService background = new ScheduledThreadPoolExecutor(0);
        ProcessContext process = new ProcessContext(
                new Meters(new PrometheusRegistry()),
                loops,
                background,
                new NoServer(),
                JvmMemory.shares(),
                Path.of("").toAbsolutePath(),
                loader.environment(),
                shared,
                ProcessContext.newRunners());
        ConfigurationAssembler assembler = new ConfigurationAssembler(plugins, process, defaultPort);
        try {
            Configuration configuration = assembler.assemble(loaded, problems);
            shared.release(configuration.sharedKeys);
            return configuration;
        } finally {
            background.shutdownNow();
        }
    }

    private static List<String> notTried(Configuration configuration) {
        Set<String> lines = new TreeSet<>();
        configuration.tables.keySet().forEach(address -> lines.add("listening on " + address.label()));
        for (InetSocketAddress address : configuration.http.keySet()) {
            lines.add("listening on http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
        }
        return List.copyOf(lines);
    }

    /** What plugins may ask of a server that does not run. */
    private static final class NoServer implements ServerControl {
        @Override
        public String runningHash() {
            return "";
        }

        @Override
        public String hashOnDisk() {
            return "";
        }

        @Override
        public boolean reload() {
            return false;
        }

        @Override
        public void fail(String reason) {
            throw new IllegalStateException(reason);
        }

        @Override
        public Map<String, BooleanSupplier> readiness() {
            return Map.of();
        }

        @Override
        public Set<EnabledPlugin> enabledPlugins() {
            return Set.of();
        }
    }
}
