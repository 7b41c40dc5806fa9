package org.cairndns.perf.latency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Processor time of the event loops of a Cairn process, by the names of their threads. */
final class LoopTimes {
    private static final String LOOP_NAME = "dns-";
    private static final double NANOS_PER_SECOND = 1e9;

    private LoopTimes() {}

    /** Seconds so far by thread. */
    static Map<String, Double> of(long pid) throws IOException {
        Map<String, Double> seconds = new TreeMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).startsWith(LOOP_NAME)) {
                    String[] times = Files.readString(thread.resolve("schedstat"))
                            .strip()
                            .split(" ");
                    seconds.put(String.valueOf(thread.getFileName()), Double.parseDouble(times[0]) / NANOS_PER_SECOND);
                }
            }
        }
        return seconds;
    }

    /** What came to each loop between two looks. */
    static List<Double> between(Map<String, Double> before, Map<String, Double> after) {
        return after.entrySet().stream()
                .map(entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0.0))
                .toList();
    }
}
