package org.cairndns.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The reference server as a process; the environment variable {@code COREDNS} names its program. */
final class CoreDns implements AutoCloseable {
    private static final int STOP_SECONDS = 20;

    private final Process process;
    private final Path log;

    private CoreDns(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** The program, where there is one. */
    static Optional<Path> program() {
        return Optional.ofNullable(System.getenv("COREDNS"))
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable);
    }

    /** Starts it with a Corefile; its output goes beside that. */
    static CoreDns start(Path corefile) throws IOException {
        Path log = Path.of(corefile + ".log");
        List<String> command = List.of(program().orElseThrow().toString(), "-conf", corefile.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // Should the tests be killed, what they started goes too.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new CoreDns(process, log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it wrote. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** Ends it by TERM, as a kubelet does. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("CoreDNS does not end within " + STOP_SECONDS + " s of TERM");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
