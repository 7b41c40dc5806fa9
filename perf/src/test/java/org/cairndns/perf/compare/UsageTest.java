package org.cairndns.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder = Path.of("");

    @Test
    void of_processWithChild_isTheSumOfBoth() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")), "there is no /proc");
        // The shell waits for cat, which waits for its input.
        try (RunningProcess shell = RunningProcess.start("shell", folder, List.of("sh", "-c", "cat; :"))) {
            shell.await(LIMIT, () -> child(shell) != 0 && Usage.of(child(shell)).rssKib() > 0);

            long both = Usage.of(shell.pid()).rssKib();

            assertThat(both).isGreaterThan(Usage.of(child(shell)).rssKib());
        }
    }

    private static long child(RunningProcess process) {
        return ProcessHandle.of(process.pid()).stream()
                .flatMap(ProcessHandle::children)
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElse(0);
    }
}
