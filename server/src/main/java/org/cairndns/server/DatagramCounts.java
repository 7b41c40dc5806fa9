package org.cairndns.server;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.server.query.DatagramMetrics;

/**
 * The {@code cairn_udp_*} metrics: queries that the kernel dropped, clients that have a queue of their own.
 *
 * <p>The kernel counts per socket, and forgets with it. So what a socket has more than at the scrape before is added to the
 * server's count, and what it drops between the last scrape and its end is not seen.
 */
final class DatagramCounts implements DatagramMetrics, MultiCollector {
    private static final String DROPPED = "cairn_udp_dropped_total";
    private static final String APART = "cairn_udp_flooding_clients";

    private final SocketDrops drops;
    private final List<Sockets> open = new CopyOnWriteArrayList<>();

    /** Drops by server; guarded by this, as is what is known of each socket. */
    private final Map<String, Long> dropped = new TreeMap<>();

    private Map<Long, Long> seen = Map.of();

    DatagramCounts(SocketDrops drops) {
        this.drops = drops;
    }

    /** Those of the process. */
    static DatagramCounts of(Meters meters) {
        return meters.once(DROPPED, DatagramCounts.class, name -> {
            DatagramCounts counts = new DatagramCounts(new SocketDrops(Path.of("/proc/self")));
            meters.registry().register(counts);
            return counts;
        });
    }

    @Override
    public void opened(Sockets sockets) {
        open.add(sockets);
    }

    @Override
    public void closed(Sockets sockets) {
        open.remove(sockets);
    }

    @Override
    public synchronized MetricSnapshots collect() {
        look();
        CounterSnapshot.Builder counter = CounterSnapshot.builder()
                .name(DROPPED)
                .help("Datagrams that the kernel dropped because the receive queue of a socket was full.");
        dropped.forEach((server, count) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(Labels.of("server", server))
                .value((double) count)
                .build()));
        return MetricSnapshots.of(counter.build(), apart());
    }

    private void look() {
        Map<Long, Long> all = open.isEmpty() ? Map.of() : drops.byInode();
        Map<Long, Long> now = new HashMap<>();
        for (Sockets sockets : open) {
            long more = 0;
            for (int descriptor : sockets.descriptors()) {
                long inode = drops.inode(descriptor);
                long count = all.getOrDefault(inode, 0L);
                now.put(inode, count);
                more += Math.max(0, count - seen.getOrDefault(inode, 0L));
            }
            dropped.merge(sockets.server(), more, Long::sum);
        }
        seen = now;
    }

    private GaugeSnapshot apart() {
        Map<String, Integer> clients = new TreeMap<>();
        open.forEach(sockets -> clients.merge(sockets.server(), sockets.clientsApart(), Integer::sum));
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name(APART)
                .help("Clients that ask more than is answered at once, and have a receive queue of their own.");
        clients.forEach((server, count) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("server", server))
                .value((double) count)
                .build()));
        return gauge.build();
    }
}
