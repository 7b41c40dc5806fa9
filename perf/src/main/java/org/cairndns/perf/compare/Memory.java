package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most resident memory that a process had, as Linux keeps it, see proc(5). */
public final class Memory {
    private static final String FORGET_THE_PEAK = "5";

    private Memory() {}

    /** Lets the peak begin anew at what is resident now. */
    public static void forgetPeak(long pid) throws IOException {
        Files.writeString(Path.of("/proc", String.valueOf(pid), "clear_refs"), FORGET_THE_PEAK);
    }

    /** The peak in KiB since the start of the process or since it was forgotten. */
    public static long peakKib(long pid) throws IOException {
        return Files.readString(Path.of("/proc", String.valueOf(pid), "status"))
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
