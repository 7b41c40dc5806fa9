package org.cairndns.plugin.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.wire.Query;

/**
 * A server block under assembly, as its plugins see it.
 *
 * <p>Used on one thread during {@link Plugin#setup}; {@link #resolve} is for any thread afterwards.
 */
public interface BlockContext {
    /** The block in the Corefile; its zones are the default of plugins that take zones. */
    ServerBlock block();

    /** What the whole process shares. */
    ServerContext server();

    /** Adds a handler at this plugin's place in the chain; the argument given to {@code layer} is the next handler. */
    void handler(UnaryOperator<Handler> layer);

    /**
     * Adds a handler at this plugin's place in the chain for NOTIFY messages (RFC 1996), which has no others: what answers
     * queries would take them for such. Behind the last one NOTIFY is not implemented. Both chains are the same layers to
     * a plugin that treats them alike.
     */
    void notifyHandler(UnaryOperator<Handler> layer);

    /** Plugins of the block's handlers, outermost first; complete once the layers are put around each other. */
    default List<String> handlerOrder() {
        return List.of();
    }

    /**
     * Metrics names of the addresses that the block answers on, such as {@code dns://:53}, in the order of its keys;
     * complete once the configuration was accepted.
     */
    List<String> servers();

    /** Settings of the block that plugins without a handler change. */
    BlockSettings settings();

    /**
     * Folder that relative paths start from in those options that heed the directive {@code root}; the options of other
     * plugins start from {@link ServerContext#directory()}.
     */
    default Path directory() {
        return server().directory().resolve(settings().root());
    }

    /**
     * Looks up a name on behalf of a query by asking this server again, all server blocks included.
     *
     * @param inner made by {@link Query#inner}; too deep a nesting fails
     */
    Reply resolve(Query inner);

    /** Runs when the configuration was accepted, before it answers; plugins in list order. */
    void onStart(Runnable action);

    /** Runs when the configuration is replaced or the process stops; failures are logged. */
    void onStop(Runnable action);

    /**
     * Runs only when the process stops, while queries are still answered and before every {@link #onStop}; does not
     * block.
     */
    void onProcessStop(Runnable action);

    /** How long to go on answering when the process is to stop; of several blocks what satisfies all. */
    default void drain(Drain wanted) {}

    /** The first sockets open when {@code done} completes or {@code limit} is over; reloads wait the same way. */
    void holdStart(CompletableFuture<?> done, Duration limit);

    /** Registers what {@code ready} reports under the plugin's name; of several everything must hold. */
    void readiness(BooleanSupplier ready);

    /**
     * A resource that outlives a reload that asks for it again with an equal key; closed when no configuration uses it.
     *
     * @param key equal for equal resources, usually a configuration record
     */
    <T extends AutoCloseable> T shared(Object key, Supplier<T> opener);

    /** The zones of the block's keys, absolute and in lower case. */
    default List<String> zones() {
        return block().zones();
    }
}
