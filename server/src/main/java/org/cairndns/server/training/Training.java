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

    /** For an emulated processor, where a start and the writing of the archive take a hundred times as long. */
    private static final int READY_SECONDS = 900;

    private static final int END_SECONDS = 900;

    /** What runs is compiled as early as usual, for the archive to know all of it. */
    private static final List<String> EAGER = List.of(
            "-XX:Tier3InvocationThreshold=200",
            "-XX:Tier3MinInvocationThreshold=100",
            "-XX:Tier3CompileThreshold=2000");

    private static final int FREE_PORTS = 5;

    private final Path folder;
    private final List<String> java;
    private final String classPath;

    /**
     * @param java the java command of the server with its options
     */
    private Training(Path folder, List<String> java, String classPath) {
        this.folder = folder;
        this.java = java;
        this.classPath = classPath;
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
            new Training(folder, List.of(args[0], "@" + Path.of(args[1]).toAbsolutePath()), args[2]).run(archive);
        } catch (IOException | GeneralSecurityException e) {
            System.err.println("training: " + e.getMessage());
        } finally {
            TrainingFiles.delete(folder);
        }
        System.exit(Files.exists(archive) ? 0 : 1);
    }

    private void run(Path archive) throws IOException, GeneralSecurityException, InterruptedException {
        TrainingFiles files = new TrainingFiles(folder, Path.of(java.getFirst()));
        List<Integer> ports = freePorts();
        // Clusters sign with either; what verifies a signature is to be in the archive.
        KeyStore rsaKeys = files.keys("RSA");
        KeyStore ecKeys = files.keys("EC");
        try (TrainingApi rsa = TrainingApi.start(rsaKeys);
                TrainingApi ec = TrainingApi.start(ecKeys);
                TrainingUpstream upstream = TrainingUpstream.start()) {
            Path corefile = files.corefile(
                    ports, upstream.port(), files.kubeconfig(rsaKeys, rsa.port()), files.kubeconfig(ecKeys, ec.port()));
            TrainingLoad load = new TrainingLoad(ports);
            // The first one leaves a snapshot, which the second one reads.
            serve(List.of(), corefile, load, false);
            List<String> options = new ArrayList<>(EAGER);
            options.add("-XX:AOTCacheOutput=" + archive);
            serve(options, corefile, load, true);
        }
    }

    private void serve(List<String> options, Path corefile, TrainingLoad load, boolean use)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, "org.cairndns.server.Main", "-conf", corefile.toString()));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            awaitReady(load, process);
            if (use) {
                load.run();
            }
        } finally {
            end(process, log);
        }
    }

    private static void awaitReady(TrainingLoad load, Process process) throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!load.isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadlineNanos) {
                throw new IOException("the server does not get ready within " + READY_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
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
