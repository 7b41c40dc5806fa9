package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used, as Linux tells it.
 *
 * @param cpuSeconds user and system time of all its threads so far
 * @param rssKib resident memory
 * @param anonKib the part of it that is not backed by files
 */
public record Usage(double cpuSeconds, long rssKib, long anonKib) {
    /** Ticks of {@code /proc} a second; the same on every Linux that Java 25 runs on. */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields of {@code stat} behind the name in parentheses, see proc(5): utime is 14, the state is 3. */
    private static final int USER_TICKS = 14 - 3;

    static Usage of(long pid) throws IOException {
        Path folder = Path.of("/proc", String.valueOf(pid));
        String stat = Files.readString(folder.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
        String status = Files.readString(folder.resolve("status"));
        return new Usage(ticks / TICKS_PER_SECOND, kib(status, "VmRSS:"), kib(status, "RssAnon:"));
    }

    private static long kib(String status, String key) {
        return status.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }
}
