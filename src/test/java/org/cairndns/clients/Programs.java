package org.cairndns.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine: whether they are there, and what comes of them within a deadline. */
final class Programs {
    private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/sbin", "/usr/local/go/bin");

    private Programs() {}

    /** True if a program of this name, or at this path, can be run. */
    static boolean present(String program) {
        if (program.startsWith("/")) {
            return Files.isExecutable(Path.of(program));
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":")), SYSTEM_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs a program of this machine, such as a compiler, outside of all pods. */
    static Ran run(String... command) throws IOException, InterruptedException {
        return run(List.of(command), Duration.ofSeconds(60));
    }

    /** Runs a command until it ends; fails, with what it wrote so far, if that takes longer. */
    static Ran run(List<String> command, Duration limit) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        Path errors = Files.createTempFile("errors", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().keySet().removeAll(List.of("RES_OPTIONS", "LOCALDOMAIN", "GODEBUG", "http_proxy"));
            builder.environment().put("LC_ALL", "C.UTF-8");
            long startNanos = System.nanoTime();
            Process process = builder.start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                stop(process);
                throw new AssertionError(String.join(" ", command) + " does not end within " + limit.toMillis()
                        + " ms:\n" + Files.readString(output) + Files.readString(errors));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
            return new Ran(command, process.exitValue(), Files.readString(output), Files.readString(errors), took);
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    /** Ends a program and what it has started, itself first: it shall not go on when it sees the others gone. */
    private static void stop(Process process) throws InterruptedException {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly().waitFor();
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
