package org.cairndns.server;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Scheme;
import org.cairndns.plugin.PluginList;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.Drain;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.server.http.HttpSurroundings;
import org.cairndns.server.net.EventLoops;
import org.cairndns.server.net.PortSharing;
import org.cairndns.server.query.QueryRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A started server: owns its sockets, threads and the configuration that runs.
 *
 * <p>Start, reload and stop exclude one another. A reload swaps tables under open sockets; one that fails changes none.
 */
public final class RunningServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);
    private static final int LOOK_SECONDS = 2;
    private static final int RETRY_SECONDS = 1;

    private final ServerOptions options;
    private final EventLoops loops;
    private final ScheduledExecutorService background = new Background(2);
    private final ExecutorService httpThreads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("http-", 0).factory());
    private final Tending tending = new Tending(this, () -> this.course.isEnding());
    private final HttpServers http;
    private final SharedResources shared = new SharedResources();
    private final Listeners listeners;
    private final ConfigurationSource source;
    private final Lacks lacks;
    private CorefileLoader.Loaded corefile = new CorefileLoader.Loaded(List.of(), "");
    private final Course course = new Course(System::nanoTime, new Configuration(""));
    private final CountDownLatch hurry = new CountDownLatch(1);
    private boolean stopped;

    /** A server with metrics of its own that is not started yet. */
    static RunningServer create(ServerOptions options, CorefileLoader loader, PluginList plugins) {
        return new RunningServer(options, loader, plugins, new Meters(new PrometheusRegistry()));
    }

    private RunningServer(ServerOptions options, CorefileLoader loader, PluginList plugins, Meters meters) {
        this.options = options;
        this.loops = new EventLoops(options.eventLoops(), options.sockets());
        Map<String, QueryRunner> runners = ProcessContext.newRunners();
        Conditions conditions = Conditions.of(meters);
        LossWatch losses = LossWatch.start(loops, conditions, tending);
        this.http = new HttpServers(HttpSurroundings.of(httpThreads, background), conditions);
        PortSharing sharing = new PortSharing(conditions, options.start().takesOver());
        this.listeners = new Listeners(loops, runners, CoreMetricsRecorder.of(meters), sharing);
        this.lacks = new Lacks(conditions);
        ProcessContext process = new ProcessContext(
                meters,
                loops.group(),
                background,
                new ProcessControl(this, options, losses),
                loops.memory(),
                Path.of("").toAbsolutePath(),
                loader.environment(),
                shared,
                runners);
        this.source = new ConfigurationSource(
                loader,
                new ConfigurationAssembler(plugins, process, options.defaultPort()),
                options.start(),
                conditions);
    }

    /**
     * Reads the Corefile, starts its plugins, opens the sockets. Unless that is to be strict, what is not as it should be is done
     * without: the Corefile that was taken last is one to go on with, too.
     *
     * @throws CorefileException with all problems of the Corefile
     * @throws IOException if the Corefile cannot be read or, unless it is to be {@link StartPolicy#alwaysOn}, a socket cannot be opened
     */
    public synchronized void start() throws IOException, CorefileException {
        ConfigurationSource.Made first = source.first();
        try {
            begin(first.configuration());
            open(first.configuration(), options.start().alwaysOn());
        } catch (IOException | RuntimeException e) {
            discard(first.configuration());
            throw e;
        }
        takeOver(first);
        http.apply(first.configuration().http);
        tending.repeat(listeners::tend, 1);
        if (!options.start().strict()) {
            tending.repeat(this::lookAgain, LOOK_SECONDS);
            tending.repeat(this::openMissing, RETRY_SECONDS);
        }
    }

    private void takeOver(ConfigurationSource.Made next) {
        corefile = next.corefile();
        course.runs(next.configuration());
        lacks.now(next.configuration().lacking);
    }

    private void begin(Configuration configuration) {
        LogFormat.debug(configuration.debug);
        configuration.starts.forEach(Runnable::run);
        if (running().hash().isEmpty()) {
            // The endpoints come first, so that probes see a live server that is not ready.
            http.apply(configuration.http);
        }
        configuration.awaitHolds();
    }

    private void open(Configuration configuration, boolean waits) throws IOException {
        if (waits) {
            listeners.openPossible(configuration);
        } else {
            listeners.openMissing(configuration);
        }
    }

    /** Reads the Corefile again; true if it is the one that runs now. */
    public synchronized boolean reload() {
        if (course.isEnding()) {
            return false;
        }
        LOG.info("Reloading");
        return course.reloaded(reloadNow());
    }

    private boolean reloadNow() {
        ConfigurationSource.Made next;
        try {
            next = source.next();
        } catch (IOException | CorefileException | RuntimeException e) {
            LOG.error("Restart failed, the running configuration goes on");
            return false;
        }
        if (!swap(next, source.isRejected())) {
            return false;
        }
        source.taken(next);
        LOG.info("Reloading complete");
        return true;
    }

    /**
     * Lets a configuration run in place of the running one; if that fails the running one goes on.
     *
     * @param mending whether the running one is a makeshift: then a server that is always on does not refuse for a taken port
     */
    private boolean swap(ConfigurationSource.Made next, boolean mending) {
        Configuration configuration = next.configuration();
        try {
            begin(configuration);
            open(configuration, mending && options.start().alwaysOn());
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "Restart failed, the running configuration goes on: {}",
                    e.getMessage(),
                    e instanceof RuntimeException ? e : null);
            LogFormat.debug(running().debug);
            discard(configuration);
            return false;
        }
        Configuration previous = running();
        listeners.swap(configuration);
        takeOver(next);
        http.apply(configuration.http);
        discard(previous);
        return true;
    }

    /** Looks for what the running configuration does without, and for another Corefile in place of one that was refused. */
    private void lookAgain() {
        if (source.hasChanged(running().hash())) {
            reload();
        } else if (!running().lacking.isEmpty()) {
            completeRunning();
        }
    }

    private void completeRunning() {
        try {
            ConfigurationSource.Made next = source.again(corefile);
            if (next.configuration().lacking.equals(running().lacking)) {
                shared.release(next.configuration().sharedKeys);
            } else {
                swap(next, true);
            }
        } catch (CorefileException e) {
            LOG.debug("still incomplete: {}", e.getMessage());
        }
    }

    private void openMissing() {
        if (listeners.areMissing()) {
            listeners.openPossible(running());
        }
    }

    private void discard(Configuration configuration) {
        configuration.stop();
        shared.release(configuration.sharedKeys);
    }

    /**
     * Stops as one who is replaced: not ready any more, then answers until clients have gone elsewhere, then the same as
     * {@link #close}. Blocks for as long as {@link Drain} says, or until {@link #hurry} is called.
     */
    void drain() {
        beginEnd();
        Draining draining = new Draining(running().drain.orElse(Drain.STANDARD), listeners::arrivals, System::nanoTime);
        LOG.info("Stops answering: {}", draining.await(hurry, listeners));
        listeners.handOver();
        close();
    }

    /** Ends the wait of {@link #drain}, now or as soon as it begins. */
    void hurry() {
        hurry.countDown();
    }

    /** From here on no reload changes anything, and probes hear that the server ends. */
    private synchronized void beginEnd() {
        if (!course.isEnding()) {
            course.ends();
            running().stopProcess();
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
        listeners.close();
        running().stop();
        http.apply(Map.of());
        shared.release(running().sharedKeys);
        tending.close();
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

    /** What runs; any thread. */
    Configuration running() {
        return course.running();
    }

    /** True while an address of the running configuration could not be opened; any thread. */
    boolean waitsForAddresses() {
        return listeners.areMissing();
    }

    /** How it went on; any thread. */
    Course course() {
        return course;
    }

    /** Where configurations come from. */
    ConfigurationSource source() {
        return source;
    }
}
