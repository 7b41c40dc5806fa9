package org.cairndns.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The server of an image as a container would run it, without a container engine: its root file system, read-only, as user 65532,
 * with processes and a network of its own in which users may listen on port 53.
 */
final class Confined implements AutoCloseable {
    private static final int STOP_SECONDS = 30;

    /** The first argument is the root, the others the program. What is mounted goes with the last process. */
    private static final String ENTER = """
            ip link set lo up && echo 53 >/proc/sys/net/ipv4/ip_unprivileged_port_start &&
            mount --bind "$0" "$0" && mount -t proc proc "$0/proc" && mount -o remount,bind,ro "$0" &&
            exec setpriv --no-new-privs chroot --userspec=65532:65532 --groups= "$0" "$@"
            """;

    private final Process process;
    private final Path log;

    private Confined(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Says why this cannot be done here; empty if it can. */
    static String obstacle() throws IOException, InterruptedException {
        Commands.Result result = Commands.run("unshare", "--mount", "--net", "--pid", "--fork", "true");
        return result.code() == 0 ? "" : "namespaces cannot be made here: " + result.lastLine();
    }

    /**
     * Starts the image's entry point with these arguments.
     *
     * @param root the unpacked image
     * @param javaOptions come last and win
     */
    static Confined start(ImageFile image, Path root, Path log, String javaOptions, String... arguments)
            throws IOException {
        Files.createDirectories(root.resolve("proc"));
        List<String> command =
                new ArrayList<>(List.of("unshare", "--mount", "--net", "--pid", "--fork", "sh", "-c", ENTER));
        command.add(root.toString());
        image.config().get("Entrypoint").forEach(word -> command.add(word.asString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        image.config().get("Env").forEach(variable -> {
            String[] parts = variable.asString().split("=", 2);
            if (!parts[0].equals("PATH")) {
                builder.environment().put(parts[0], parts[1]);
            }
        });
        builder.environment().put("_JAVA_OPTIONS", javaOptions);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Confined(process, log);
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What dig says to these words, asked from inside of the server's network. */
    String dig(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "nsenter",
                "--net",
                "--target",
                Long.toString(server().pid()),
                "dig",
                "@127.0.0.1",
                "+tries=1",
                "+time=2"));
        command.addAll(List.of(words));
        return Commands.run(command.toArray(String[]::new)).output();
    }

    /** Names of files that the server has in its memory. */
    String maps() throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(server().pid()), "maps"));
    }

    /** Ends it by TERM; the exit code. */
    int stop() throws InterruptedException {
        server().destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the server does not end within " + STOP_SECONDS + " s of TERM");
        }
        return process.exitValue();
    }

    private ProcessHandle server() {
        return process.children().findFirst().orElse(process.toHandle());
    }

    @Override
    public void close() {
        server().destroyForcibly();
        process.destroyForcibly();
    }
}
