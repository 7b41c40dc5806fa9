package org.cairndns.server;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.cairndns.corefile.CorefileException;
import org.cairndns.server.net.SocketKind;
import org.cairndns.server.node.NodeAddressCommand;
import org.cairndns.server.plugins.JarPlugin;
import org.cairndns.server.smoke.SmokeCommand;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command line of the server; the only place that reads environment and system properties. */
@Command(
        name = "cairn",
        sortOptions = false,
        description = "In-cluster DNS server that takes the place of CoreDNS.",
        footer = {"", "Without -conf it reads ./Corefile, and answers 'whoami' where there is none."})
public final class Main implements Callable<Integer> {
    private static final int MESSAGE_IDS = 1 << 16;

    @Option(
            names = {"-conf", "--conf"},
            paramLabel = "FILE",
            description = "Corefile to load, or 'stdin'")
    private Optional<String> conf = Optional.empty();

    @Option(
            names = {"-dns.port", "--dns.port", "-p", "--p"},
            paramLabel = "PORT",
            description = "Port of server blocks that name none (default: ${DEFAULT-VALUE})")
    private int port = 53;

    @Option(
            names = {"-plugins", "--plugins"},
            description = "List the directives and exit")
    private boolean listPlugins;

    @Option(
            names = {"-version", "--version"},
            description = "Show the version and exit")
    private boolean version;

    @Option(
            names = {"-quiet", "--quiet"},
            description = "No zones and no version at start")
    private boolean quiet;

    @Option(
            names = {"-pidfile", "--pidfile"},
            paramLabel = "FILE",
            description = "Write the process id to this file after the start")
    private Optional<Path> pidFile = Optional.empty();

    @Option(
            names = {"-loops", "--loops"},
            paramLabel = "N",
            description = "Threads that answer queries (default: one per processor)")
    private int eventLoops = Runtime.getRuntime().availableProcessors();

    @Option(
            names = {"-strict", "--strict"},
            description =
                    "End with exit code 1, as CoreDNS does, when something around the server is amiss: a port that is"
                            + " taken, a file that is missing, a wrong Corefile beside one that was right, a forwarding loop")
    private boolean strict;

    @Option(
            names = {"-lastgood", "--lastgood"},
            paramLabel = "FILE",
            description =
                    "Keep the last Corefile that was taken in this file, for a start with a wrong one; 'off' for none"
                            + " but what the Corefile names (default: $CAIRN_LASTGOOD, else a file in /var/lib/cairn if that folder can be written)")
    private Optional<String> lastGood = Optional.empty();

    @Mixin
    private final PluginOptions plugins;

    @Option(
            names = {"-sockets", "--sockets"},
            paramLabel = "KIND",
            description = "How sockets are reached: native, epoll or nio (default: native)")
    private SocketKind sockets = SocketKind.NATIVE;

    @Option(
            names = {"-takeover", "--takeover"},
            description =
                    "Share the addresses of a server that listens there and is to be stopped once this one is ready")
    private boolean takeOver;

    @Option(
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Show this help and exit")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;

    private final PrintStream out = System.out;

    private Main(PluginOptions plugins) {
        this.plugins = plugins;
    }

    /** Starts the process. */
    public static void main(String[] args) {
        int code = isStock(args) ? serve(args[1]) : commandLine().execute(args);
        if (code >= 0) {
            System.exit(code);
        }
    }

    /**
     * True of {@code -conf FILE}, which is how manifests start a server. Such a start takes a shorter way: the classes of picocli
     * are too old for an archive, so reading them takes longer than all other classes together.
     */
    private static boolean isStock(String[] args) {
        return args.length == 2 && (args[0].equals("-conf") || args[0].equals("--conf"));
    }

    private static int serve(String file) {
        Main main = new Main(pluginOptions(home()));
        main.conf = Optional.of(file);
        try {
            return main.call();
        } catch (InterruptedException | RuntimeException e) {
            LoggerFactory.getLogger(Main.class).error("the start failed", e);
            return 1;
        }
    }

    static CommandLine commandLine() {
        Path home = home();
        return new CommandLine(new Main(pluginOptions(home)))
                .addSubcommand(new Demo(home.toAbsolutePath(), System.out))
                .addSubcommand(new Check(System.getenv(), pluginOptions(home), System.in, System.out))
                .addSubcommand(smoke())
                .addSubcommand(new NodeAddressCommand(System.out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setPosixClusteredShortOptionsAllowed(false)
                .setUnmatchedOptionsArePositionalParams(false)
                .setParameterExceptionHandler(new UsageErrors());
    }

    private static SmokeCommand smoke() {
        SecureRandom random = new SecureRandom();
        return new SmokeCommand(
                System.getenv(), Path.of("/etc/resolv.conf"), () -> random.nextInt(MESSAGE_IDS), System.out);
    }

    private static Path home() {
        return Path.of(System.getProperty("cairn.home", ""));
    }

    private static PluginOptions pluginOptions(Path home) {
        Optional<Path> named = Optional.ofNullable(System.getenv("CAIRN_PLUGINS_DIR"))
                .filter(text -> !text.isBlank())
                .map(Path::of);
        return new PluginOptions(named, home.resolve("plugins.d"));
    }

    /** Nobody's queries depend on the file, so that the server goes on without it, unless it is to be strict. */
    private void writeProcessId(Path file) throws IOException {
        try {
            Files.writeString(file, ProcessHandle.current().pid() + "\n");
        } catch (IOException e) {
            if (strict) {
                throw e;
            }
            warn("cannot write the process id: " + e);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (version) {
            BuildInfo.print(out);
            return 0;
        }
        if (listPlugins) {
            return list();
        }
        return serve(LogFormat.install(out));
    }

    private static void warn(String message) {
        LoggerFactory.getLogger(Main.class).warn("{}", message);
    }

    private int list() {
        try {
            plugins.load(System.err::println).plugins().stream()
                    .map(plugin -> "dns." + (plugin instanceof JarPlugin ? plugin.toString() : plugin.name()))
                    .distinct()
                    .sorted()
                    .forEach(out::println);
            return 0;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private int serve(LogWriter log) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        IntConsumer exit = code -> {
            log.flush();
            Runtime.getRuntime().halt(code);
        };
        StartPolicy policy = new StartPolicy(
                strict ? StartPolicy.Mode.STRICT : StartPolicy.Mode.ALWAYS_ON,
                LastGoodPlace.choose(lastGood, System.getenv(), conf),
                takeOver);
        ServerOptions options = new ServerOptions(port, eventLoops, sockets, exit, policy);
        try {
            CorefileLoader loader = CorefileLoader.of(conf, System.getenv(), System.in);
            RunningServer server = RunningServer.create(options, loader, plugins.load(Main::warn));
            // A probe may say that it is ready before start has come back, and what follows from that is a signal at
            // times.
            Signals.install(server, ended);
            server.start();
            log.flush();
            if (!quiet) {
                server.running().banner.forEach(line -> log.print(line + "\n"));
                BuildInfo.lines().forEach(line -> log.print(line + "\n"));
            }
            if (pidFile.isPresent()) {
                writeProcessId(pidFile.get());
            }
        } catch (CorefileException | IOException e) {
            log.flush();
            System.err.println(e.getMessage());
            return 1;
        }
        ended.await();
        return 0;
    }
}
