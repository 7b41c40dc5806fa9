package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process and those it started have used, as Linux tells it.
 *
 * @param cpuSeconds user and system time of all threads so far
 * @param rssKib resident memory
 * @param anonKib the part of it that is not backed by files
 */
public record Usage(double cpuSeconds, long rssKib, long anonKib) {
    /** Ticks of {@code /proc} a second; the same on every Linux that Java 25 runs on. */
    private static final double TICKS_PER_SECOND = 100;

    /**
     * Fields of {@code stat} behind the name in parentheses, see proc(5): the state is 3, utime is 14, then stime, and both for
     * children that have ended.
     */
    private static final int USER_TICKS = 14 - 3;

    private static final int TICK_FIELDS = 4;

    /** The process with all its descendants. */
    static Usage of(long pid) throws IOException {
        Usage sum = ofOne(pid);
        List<Long> below = ProcessHandle.of(pid)
                .map(process -> process.descendants().map(ProcessHandle::pid).toList())
                .orElse(List.of());
        for (long child : below) {
            try {
                sum = sum.plus(ofOne(child));
            } catch (NoSuchFileException e) {
                // It has ended meanwhile; its time is in that of its parent.
            }
        }
        return sum;
    }

    private static Usage ofOne(long pid) throws IOException {
        Path folder = Path.of("/proc", String.valueOf(pid));
        String stat = Files.readString(folder.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = USER_TICKS; i < USER_TICKS + TICK_FIELDS; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        String status = Files.readString(folder.resolve("status"));
        return new Usage(ticks / TICKS_PER_SECOND, kib(status, "VmRSS:"), kib(status, "RssAnon:"));
    }

    private Usage plus(Usage other) {
        return new Usage(cpuSeconds + other.cpuSeconds, rssKib + other.rssKib, anonKib + other.anonKib);
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
