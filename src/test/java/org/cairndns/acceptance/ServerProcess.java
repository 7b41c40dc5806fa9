package org.cairndns.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The server as a process of its own, with the JVM options that it is delivered with. */
public final class ServerProcess implements AutoCloseable {
    private static final int STOP_SECONDS = 30;

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Starts {@code org.cairndns.server.Main}; its output goes to {@code log}. */
    public static ServerProcess start(Path log, Map<String, String> environment, String... arguments)
            throws IOException {
        return startBy(List.of(), log, environment, arguments);
    }

    /** Starts it by way of another program, such as one that enters a network namespace and becomes what follows. */
    public static ServerProcess startBy(
            List<String> program, Path log, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(java(), "@" + jvmOptions(), "-cp", classPath()));
        command.add("org.cairndns.server.Main");
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        // Should the tests be killed, what they started goes too.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new ServerProcess(process);
    }

    /** The Java that runs this test. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The class path of this test. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The options file that the server is delivered with. */
    static Path jvmOptions() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !folder.resolve("server/jvm.options").toFile().isFile()) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no server/jvm.options above the working directory");
        }
        return folder.resolve("server/jvm.options");
    }

    /** True until it has ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for a command that ends of itself; its exit code. */
    public int await() throws InterruptedException {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the command does not end within " + STOP_SECONDS + " s");
        }
        return process.exitValue();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Has the Corefile read again, as by {@code kill -USR1}. */
    void reload() throws IOException, InterruptedException {
        run("kill", "-USR1", Long.toString(process.pid()));
    }

    /** Tells it to end, as Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        run("kill", "-INT", Long.toString(process.pid()));
    }

    /** Has the whole heap collected. */
    void collectGarbage() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        run(jcmd, Long.toString(process.pid()), "GC.run");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(started.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (started.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + output);
        }
    }

    /** Tells it to end, as a kubelet does, and does not wait for that. */
    void terminate() {
        process.destroy();
    }

    /** Ends it as a kubelet does, by TERM; the exit code. */
    public int stop() throws InterruptedException {
        terminate();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the server does not end within " + STOP_SECONDS + " s of TERM");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
