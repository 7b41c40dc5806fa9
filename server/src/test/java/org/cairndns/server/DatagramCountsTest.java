package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cairndns.server.query.DatagramMetrics.Sockets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatagramCountsTest {
    @TempDir
    private Path process;

    private DatagramCounts counts;

    /** Sockets of the server {@code dns://:53}, whose inodes are 100 times their descriptors. */
    private record Open(List<Integer> descriptors, int clientsApart) implements Sockets {
        @Override
        public String server() {
            return "dns://:53";
        }
    }

    @BeforeEach
    void descriptors() throws IOException {
        Files.createDirectories(process.resolve("net"));
        Files.createDirectories(process.resolve("fd"));
        for (int descriptor = 1; descriptor <= 3; descriptor++) {
            Files.createSymbolicLink(
                    process.resolve("fd").resolve("" + descriptor), Path.of("socket:[" + 100 * descriptor + "]"));
        }
        counts = new DatagramCounts(new SocketDrops(process));
    }

    /** Makes the kernel's table: drops of the sockets 1, 2, 3. */
    private void drops(long... drops) throws IOException {
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < drops.length; i++) {
            table.append(" 1: 0:35 0:0 07 0:0 00:0 0 0 0 ")
                    .append(100 * (i + 1))
                    .append(" 2 0 ")
                    .append(drops[i])
                    .append('\n');
        }
        Files.writeString(process.resolve("net/udp"), table);
    }

    private double dropped() {
        return point(counts.collect(), 0);
    }

    private static double point(MetricSnapshots all, int index) {
        return switch (all.get(index)) {
            case CounterSnapshot counter -> counter.getDataPoints().getFirst().getValue();
            case GaugeSnapshot gauge -> gauge.getDataPoints().getFirst().getValue();
            default -> throw new AssertionError(all);
        };
    }

    @Test
    void dropped_severalSockets_isTheirSumAndNotThatOfOthers() throws IOException {
        counts.opened(new Open(List.of(1, 2), 0));
        drops(5, 7, 1000);

        assertThat(dropped()).isEqualTo(12);
        assertThat(dropped()).as("nothing more").isEqualTo(12);

        drops(6, 9, 1000);
        assertThat(dropped()).isEqualTo(15);
    }

    @Test
    void dropped_socketIsReplaced_neverDecreases() throws IOException {
        Open before = new Open(List.of(1), 0);
        counts.opened(before);
        drops(5, 0, 0);
        assertThat(dropped()).isEqualTo(5);

        counts.closed(before);
        counts.opened(new Open(List.of(2), 0));
        assertThat(dropped()).isEqualTo(5);
        drops(0, 2, 0);
        assertThat(dropped()).isEqualTo(7);
    }

    @Test
    void floodingClients_severalAddresses_areAddedUp() throws IOException {
        drops(0, 0, 0);
        counts.opened(new Open(List.of(1), 2));
        counts.opened(new Open(List.of(2), 1));

        assertThat(point(counts.collect(), 1)).isEqualTo(3);
    }
}
