package org.cairndns.perf.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupTest {
    @TempDir
    Path root;

    @Test
    void version1_readsTheHierarchyOfEachController() throws IOException {
        write("memory/docker/4711/memory.usage_in_bytes", "2048000\n");
        write("memory/docker/4711/memory.max_usage_in_bytes", "4096000\n");
        write("memory/docker/4711/memory.limit_in_bytes", "8192000\n");
        write("memory/docker/4711/memory.stat", "cache 1\nrss 2\ntotal_cache 1024000\ntotal_rss 512000\n");
        write("memory/docker/4711/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
        write("cpu,cpuacct/docker/4711/cpu.stat", "nr_periods 10\nnr_throttled 7\nthrottled_time 1\n");

        ControlGroup group = ControlGroup.of(
                List.of("9:name=systemd:/docker/4711", "4:memory:/docker/4711", "2:cpu,cpuacct:/docker/4711", "0::/"),
                root);

        assertThat(group.memory()).isEqualTo(new ContainerMemory(2000, 4000, 500, 1000));
        assertThat(group.memoryLimitKib()).isEqualTo(8000);
        assertThat(group.kills()).isEqualTo(3);
        assertThat(group.throttledPeriods()).isEqualTo(7);
    }

    @Test
    void version2_readsTheOneHierarchy() throws IOException {
        write("system.slice/docker-4711.scope/memory.current", "2048000\n");
        write("system.slice/docker-4711.scope/memory.peak", "4096000\n");
        write("system.slice/docker-4711.scope/memory.max", "8192000\n");
        write("system.slice/docker-4711.scope/memory.stat", "anon 512000\nfile 1024000\nkernel 5\n");
        write("system.slice/docker-4711.scope/memory.events", "low 0\nmax 4\noom 1\noom_kill 1\n");
        write("system.slice/docker-4711.scope/cpu.stat", "usage_usec 10\nnr_throttled 2\n");

        ControlGroup group = ControlGroup.of(List.of("0::/system.slice/docker-4711.scope"), root);

        assertThat(group.memory()).isEqualTo(new ContainerMemory(2000, 4000, 500, 1000));
        assertThat(group.memoryLimitKib()).isEqualTo(8000);
        assertThat(group.kills()).isEqualTo(1);
        assertThat(group.throttledPeriods()).isEqualTo(2);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
