package org.cairndns.manifests;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A call of a program of the machine. */
final class Tool {
    /** How a call ended, with both of its outputs. */
    record Outcome(int exit, String text) {}

    private Tool() {}

    /** A program in one of these places or in PATH; ends the test as skipped, with a reason, where it is in none. */
    static Path find(String name, String reason, Path... places) {
        Stream<Path> onPath =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(folder -> Path.of(folder, name));
        return Stream.concat(Stream.of(places), onPath)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> skip("skipped: " + reason));
    }

    private static Path skip(String reason) {
        System.out.println(reason);
        return abort(reason);
    }

    /**
     * Runs a command to its end.
     *
     * @param environment what it has besides the environment of the tests
     */
    static Outcome run(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
