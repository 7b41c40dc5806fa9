package org.cairndns.kubernetes.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Size of the snapshot of 10,000 services with 100,000 endpoints, and what a process that has just begun takes to read it. */
class SnapshotSizeTest {
    private static final long MAX_OCTETS = 5_000_000;

    /**
     * Processor time of all threads. 300 ms on a machine that does nothing else; one that builds at the same time has its caches and
     * its clock for others too.
     */
    private static final long MAX_CPU_MILLIS = 1_200;

    private static final int READS = 3;

    @TempDir
    private Path folder;

    /** Names and zones of pods are in the second one; the third has the pods too. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "names", "pods"})
    void snapshot_ofLargeCluster_isSmallAndReadSoon(String content) throws Exception {
        Path file = folder.resolve(content);
        Map<String, Long> written = run("-Xmx192m", "write", file.toString(), content);
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < READS; i++) {
            Map<String, Long> read = run("-Xmx64m", "read", file.toString(), content);
            fastest = Math.min(fastest, read.get("cpuMillis"));
            assertThat(read.get("services")).isEqualTo(SnapshotProbe.SERVICES);
        }
        System.out.printf(
                "SnapshotSizeTest: %s: %d octets, written in %d ms, read in %d ms of processor time%n",
                content, written.get("octets"), written.get("cpuMillis"), fastest);

        assertThat(written.get("octets")).isLessThan(MAX_OCTETS);
        assertThat(fastest).isLessThan(MAX_CPU_MILLIS);
    }

    private Map<String, Long> run(String heap, String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                SnapshotProbe.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        Map<String, Long> figures = new HashMap<>();
        text.lines().map(line -> line.split(" ")).forEach(parts -> figures.put(parts[0], Long.parseLong(parts[1])));
        return figures;
    }
}
