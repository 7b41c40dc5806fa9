package org.cairndns.plugin.kubernetes;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.kubernetes.ClusterZone;
import org.cairndns.kubernetes.ClusterZoneOptions;
import org.cairndns.kubernetes.EndpointEntry;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.PortEntry;
import org.cairndns.kubernetes.ProgrammingListener;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.ServiceKind;
import org.cairndns.kubernetes.SliceEntry;
import org.cairndns.wire.DomainName;

/** A cluster whose objects a test puts; everything lies in the namespace {@code shop}. */
final class HandmadeCluster {
    private static final String NAMESPACE = "shop";
    private static final Set<ObjectKind> KINDS =
            EnumSet.of(ObjectKind.NAMESPACE, ObjectKind.SERVICE, ObjectKind.ENDPOINT_SLICE);

    private final ClusterIndex index = new ClusterIndex(KINDS, false, InstantSource.system(), 1);
    private final ClusterChanges changes = index.writer(ProgrammingListener.NONE);

    HandmadeCluster() {
        KINDS.forEach(changes::listStarted);
        changes.putNamespace(NAMESPACE);
    }

    /** Says that everything was put. */
    HandmadeCluster synced() {
        KINDS.forEach(changes::listFinished);
        return this;
    }

    HandmadeCluster service(String name, String address) {
        List<PortEntry> ports = List.of(new PortEntry("http", "TCP", 80));
        changes.put(new ServiceEntry(
                NAMESPACE, name, ServiceKind.CLUSTER_IP, List.of(InetAddress.ofLiteral(address)), "", ports));
        return this;
    }

    HandmadeCluster headless(String name, String hostname, String address) {
        changes.put(new ServiceEntry(NAMESPACE, name, ServiceKind.HEADLESS, List.of(), "", List.of()));
        changes.put(new SliceEntry(
                NAMESPACE,
                name + "-1",
                name,
                List.of(new PortEntry("http", "TCP", 8080)),
                List.of(new EndpointEntry(InetAddress.ofLiteral(address), hostname, "")),
                OptionalLong.empty()));
        return this;
    }

    HandmadeCluster alias(String name, String target) {
        changes.put(new ServiceEntry(NAMESPACE, name, ServiceKind.EXTERNAL_NAME, List.of(), target, List.of()));
        return this;
    }

    ClusterZone zone() {
        List<DomainName> zones = List.of(DomainName.of("cluster.local"), DomainName.of("in-addr.arpa"));
        return new ClusterZone(index, ClusterZoneOptions.of(zones), List::of);
    }
}
