package org.cairndns.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Scheme;
import org.cairndns.plugin.PluginList;
import org.cairndns.server.net.SocketKind;
import org.cairndns.server.query.QueryRunner;

/** A server inside another program: the same as the process, without command line, signals and exit. */
public final class EmbeddedServer implements AutoCloseable {
    private final RunningServer server;
    private final CompletableFuture<Integer> exit;

    private EmbeddedServer(RunningServer server, CompletableFuture<Integer> exit) {
        this.server = server;
        this.exit = exit;
    }

    /** Starts a server with this Corefile and port 0 for {@code dns://} keys without a port. */
    public static EmbeddedServer start(String corefile) throws IOException, CorefileException {
        return start(corefile, PluginList.builtIn());
    }

    /** The same with other plugins, such as {@link org.cairndns.server.plugins.PluginFolder} finds. */
    public static EmbeddedServer start(String corefile, PluginList plugins) throws IOException, CorefileException {
        return start(CorefileLoader.ofText(corefile, Map.of()), plugins);
    }

    /** Starts a server with a Corefile on the disk, which {@link #reload} reads again. */
    public static EmbeddedServer startFile(Path corefile) throws IOException, CorefileException {
        return start(CorefileLoader.of(Optional.of(corefile.toString()), Map.of(), System.in), PluginList.builtIn());
    }

    /**
     * Starts a server with a Corefile on the disk that goes on whatever is amiss around it, as the process does without {@code
     * -strict}.
     *
     * @param lastGood file that keeps the last Corefile that was taken, if any
     */
    public static EmbeddedServer startAnyhow(Path corefile, Optional<Path> lastGood)
            throws IOException, CorefileException {
        StartPolicy policy = new StartPolicy(
                StartPolicy.Mode.ALWAYS_ON, new StartPolicy.LastGoodChoice(lastGood, Optional.empty()), false);
        return start(
                CorefileLoader.of(Optional.of(corefile.toString()), Map.of(), System.in), PluginList.builtIn(), policy);
    }

    private static EmbeddedServer start(CorefileLoader loader, PluginList plugins)
            throws IOException, CorefileException {
        return start(loader, plugins, StartPolicy.EMBEDDED);
    }

    private static EmbeddedServer start(CorefileLoader loader, PluginList plugins, StartPolicy policy)
            throws IOException, CorefileException {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        ServerOptions options = new ServerOptions(0, 2, SocketKind.NATIVE, exit::complete, policy);
        RunningServer server = RunningServer.create(options, loader, plugins);
        try {
            server.start();
        } catch (IOException | CorefileException | RuntimeException e) {
            server.close();
            throw e;
        }
        return new EmbeddedServer(server, exit);
    }

    /** Port of the first DNS listener. */
    public int port() {
        return server.port();
    }

    /** Port of the first listener that speaks this. */
    public int port(Scheme scheme) {
        return server.port(scheme);
    }

    /** The core behind the first DNS listener, to be asked without a socket in between; reloads reach it. */
    public QueryRunner queries() {
        return server.queries();
    }

    /** The port of an HTTP address that was configured with port 0. */
    public int httpPort(InetSocketAddress configured) {
        return server.httpPort(configured);
    }

    /** Reads the Corefile again; true if it is the one that runs now. */
    public boolean reload() {
        return server.reload();
    }

    /** Completes with the exit code when a plugin asks the process to end. */
    public CompletableFuture<Integer> exitRequested() {
        return exit;
    }

    @Override
    public void close() {
        server.close();
    }
}
