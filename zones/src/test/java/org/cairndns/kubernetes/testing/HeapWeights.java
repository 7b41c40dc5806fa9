package org.cairndns.kubernetes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Octets of heap by name, as a program finds them that runs alone with the server's collector and object headers. */
public final class HeapWeights {
    private HeapWeights() {}

    /**
     * Runs the program, whose lines are names and numbers.
     *
     * @param folder for its output
     */
    public static Map<String, Long> of(Class<?> program, Path folder) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                // Each collection leaves nothing behind, so that what is in use is what is reachable.
                "-XX:MarkSweepAlwaysCompactCount=1",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        System.out.println(program.getSimpleName() + ": octets of heap\n" + text);
        assertThat(process.exitValue()).as(text).isZero();
        Map<String, Long> weights = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split(" ");
            weights.put(parts[0], Long.parseLong(parts[1]));
        }
        return weights;
    }
}
