package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.cairndns.wire.DomainName;

/** An index with its writer, on a clock that stands until it is told to move. */
final class TestCluster {
    static final long START_SECONDS = 1_795_354_802L;

    private final AtomicLong nowMillis = new AtomicLong(START_SECONDS * 1000);
    private final ClusterIndex index;
    private final ClusterChanges changes;

    /** A cluster of which every kind must be listed. */
    TestCluster() {
        this(false, ProgrammingListener.NONE);
    }

    TestCluster(boolean keepsPodNames, ProgrammingListener listener) {
        this(new KeptFields(keepsPodNames, false, false, KeptFields.PodLabels.NONE), listener);
    }

    TestCluster(KeptFields kept, ProgrammingListener listener) {
        Set<ObjectKind> required = EnumSet.allOf(ObjectKind.class);
        this.index = new ClusterIndex(required, kept, () -> Instant.ofEpochMilli(nowMillis.get()), 4711);
        this.changes = index.writer(listener);
    }

    /** A cluster of which the text is the complete list; the serial is that of the start. */
    static TestCluster of(String text) {
        TestCluster cluster = new TestCluster();
        ClusterText.list(text, cluster.changes);
        return cluster;
    }

    ClusterIndex index() {
        return index;
    }

    ClusterChanges changes() {
        return changes;
    }

    void advanceMillis(long millis) {
        nowMillis.addAndGet(millis);
    }

    static List<DomainName> stockZones() {
        return List.of(DomainName.of("cluster.local"), DomainName.of("in-addr.arpa"), DomainName.of("ip6.arpa"));
    }

    static ClusterZoneOptions options(PodMode podMode, Set<String> namespaces, boolean ignoreEmpty, boolean podNames) {
        return new ClusterZoneOptions(stockZones(), 30, 5, podMode, namespaces, ignoreEmpty, podNames);
    }

    /** The stock zones and a multicluster zone. */
    static ClusterZoneOptions clustersetOptions(PodMode podMode) {
        DomainName clusterset = DomainName.of("clusterset.local");
        List<DomainName> zones = new ArrayList<>(List.of(clusterset));
        zones.addAll(stockZones());
        return new ClusterZoneOptions(zones, 30, 5, podMode, Set.of(), false, false)
                .withMulticlusterZones(Set.of(clusterset));
    }

    /** The stock zones with a TTL of 30 seconds. */
    ClusterZone zone(PodMode podMode, String... localAddresses) {
        return zone(options(podMode, Set.of(), false, false), localAddresses);
    }

    ClusterZone zone(ClusterZoneOptions options, String... localAddresses) {
        List<InetAddress> locals =
                List.of(localAddresses).stream().map(InetAddress::ofLiteral).toList();
        return new ClusterZone(index, options, () -> locals);
    }
}
