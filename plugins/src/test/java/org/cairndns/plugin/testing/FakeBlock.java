package org.cairndns.plugin.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.CorefileParser;
import org.cairndns.corefile.CorefileSource;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.corefile.Severity;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.BlockSettings;
import org.cairndns.plugin.spi.Drain;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;

/** One server block of a Corefile text with the plugins under test set up. */
public final class FakeBlock implements BlockContext {
    private final ServerContext server;
    private final ServerBlock block;
    private final BlockSettings settings = new BlockSettings();
    private final List<UnaryOperator<Handler>> layers = new ArrayList<>();
    private final List<UnaryOperator<Handler>> notifyLayers = new ArrayList<>();
    private final List<String> handlerOrder = new ArrayList<>();
    private final List<Runnable> starts = new ArrayList<>();
    private final List<Runnable> stops = new ArrayList<>();
    private final List<Runnable> processStops = new ArrayList<>();
    private final Map<Object, AutoCloseable> shared;
    private final List<Problem> warnings = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> waiting = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();
    private Drain drain = Drain.NONE;
    private String settingUp = "";
    private BooleanSupplier readiness = () -> true;
    private Function<Query, Reply> resolver = query -> {
        throw new UnsupportedOperationException("no inner look-ups in this test");
    };

    /** Something that the start waits for. */
    public record Hold(CompletableFuture<?> done, Duration limit) {}

    /** Parses a Corefile of one block and runs the plugins' set-up in the order given. */
    public FakeBlock(ServerContext server, String corefile, Plugin... plugins) {
        this(server, corefile, new HashMap<>(), plugins);
    }

    /** As after a reload: shares what {@code before} shares. */
    public FakeBlock(ServerContext server, String corefile, FakeBlock before, Plugin... plugins) {
        this(server, corefile, before.shared, plugins);
    }

    private FakeBlock(ServerContext server, String corefile, Map<Object, AutoCloseable> shared, Plugin... plugins) {
        this.server = server;
        this.shared = shared;
        try {
            this.block = CorefileParser.parse(CorefileSource.of(corefile), warnings::add)
                    .getFirst();
        } catch (CorefileException e) {
            throw new AssertionError(e);
        }
        Problems found = new Problems(problem -> {
            if (problem.severity() != Severity.WAITING) {
                warnings.add(problem);
            }
        });
        for (Plugin plugin : plugins) {
            setup(plugin, found);
        }
        problems.addAll(found.list());
        waiting.addAll(found.waiting());
    }

    private void setup(Plugin plugin, Problems found) {
        settingUp = plugin.name();
        List<Directive> occurrences = block.directives().stream()
                .filter(directive -> directive.name().text().equals(plugin.name()))
                .toList();
        try {
            plugin.setup(occurrences, this, found);
        } catch (CorefileException e) {
            found.addAll(e);
        }
    }

    /** Problems that set-up found, as {@code Corefile:line:column: message}. */
    public List<String> problems() {
        return problems.stream().map(Problem::toString).toList();
    }

    /** What set-up found not to be there yet. */
    public List<String> waiting() {
        return waiting.stream().map(Problem::toString).toList();
    }

    public List<String> warnings() {
        return warnings.stream().map(Problem::toString).toList();
    }

    /** The handlers around a last one. */
    public Handler chain(Handler last) {
        settings.metadata().complete(new Problems(warnings::add));
        Handler handler = last;
        for (UnaryOperator<Handler> layer : layers.reversed()) {
            handler = layer.apply(handler);
        }
        return handler;
    }

    /** The handlers for NOTIFY around a last one that does not know it. */
    public Handler notifyChain() {
        Handler handler = query -> new Reply.Failed(Rcode.NOTIMP, "");
        for (UnaryOperator<Handler> layer : notifyLayers.reversed()) {
            handler = layer.apply(handler);
        }
        return handler;
    }

    /** Answers inner look-ups from now on. */
    public void resolver(Function<Query, Reply> answers) {
        resolver = answers;
    }

    /** What a plugin says about the end. */
    public Drain drain() {
        return drain;
    }

    @Override
    public void drain(Drain wanted) {
        drain = wanted;
    }

    /** What the start waits for. */
    public List<Hold> holds() {
        return holds;
    }

    /** What a plugin reports as its readiness. */
    public boolean isReady() {
        return readiness.getAsBoolean();
    }

    public boolean hasHandler() {
        return !layers.isEmpty();
    }

    public FakeBlock start() {
        starts.forEach(Runnable::run);
        return this;
    }

    public void stop() {
        stops.forEach(Runnable::run);
    }

    public void processStop() {
        processStops.forEach(Runnable::run);
    }

    /** Closes what a reload would close that uses none of it. */
    public void closeShared() throws Exception {
        for (AutoCloseable resource : shared.values()) {
            resource.close();
        }
    }

    @Override
    public ServerBlock block() {
        return block;
    }

    @Override
    public ServerContext server() {
        return server;
    }

    @Override
    public void handler(UnaryOperator<Handler> layer) {
        layers.add(layer);
        handlerOrder.add(settingUp);
    }

    @Override
    public void notifyHandler(UnaryOperator<Handler> layer) {
        notifyLayers.add(layer);
    }

    @Override
    public List<String> handlerOrder() {
        return handlerOrder;
    }

    @Override
    public BlockSettings settings() {
        return settings;
    }

    @Override
    public List<String> servers() {
        return List.of("dns://:53");
    }

    @Override
    public Reply resolve(Query inner) {
        return resolver.apply(inner);
    }

    @Override
    public void onStart(Runnable action) {
        starts.add(action);
    }

    @Override
    public void onStop(Runnable action) {
        stops.add(action);
    }

    @Override
    public void onProcessStop(Runnable action) {
        processStops.add(action);
    }

    @Override
    public void holdStart(CompletableFuture<?> done, Duration limit) {
        holds.add(new Hold(done, limit));
    }

    @Override
    public void readiness(BooleanSupplier ready) {
        readiness = ready;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends AutoCloseable> T shared(Object key, Supplier<T> opener) {
        return (T) shared.computeIfAbsent(key, k -> opener.get());
    }
}
