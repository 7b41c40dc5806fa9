package org.cairndns.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.cairndns.corefile.CorefileException;
import org.cairndns.plugin.PluginList;
import org.cairndns.server.net.SocketKind;
import org.cairndns.server.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code cairn demo}: the sample homelab on a loopback port, without a cluster and without root. */
@Command(
        name = "demo",
        description = "Serve the sample homelab on 127.0.0.1 and say what to ask it.",
        sortOptions = false)
final class Demo implements Callable<Integer> {
    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final Path SYSTEM_RESOLVERS = Path.of("/etc/resolv.conf");

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "UDP and TCP port to listen on (default: ${DEFAULT-VALUE})")
    private int port = 1053;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private final HelpOption help = new HelpOption();

    private final Path manifests;
    private final PrintStream out;

    /**
     * @param home folder of the source tree or the installation, which holds {@code deploy/homelab}
     */
    Demo(Path home, PrintStream out) {
        this.manifests = home.resolve("deploy").resolve("homelab");
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        LogWriter log = LogFormat.install(out);
        CountDownLatch ended = new CountDownLatch(1);
        ServerOptions options = new ServerOptions(port, 1, SocketKind.NATIVE, Runtime.getRuntime()::halt);
        try {
            checkFree();
            checkManifests();
            RunningServer server =
                    RunningServer.create(options, CorefileLoader.ofText(corefile(), Map.of()), PluginList.builtIn());
            server.start();
            log.flush();
            explain(server);
            Signals.install(server, ended);
        } catch (CorefileException | IOException e) {
            System.err.println("cairn demo: " + e.getMessage());
            return 1;
        }
        ended.await();
        return 0;
    }

    /** Listening sockets share their port with others of their kind, so two demos would take turns in answering. */
    private void checkFree() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, port));
                ServerSocket tcp = new ServerSocket(port, 1, loopback)) {
            udp.getLocalPort();
            tcp.getLocalPort();
        } catch (IOException e) {
            throw new IOException("port " + port + " on 127.0.0.1 is in use; choose another with --port", e);
        }
    }

    private void checkManifests() throws IOException {
        if (!Files.isDirectory(manifests)) {
            throw new IOException("the sample homelab is not in " + manifests + "; run ./cairn from a complete tree");
        }
    }

    private String corefile() {
        String forward = Files.isReadable(SYSTEM_RESOLVERS) ? "    forward . " + SYSTEM_RESOLVERS + "\n" : "";
        return """
            .:%d {
                bind 127.0.0.1
                errors
                log . {
                    class error
                }
                health 127.0.0.1:0
                ready 127.0.0.1:0
                prometheus 127.0.0.1:0
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    manifests "%s"
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                    ttl 30
                }
            %s    cache 30
                loadbalance
            }
            """.formatted(port, manifests, forward);
    }

    private void explain(RunningServer server) {
        String dig = "  dig +short @127.0.0.1 -p " + port + " ";
        out.println("The sample homelab answers on 127.0.0.1:" + port + ". Ask it:");
        out.println(dig + "home-assistant.automation.svc.cluster.local        # 10.152.183.20");
        out.println(dig + "_redis._tcp.redis-headless.data.svc.cluster.local SRV   # three Redis nodes, port 6379");
        out.println(
                dig + "-x 10.152.183.60                                    # traefik.networking.svc.cluster.local.");
        out.println("Its objects are the files in " + manifests + "; edit one and ask again.");
        out.println("Metrics and probes: " + url(server, "/metrics") + "  " + url(server, "/health") + "  "
                + url(server, "/ready"));
        out.println("How it is, for people: " + url(server, "/status"));
        out.println("Ctrl-C ends it.");
    }

    private static String url(RunningServer server, String path) {
        return "http://127.0.0.1:" + server.httpPort(FREE) + path;
    }
}
