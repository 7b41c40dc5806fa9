package org.cairndns.server.training;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program that has a server start beside a cluster of its own making, uses it for some seconds, and ends it.
 *
 * <p>The server runs in a process of its own with {@code -XX:AOTCacheOutput}, so that the archive knows what a server needs and
 * nothing of this program. All sockets are on loopback.
 */
public final class Training {
    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static final int READY_SECONDS = 60;
    private static final int END_SECONDS = 120;
    private static final int FREE_PORTS = 5;

    private final Path folder;
    private final List<String> server;

    private Training(Path folder, List<String> server) {
        this.folder = folder;
        this.server = server;
    }

    /**
     * Makes the archive; ends with 0 if it was made.
     *
     * @param args the java command of the server, the options file, the class path and the archive
     */
    public static void main(String[] args) throws Exception {
        if (args.length != 4) {
            System.err.println("expected: JAVA OPTIONS-FILE CLASSPATH ARCHIVE, got " + args.length + " arguments");
            System.exit(2);
        }
        Path archive = Path.of(args[3]).toAbsolutePath();
        Path folder = Files.createTempDirectory("cairn-training");
        try {
            Files.deleteIfExists(archive);
            new Training(folder, command(args[0], Path.of(args[1]).toAbsolutePath(), args[2], archive)).run();
        } catch (IOException | GeneralSecurityException e) {
            System.err.println("training: " + e.getMessage());
        } finally {
            TrainingFiles.delete(folder);
        }
        System.exit(Files.exists(archive) ? 0 : 1);
    }

    /** Without profiles of methods: from them the second compiler starts at once, and holds up the first answer by a third. */
    private static List<String> command(String java, Path options, String classPath, Path archive) {
        return List.of(
                java,
                "@" + options,
                "-XX:-AOTRecordTraining",
                "-XX:AOTCacheOutput=" + archive,
                "-cp",
                classPath,
                "org.cairndns.server.Main",
                "-conf");
    }

    private void run() throws IOException, GeneralSecurityException, InterruptedException {
        TrainingFiles files = new TrainingFiles(folder, Path.of(server.getFirst()));
        List<Integer> ports = freePorts();
        // Clusters sign with either; what verifies a signature is to be in the archive.
        KeyStore rsaKeys = files.keys("RSA");
        KeyStore ecKeys = files.keys("EC");
        try (TrainingApi rsa = TrainingApi.start(rsaKeys);
                TrainingApi ec = TrainingApi.start(ecKeys);
                TrainingUpstream upstream = TrainingUpstream.start()) {
            Path corefile = files.corefile(
                    ports, upstream.port(), files.kubeconfig(rsaKeys, rsa.port()), files.kubeconfig(ecKeys, ec.port()));
            List<String> command = new ArrayList<>(server);
            command.add(corefile.toString());
            Path log = folder.resolve("log");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                use(new TrainingLoad(ports), process);
            } finally {
                end(process, log);
            }
        }
    }

    private static void use(TrainingLoad load, Process process) throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!load.isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadlineNanos) {
                throw new IOException("the server does not get ready");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        load.run();
    }

    /** Ends the server by TERM as a kubelet does; it writes the archive at its end. */
    private static void end(Process process, Path log) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        if (process.exitValue() != 0) {
            System.err.println(Files.readString(log));
            throw new IOException("the server ended with " + process.exitValue());
        }
    }

    /** Ports that are free for TCP, and in all likelihood for UDP too. */
    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        for (int i = 0; i < FREE_PORTS; i++) {
            held.add(new ServerSocket(0, 1, LOOPBACK));
        }
        List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : held) {
            socket.close();
        }
        return ports;
    }
}
