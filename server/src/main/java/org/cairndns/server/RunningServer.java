package org.cairndns.server;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Scheme;
import org.cairndns.plugin.PluginList;
import org.cairndns.plugin.spi.Drain;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.ServerControl;
import org.cairndns.server.net.EventLoops;
import org.cairndns.server.query.QueryRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A started server: owns its sockets, threads and the configuration that runs.
 *
 * <p>Start, reload and stop exclude one another. A reload assembles everything anew, then swaps the tables under the
 * open sockets; one that fails changes nothing.
 */
public final class RunningServer implements ServerControl, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);
    private static final int RESCAN_SECONDS = 5;

    private final ServerOptions options;
    private final CorefileLoader loader;
    private final EventLoops loops;
    private final ScheduledExecutorService background = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("background-", 0).factory());
    private final ExecutorService httpThreads = Executors.newFixedThreadPool(
            3, Thread.ofPlatform().daemon().name("http-", 0).factory());
    private final HttpServers http = new HttpServers(httpThreads, background);
    private final SharedResources shared = new SharedResources();
    private final Listeners listeners;
    private final ConfigurationAssembler assembler;
    private volatile Configuration running = new Configuration("");
    private final CountDownLatch hurry = new CountDownLatch(1);
    private boolean ending;
    private boolean stopped;

    /** A server with metrics of its own that is not started yet. */
    static RunningServer create(ServerOptions options, CorefileLoader loader, PluginList plugins) {
        return new RunningServer(options, loader, plugins, new Meters(new PrometheusRegistry()));
    }

    private RunningServer(ServerOptions options, CorefileLoader loader, PluginList plugins, Meters meters) {
        this.options = options;
        this.loader = loader;
        this.loops = new EventLoops(options.eventLoops(), options.sockets());
        Map<String, QueryRunner> runners = ProcessContext.newRunners();
        this.listeners = new Listeners(loops, runners, CoreMetricsRecorder.of(meters));
        ProcessContext process = new ProcessContext(
                meters,
                loops.group(),
                background,
                this,
                Path.of("").toAbsolutePath(),
                loader.environment(),
                shared,
                runners);
        this.assembler = new ConfigurationAssembler(plugins, process, options.defaultPort());
    }

    /**
     * Reads the Corefile, starts its plugins, opens the sockets.
     *
     * @throws CorefileException with all problems of the Corefile
     * @throws IOException if the Corefile cannot be read or a socket cannot be opened
     */
    public synchronized void start() throws IOException, CorefileException {
        Configuration first = assemble();
        try {
            begin(first);
            listeners.openMissing(first);
        } catch (IOException | RuntimeException e) {
            discard(first);
            throw e;
        }
        http.apply(first.http);
        running = first;
        background.scheduleWithFixedDelay(this::rescan, RESCAN_SECONDS, RESCAN_SECONDS, TimeUnit.SECONDS);
    }

    private Configuration assemble() throws IOException, CorefileException {
        Problems problems = new Problems(RunningServer::logged);
        return assembler.assemble(loader.load(problems), problems);
    }

    private static void logged(Problem problem) {
        LOG.warn("{}", problem);
    }

    private void begin(Configuration configuration) {
        LogFormat.debug(configuration.debug);
        configuration.starts.forEach(Runnable::run);
        if (running.hash().isEmpty()) {
            // The endpoints come first, so that probes see a live server that is not ready.
            http.apply(configuration.http);
        }
        for (Configuration.Hold hold : configuration.holds) {
            await(hold);
        }
    }

    private static void await(Configuration.Hold hold) {
        try {
            hold.done().get(hold.limit().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("starts without waiting any longer: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void rescan() {
        listeners.rescan();
    }

    @Override
    public synchronized boolean reload() {
        if (ending) {
            return false;
        }
        LOG.info("Reloading");
        Configuration next;
        try {
            next = assemble();
        } catch (IOException | CorefileException e) {
            LOG.error("Restart failed, the running configuration goes on:\n{}", e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.error("Restart failed, the running configuration goes on", e);
            return false;
        }
        try {
            begin(next);
            listeners.openMissing(next);
        } catch (IOException e) {
            LOG.error("Restart failed, the running configuration goes on: {}", e.getMessage());
            undo(next);
            return false;
        } catch (RuntimeException e) {
            LOG.error("Restart failed, the running configuration goes on", e);
            undo(next);
            return false;
        }
        swap(next);
        LOG.info("Reloading complete");
        return true;
    }

    private void undo(Configuration next) {
        LogFormat.debug(running.debug);
        discard(next);
    }

    private void swap(Configuration next) {
        Configuration previous = running;
        listeners.swap(next);
        running = next;
        http.apply(next.http);
        discard(previous);
    }

    private void discard(Configuration configuration) {
        configuration.stops.forEach(RunningServer::runLogged);
        shared.release(configuration.sharedKeys);
    }

    private static void runLogged(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("a plugin failed to stop", e);
        }
    }

    /**
     * Stops as one who is replaced: not ready any more, then answers until clients have gone elsewhere, then the same as
     * {@link #close}. Blocks for as long as {@link Drain} says, or until {@link #hurry} is called.
     */
    void drain() {
        beginEnd();
        Draining draining = new Draining(running.drain.orElse(Drain.STANDARD), listeners::arrivals, System::nanoTime);
        LOG.info("Stops answering: {}", draining.await(hurry, listeners::sendAway));
        close();
    }

    /** Ends the wait of {@link #drain}, now or as soon as it begins. */
    void hurry() {
        hurry.countDown();
    }

    /** From here on no reload changes anything, and probes hear that the server ends. */
    private synchronized void beginEnd() {
        if (!ending) {
            ending = true;
            running.processStops.forEach(RunningServer::runLogged);
        }
    }

    /** Stops in order: readiness, sockets behind the answers to queries under way, plugins, threads. */
    @Override
    public synchronized void close() {
        if (stopped) {
            return;
        }
        beginEnd();
        stopped = true;
        Configuration last = running;
        listeners.close();
        last.stops.forEach(RunningServer::runLogged);
        http.apply(Map.of());
        shared.release(last.sharedKeys);
        background.shutdownNow();
        httpThreads.shutdownNow();
        loops.close();
    }

    /** The port of the only or first DNS listener. */
    public synchronized int port() {
        return listeners.port();
    }

    /** The port of the only or first listener that speaks this. */
    public synchronized int port(Scheme scheme) {
        return listeners.port(scheme);
    }

    /** The core behind the only or first DNS listener. */
    synchronized QueryRunner queries() {
        return listeners.queries();
    }

    /** The port of an HTTP address that was configured with port 0. */
    public int httpPort(InetSocketAddress configured) {
        return http.portOf(configured);
    }

    List<String> banner() {
        return running.banner;
    }

    @Override
    public String version() {
        return BuildInfo.version();
    }

    @Override
    public String runningHash() {
        return running.hash();
    }

    @Override
    public String hashOnDisk() throws IOException, CorefileException {
        return loader.load(problem -> {}).hash();
    }

    @Override
    public void fail(String reason) {
        LOG.error("{}", reason);
        options.exit().accept(1);
    }

    @Override
    public Map<String, BooleanSupplier> readiness() {
        Configuration current = running;
        // The ready page is open before the DNS sockets are; who asks then shall send no queries yet.
        return current.hash().isEmpty() ? Map.of("server", () -> false) : new HashMap<>(current.readiness);
    }

    @Override
    public Set<EnabledPlugin> enabledPlugins() {
        return running.enabled;
    }
}
