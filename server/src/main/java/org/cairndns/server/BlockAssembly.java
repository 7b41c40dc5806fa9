package org.cairndns.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.BlockSettings;
import org.cairndns.plugin.spi.Drain;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.HttpEndpoints;
import org.cairndns.plugin.spi.Overview;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.server.plugins.JarPlugin;
import org.cairndns.server.query.ServerBlockTable;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;

/** One server block on its way to a chain of handlers. */
final class BlockAssembly implements BlockContext {
    private record Layer(String plugin, UnaryOperator<Handler> layer) {}

    private static final Handler NO_NEXT = query -> new Reply.Failed(Rcode.SERVFAIL, "no next plugin found");

    private final ServerBlock block;
    private final ProcessContext process;
    private final Configuration configuration;
    private final ServerContext server;
    private final BlockSettings settings = new BlockSettings();
    private final List<Layer> layers = new ArrayList<>();
    private final List<Layer> notifyLayers = new ArrayList<>();
    private final List<String> servers = new ArrayList<>();
    private String plugin = "";
    private Optional<JarPlugin> jar = Optional.empty();

    BlockAssembly(ServerBlock block, ProcessContext process, Configuration configuration) {
        this.block = block;
        this.process = process;
        this.configuration = configuration;
        this.server = process.with(new Endpoints());
    }

    /** Says which plugin registers from now on. */
    void begin(Plugin next) {
        this.plugin = next.name();
        this.jar = next instanceof JarPlugin fromJar ? Optional.of(fromJar) : Optional.empty();
    }

    /** The nested handlers, empty if no plugin added one. */
    Optional<Handler> chain() {
        return layers.isEmpty() ? Optional.empty() : Optional.of(nested(layers, NO_NEXT));
    }

    /** The nested handlers for NOTIFY. */
    Handler notifyChain() {
        return nested(notifyLayers, ServerBlockTable.NO_NOTIFY);
    }

    private static Handler nested(List<Layer> layers, Handler last) {
        Handler next = last;
        for (Layer layer : layers.reversed()) {
            next = layer.layer().apply(next);
        }
        return next;
    }

    @Override
    public List<String> handlerOrder() {
        return layers.stream().map(Layer::plugin).distinct().toList();
    }

    @Override
    public List<String> servers() {
        return servers;
    }

    /** Notes that the block answers on a server's address. */
    void noteServer(String address) {
        servers.add(address);
    }

    /** What it is made of; complete once its addresses are noted. */
    Overview.Block outline() {
        return new Overview.Block(block.zones(), servers.stream().distinct().toList(), settings.view(), handlerOrder());
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
        layers.add(new Layer(plugin, guarded(layer)));
    }

    @Override
    public void notifyHandler(UnaryOperator<Handler> layer) {
        notifyLayers.add(new Layer(plugin, guarded(layer)));
    }

    @Override
    public BlockSettings settings() {
        return settings;
    }

    @Override
    public Reply resolve(Query inner) {
        return process.resolve(inner);
    }

    @Override
    public void onStart(Runnable action) {
        configuration.starts.add(guarded(action));
    }

    @Override
    public void onStop(Runnable action) {
        configuration.stops.add(guarded(action));
    }

    @Override
    public void drain(Drain wanted) {
        configuration.drain = Optional.of(configuration.drain.map(wanted::and).orElse(wanted));
    }

    @Override
    public void onProcessStop(Runnable action) {
        configuration.processStops.add(guarded(action));
    }

    private UnaryOperator<Handler> guarded(UnaryOperator<Handler> layer) {
        return jar.map(j -> j.guarded(layer)).orElse(layer);
    }

    private Runnable guarded(Runnable action) {
        return jar.map(j -> j.guarded(action)).orElse(action);
    }

    @Override
    public void holdStart(CompletableFuture<?> done, Duration limit) {
        configuration.holds.add(new Configuration.Hold(done, limit));
    }

    @Override
    public void readiness(BooleanSupplier ready) {
        BooleanSupplier check = jar.map(j -> j.guarded(ready)).orElse(ready);
        configuration.readiness.merge(plugin, check, (one, other) -> () -> one.getAsBoolean() && other.getAsBoolean());
    }

    @Override
    public <T extends AutoCloseable> T shared(Object key, Supplier<T> opener) {
        return process.shared().get(key, opener, configuration.sharedKeys);
    }

    /** Endpoints that this block asks for. */
    private final class Endpoints implements HttpEndpoints {
        @Override
        public void serve(InetSocketAddress address, String path, Responder responder) {
            configuration.http.computeIfAbsent(address, a -> new HashMap<>()).put(path, responder);
        }
    }
}
