package org.cairndns.perf.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The control group of a container, version 1 or 2 of them: what its processes use, and what they are refused. */
public final class ControlGroup {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final long OCTETS_PER_KIB = 1024;

    private final Path memory;
    private final Path processor;
    private final boolean second;

    private ControlGroup(Path memory, Path processor, boolean second) {
        this.memory = memory;
        this.processor = processor;
        this.second = second;
    }

    /** The one of a process; empty if there is no such process. */
    static Optional<ControlGroup> of(long pid) {
        try {
            return Optional.of(of(Files.readAllLines(Path.of("/proc", String.valueOf(pid), "cgroup")), ROOT));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The one that lines of {@code /proc/PID/cgroup} name, see cgroups(7). */
    static ControlGroup of(List<String> lines, Path root) {
        Path memory = root;
        Path processor = root;
        boolean second = true;
        for (String line : lines) {
            String[] fields = line.split(":", 3);
            String path = fields[2].substring(1);
            if (fields[1].isEmpty() && second) {
                memory = root.resolve(path);
                processor = memory;
            }
            for (String controller : fields[1].split(",")) {
                if (controller.equals("memory")) {
                    memory = root.resolve(controller).resolve(path);
                    second = false;
                } else if (controller.equals("cpu")) {
                    processor = root.resolve(fields[1]).resolve(path);
                }
            }
        }
        return new ControlGroup(memory, processor, second);
    }

    /** What it has of memory now. */
    public ContainerMemory memory() throws IOException {
        List<String> details = Files.readAllLines(memory.resolve("memory.stat"));
        return new ContainerMemory(
                kib(second ? "memory.current" : "memory.usage_in_bytes"),
                kib(second ? "memory.peak" : "memory.max_usage_in_bytes"),
                value(details, second ? "anon" : "total_rss") / OCTETS_PER_KIB,
                value(details, second ? "file" : "total_cache") / OCTETS_PER_KIB);
    }

    /** The most memory that it may have; fails where it may have all there is. */
    public long memoryLimitKib() throws IOException {
        return kib(second ? "memory.max" : "memory.limit_in_bytes");
    }

    /** Processes of it that were killed for want of memory. */
    public long kills() throws IOException {
        return value(Files.readAllLines(memory.resolve(second ? "memory.events" : "memory.oom_control")), "oom_kill");
    }

    /** Periods of a tenth of a second in which its processor time was over before the end. */
    public long throttledPeriods() throws IOException {
        return value(Files.readAllLines(processor.resolve("cpu.stat")), "nr_throttled");
    }

    private long kib(String file) throws IOException {
        return Long.parseLong(Files.readString(memory.resolve(file)).strip()) / OCTETS_PER_KIB;
    }

    private static long value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}
