package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A started program with its log; ends with the harness at the latest. */
final class RunningProcess implements AutoCloseable {
    private static final int GRACE_SECONDS = 10;
    private static final int LOG_LINES = 15;
    private static final long STEP_NANOS = 2_000_000;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread reaper;

    private RunningProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.reaper = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /**
     * Starts a program in a folder, where its output goes to {@code NAME.log}.
     *
     * @param command must end in the program itself, not in a shell around it, for {@link #usage} to be right
     */
    static RunningProcess start(String name, Path folder, List<String> command) throws IOException {
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new RunningProcess(name, builder.start(), log);
    }

    long pid() {
        return process.pid();
    }

    Usage usage() throws IOException {
        return Usage.of(process.pid());
    }

    /** What it has written so far, line by line. */
    List<String> log() throws IOException {
        return Files.readAllLines(log);
    }

    /** A condition that may fail to be read. */
    @FunctionalInterface
    interface Condition {
        /** True if it holds now. */
        boolean holds() throws IOException, InterruptedException;
    }

    /**
     * Waits in short steps until the condition holds.
     *
     * @return how long that took in nanoseconds
     * @throws IOException if the limit is over or the program has ended
     */
    long await(Duration limit, Condition condition) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        while (!condition.holds()) {
            checkAlive();
            if (System.nanoTime() - startNanos > limit.toNanos()) {
                throw new IOException(name + " is not ready after " + limit.toSeconds() + " s");
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return System.nanoTime() - startNanos;
    }

    /** Fails with the end of the log if the program has ended. */
    void checkAlive() throws IOException {
        if (!process.isAlive()) {
            List<String> lines = log();
            String end = String.join("\n  ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
            throw new IOException(name + " has ended; the end of its log:\n  " + end);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(reaper);
    }
}
