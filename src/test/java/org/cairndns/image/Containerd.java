package org.cairndns.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cairndns.testing.Await;

/** A containerd with folders and a socket of its own, and with Kubernetes' namespace of images. */
final class Containerd implements AutoCloseable {
    private static final int STOP_SECONDS = 30;
    private static final String CONTAINER = "cairn";

    /** Without the interface for kubelets, which would look for the machine's network plugins. */
    private static final String CONFIGURATION = """
            version = 2
            root = "%1$s/root"
            state = "%1$s/state"
            disabled_plugins = ["io.containerd.grpc.v1.cri"]
            [grpc]
            address = "%1$s/socket"
            """;

    /** A network in which users may listen on port 53, as in a pod; it is there until the end of its input. */
    private static final String NETWORK =
            "ip link set lo up && echo 53 >/proc/sys/net/ipv4/ip_unprivileged_port_start && echo ready && exec cat";

    private final Process daemon;
    private final Path folder;

    private Containerd(Process daemon, Path folder) {
        this.daemon = daemon;
        this.folder = folder;
    }

    /** Says why none can be run here; empty if one can. */
    static String obstacle() throws IOException, InterruptedException {
        for (String program : List.of("containerd", "ctr", "runc", "ip", "dig", "unshare", "nsenter")) {
            if (run("sh", "-c", "command -v " + program).code() != 0) {
                return "no " + program + " here";
            }
        }
        if (!run("id", "-u").lastLine().equals("0")) {
            return "containerd needs root";
        }
        Commands.Result result = run("unshare", "--mount", "--net", "true");
        return result.code() == 0 ? "" : "namespaces cannot be made here: " + result.lastLine();
    }

    /** A command that looks for programs, its own and those that it starts, where Debian has those of root too. */
    private static List<String> found(List<String> command) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.concat(Stream.of("env", "PATH=" + path + ":/usr/sbin:/sbin"), command.stream())
                .toList();
    }

    private static Commands.Result run(String... command) throws IOException, InterruptedException {
        return Commands.run(found(List.of(command)).toArray(String[]::new));
    }

    static Containerd start(Path folder) throws Exception {
        Path configuration = Files.writeString(folder.resolve("config.toml"), CONFIGURATION.formatted(folder));
        Path log = folder.resolve("containerd.log");
        Process process = new ProcessBuilder(found(List.of("containerd", "--config", configuration.toString())))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        Containerd started = new Containerd(process, folder);
        try {
            Await.until(
                    "containerd answers",
                    () -> !process.isAlive() || started.ctr("version").code() == 0);
            if (!process.isAlive()) {
                throw new AssertionError("containerd ended:\n" + Files.readString(log));
            }
            return started;
        } catch (Exception | AssertionError e) {
            started.close();
            throw e;
        }
    }

    /** Runs its command-line client. */
    Commands.Result ctr(String... words) throws IOException, InterruptedException {
        return run(client(words).toArray(String[]::new));
    }

    private List<String> client(String... words) {
        return Stream.concat(
                        Stream.of("ctr", "--address", folder.resolve("socket").toString(), "--namespace", "k8s.io"),
                        Stream.of(words))
                .toList();
    }

    /**
     * Starts the image with its own entry point and user, as pods are: root file system read-only, the runtime's system calls,
     * memory of the stock Deployment.
     *
     * @param corefile is where the image looks for one by itself
     */
    Task run(String image, Path corefile) throws IOException {
        Process network = new ProcessBuilder(found(List.of("unshare", "--net", "sh", "-c", NETWORK))).start();
        try {
            if (!"ready".equals(network.inputReader().readLine())) {
                throw new IOException("no network: " + network.errorReader().readLine());
            }
            return run(image, corefile, network);
        } catch (IOException e) {
            network.destroy();
            throw e;
        }
    }

    private Task run(String image, Path corefile, Process network) throws IOException {
        Path log = folder.resolve("log");
        List<String> command =
                new ArrayList<>(client("run", "--rm", "--snapshotter", "native", "--read-only", "--seccomp"));
        command.addAll(List.of("--memory-limit", Long.toString(170L << 20)));
        command.addAll(List.of("--with-ns", "network:/proc/" + network.pid() + "/ns/net"));
        command.addAll(List.of("--mount", "type=bind,src=" + corefile + ",dst=/Corefile,options=rbind:ro"));
        command.addAll(List.of(image, CONTAINER));
        Process client = new ProcessBuilder(found(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Task(client, network, log);
    }

    /** Its files go too, among them links of the image, about which JUnit would complain. */
    @Override
    public void close() throws IOException, InterruptedException {
        daemon.destroy();
        if (!daemon.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            daemon.destroyForcibly();
        }
        run("rm", "-rf", folder.resolve("root").toString());
    }

    /** A server in a container of it. */
    final class Task implements AutoCloseable {
        private final Process client;
        private final Process network;
        private final Path log;

        private Task(Process client, Process network, Path log) {
            this.client = client;
            this.network = network;
            this.log = log;
        }

        boolean isAlive() {
            return client.isAlive();
        }

        String log() throws IOException {
            return Files.readString(log);
        }

        /** What dig says to these words, asked from inside of the server's network. */
        String dig(String... words) throws IOException, InterruptedException {
            Stream<String> start = Stream.of(
                    "nsenter", "--net=/proc/" + network.pid() + "/ns/net", "dig", "@127.0.0.1", "+tries=1", "+time=2");
            return Containerd.run(Stream.concat(start, Stream.of(words)).toArray(String[]::new))
                    .output();
        }

        /** What the kernel says of the server's process. */
        String status() throws IOException, InterruptedException {
            String line = ctr("tasks", "list").orFail().lines().toList().getLast();
            return Files.readString(Path.of("/proc", line.split("\\s+")[1], "status"));
        }

        /** Ends it by TERM; the exit code. */
        int stop() throws IOException, InterruptedException {
            ctr("tasks", "kill", "--signal", "SIGTERM", CONTAINER).orFail();
            if (!client.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the server does not end within " + STOP_SECONDS + " s of TERM");
            }
            return client.exitValue();
        }

        @Override
        public void close() throws IOException, InterruptedException {
            try {
                if (client.isAlive()) {
                    ctr("tasks", "kill", "--signal", "SIGKILL", CONTAINER);
                    if (!client.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                        client.destroyForcibly();
                    }
                }
            } finally {
                network.destroy();
            }
        }
    }
}
