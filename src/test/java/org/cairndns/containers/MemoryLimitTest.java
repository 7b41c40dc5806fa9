package org.cairndns.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.cairndns.perf.container.InContainers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A pod's memory limit, as {@code perf/container} looks at it, with a cluster that is loaded fast. */
@ExtendWith(ContainerCluster.Resolver.class)
class MemoryLimitTest {
    @TempDir
    Path results;

    @Test
    void limit170MiB_fullLoadRelistAndReloads_isNotKilled(ContainerCluster cluster) {
        int exit = InContainers.run(
                "--home",
                System.getProperty("cairn.root", "."),
                "--out",
                results.toString(),
                "--image",
                cluster.image(),
                "--assets",
                ApiServerProcess.assets().orElseThrow().toString(),
                "--servers",
                "cairn",
                "--parts",
                "memory",
                "--services",
                "500",
                "--seconds",
                "1",
                "--warm");

        // The verdicts are in the output above.
        assertThat(exit).isZero();
    }
}
