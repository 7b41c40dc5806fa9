package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How long a process had to wait for its processor, as Linux tells it. */
public final class Waited {
    private static final double NANOS_PER_MILLI = 1e6;

    private Waited() {}

    /** Time that threads of a process, all taken together, were ready to run and did not, since they began. */
    public static double millis(long pid) throws IOException {
        List<Path> threads;
        try (Stream<Path> found = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            threads = found.toList();
        }
        double nanos = 0;
        for (Path thread : threads) {
            try {
                // proc(5): time on the processor, time in the queue for it, number of turns.
                nanos += Double.parseDouble(
                        Files.readString(thread.resolve("schedstat")).strip().split(" ")[1]);
            } catch (NoSuchFileException e) {
                // The thread has ended since the list was made, and its time with it.
            }
        }
        return nanos / NANOS_PER_MILLI;
    }
}
