package org.cairndns.plugin.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.cairndns.corefile.Position;
import org.cairndns.kubernetes.ClusterZoneOptions;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.SuffixTable;

/**
 * What one {@code kubernetes} directive says.
 *
 * @param snapshot file in which the objects are kept for the next process, if one is named
 * @param accessPosition where the access is named, for faults that show when it is tried
 * @param fallthroughZones names at or below these go on to the next handler where the cluster has none
 * @param startupTimeout how long the first sockets wait for the cluster to be read, positive
 */
record KubernetesConfig(
        ClusterZoneOptions zones,
        SourceSettings source,
        Optional<SnapshotOption> snapshot,
        Position accessPosition,
        List<DomainName> fallthroughZones,
        Duration startupTimeout) {
    /** A file for a snapshot, and where it is named. */
    record SnapshotOption(Path file, Position position) {}

    KubernetesConfig {
        fallthroughZones = List.copyOf(fallthroughZones);
    }

    /** True for names that fall through. */
    SuffixTable<Boolean> fallthrough() {
        TreeMap<DomainName, Boolean> table = new TreeMap<>();
        fallthroughZones.forEach(zone -> table.put(zone, true));
        return new SuffixTable<>(table);
    }
}
