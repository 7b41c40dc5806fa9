package org.cairndns.perf.latency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A control group that gives a process a part of a processor, as a container's limit does. Gone when closed. */
final class CpuLimit implements AutoCloseable {
    private static final String NAME = "cairn-perf";
    private static final int PERIOD_MICROS = 100_000;
    private static final int ATTEMPTS = 50;
    private static final long BETWEEN_ATTEMPTS_MILLIS = 20;

    /** Where distributions mount the controller, version 1 and then version 2. */
    private static final List<Path> ROOTS =
            List.of(Path.of("/sys/fs/cgroup/cpu"), Path.of("/sys/fs/cgroup/cpu,cpuacct"), Path.of("/sys/fs/cgroup"));

    private final Path root;
    private final Path group;

    private CpuLimit(Path root, Path group) {
        this.root = root;
        this.group = group;
    }

    /**
     * Makes a group without a process in it.
     *
     * @param cpus part of a processor, 0.01..1
     * @throws IOException if no controller takes groups of ours; its message says why
     */
    static CpuLimit of(double cpus) throws IOException {
        StringBuilder reasons = new StringBuilder();
        for (Path root : ROOTS) {
            Path group = root.resolve(NAME + "-" + ProcessHandle.current().pid());
            try {
                Files.createDirectory(group);
            } catch (IOException e) {
                reasons.append(root).append(" takes no group; ");
                continue;
            }
            try {
                limit(group, (int) (cpus * PERIOD_MICROS));
                return new CpuLimit(root, group);
            } catch (IOException e) {
                Files.delete(group);
                reasons.append(root).append(" has no limit of processor time; ");
            }
        }
        throw new IOException(
                "processor time cannot be limited here: " + reasons + "needs root and the cpu controller");
    }

    private static void limit(Path group, int quotaMicros) throws IOException {
        Path version1 = group.resolve("cpu.cfs_quota_us");
        if (Files.exists(version1)) {
            Files.writeString(group.resolve("cpu.cfs_period_us"), String.valueOf(PERIOD_MICROS));
            Files.writeString(version1, String.valueOf(quotaMicros));
        } else if (Files.exists(group.resolve("cpu.max"))) {
            Files.writeString(group.resolve("cpu.max"), quotaMicros + " " + PERIOD_MICROS);
        } else {
            throw new IOException("no cpu controller");
        }
    }

    /** Puts a process with all its threads under the limit. */
    void hold(long pid) throws IOException {
        Files.writeString(group.resolve("cgroup.procs"), String.valueOf(pid));
    }

    /** Periods in which the processes had used up their time before the end, so far. */
    long throttledPeriods() throws IOException {
        return Files.readString(group.resolve("cpu.stat"))
                .lines()
                .filter(line -> line.startsWith("nr_throttled "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }

    /** Lets what is in the group go, back to the top, and removes it. */
    @Override
    public void close() throws IOException {
        for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
            Files.writeString(root.resolve("cgroup.procs"), pid);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                Files.delete(group);
                return;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                // A process that ends leaves the group a moment later.
                pause();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_ATTEMPTS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the group was removed", e);
        }
    }
}
