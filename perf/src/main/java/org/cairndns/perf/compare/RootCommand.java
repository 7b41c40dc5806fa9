package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs that change networks and the like; they end at once. */
public final class RootCommand {
    private RootCommand() {}

    /** Runs a program; what it wrote. Fails with that if it does not end well. */
    public static String run(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var toProcess = process.getOutputStream()) {
            toProcess.write(input.getBytes(StandardCharsets.US_ASCII));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output + input);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output;
    }

    /** The same without input. */
    public static String run(String... command) throws IOException {
        return run(List.of(command), "");
    }
}
