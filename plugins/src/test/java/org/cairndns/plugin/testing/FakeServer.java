package org.cairndns.plugin.testing;

import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.cairndns.corefile.CorefileException;
import org.cairndns.plugin.spi.HttpEndpoints;
import org.cairndns.plugin.spi.MemoryShares;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.Overview;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.plugin.spi.ServerControl;

/** A process with a manual clock and without sockets. */
public final class FakeServer implements ServerContext, ServerControl, HttpEndpoints {
    private final Meters meters = new Meters(new PrometheusRegistry());
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Map<String, Responder> pages = new ConcurrentHashMap<>();
    private final Map<String, BooleanSupplier> readiness = new TreeMap<>();
    private final Set<EnabledPlugin> enabledPlugins = new LinkedHashSet<>();
    private final Path directory;
    private Map<String, String> environment = Map.of();
    private String runningHash = "0";
    private DiskHash diskHash = () -> runningHash;
    private BooleanSupplier reloading = () -> true;
    private int reloads;
    private boolean strict;
    private Optional<String> loss = Optional.empty();
    private Overview overview = Overview.NOTHING;
    private Consumer<String> failing = reason -> {
        throw new AssertionError(reason);
    };

    public FakeServer() {
        this(Path.of("").toAbsolutePath());
    }

    public FakeServer(Path directory) {
        this.directory = directory;
    }

    /** The page at {@code 127.0.0.1:9153/metrics} or the like, if one is served there. */
    public Optional<Page> page(String addressAndPath) {
        return page(addressAndPath, "");
    }

    /** The page with this text behind the question mark. */
    public Optional<Page> page(String addressAndPath, String query) {
        return Optional.ofNullable(pages.get(addressAndPath)).map(responder -> responder.get(query));
    }

    /** True if there is a page, which is not asked for. */
    public boolean serves(String addressAndPath) {
        return pages.containsKey(addressAndPath);
    }

    /** Body of the page as text. */
    public String body(String addressAndPath) {
        return new String(page(addressAndPath).orElseThrow().body(), StandardCharsets.UTF_8);
    }

    /** What {@code /metrics} would show, without comments and without lines that do not contain {@code part}. */
    public List<String> metrics(String part) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ExpositionFormats.init()
                    .getPrometheusTextFormatWriter()
                    .write(out, meters.registry().scrape());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#") && line.contains(part))
                .toList();
    }

    public ManualScheduler scheduler() {
        return scheduler;
    }

    public void environment(Map<String, String> variables) {
        this.environment = variables;
    }

    public void runningHash(String hash) {
        this.runningHash = hash;
    }

    /** Reading of the Corefile's hash, which may fail. */
    @FunctionalInterface
    public interface DiskHash {
        String get() throws IOException, CorefileException;
    }

    public void diskHash(DiskHash hash) {
        this.diskHash = hash;
    }

    public void reloading(BooleanSupplier attempt) {
        this.reloading = attempt;
    }

    /** Takes the reason when a plugin ends the process, which otherwise fails the test. */
    public void failing(Consumer<String> ending) {
        this.failing = ending;
    }

    public int reloads() {
        return reloads;
    }

    @Override
    public Meters meters() {
        return meters;
    }

    @Override
    public EventLoopGroup eventLoops() {
        throw new UnsupportedOperationException("no event loops in this test");
    }

    @Override
    public ScheduledExecutorService background() {
        return scheduler;
    }

    @Override
    public HttpEndpoints http() {
        return this;
    }

    /** Has a part of the process ended. */
    public void loss(String what) {
        loss = Optional.of(what);
    }

    @Override
    public Optional<String> loss() {
        return loss;
    }

    @Override
    public ServerControl control() {
        return this;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public MemoryShares memory() {
        return new MemoryShares(1L << 32, 1L << 32);
    }

    @Override
    public long nanoTime() {
        return scheduler.nanoTime();
    }

    @Override
    public void serve(InetSocketAddress address, String path, Responder responder) {
        pages.put(address.getAddress().getHostAddress() + ":" + address.getPort() + path, responder);
    }

    @Override
    public String runningHash() {
        return runningHash;
    }

    @Override
    public String hashOnDisk() throws IOException, CorefileException {
        return diskHash.get();
    }

    @Override
    public boolean reload() {
        reloads++;
        return reloading.getAsBoolean();
    }

    /** Whether trouble is to end the process. */
    public void strict(boolean wanted) {
        this.strict = wanted;
    }

    /** What is known of the process from now on. */
    public void overview(Overview known) {
        this.overview = known;
    }

    @Override
    public Overview overview() {
        return overview;
    }

    @Override
    public boolean isStrict() {
        return strict;
    }

    @Override
    public void fail(String reason) {
        failing.accept(reason);
    }

    @Override
    public Map<String, BooleanSupplier> readiness() {
        return readiness;
    }

    @Override
    public Set<EnabledPlugin> enabledPlugins() {
        return enabledPlugins;
    }
}
