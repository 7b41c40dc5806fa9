package org.cairndns.perf.bench;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
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
import org.cairndns.perf.sample.SampleService;
import org.cairndns.wire.DomainName;

/** The cluster zone of a made-up cluster, filled without an API server. */
final class SampleZone {
    private static final int HASH_SEED = 20_261_125;
    private static final List<PortEntry> PORTS =
            List.of(new PortEntry(SampleService.PORT_NAME, "tcp", SampleService.PORT));
    private static final Set<ObjectKind> REQUIRED =
            Set.of(ObjectKind.SERVICE, ObjectKind.ENDPOINT_SLICE, ObjectKind.NAMESPACE);

    private SampleZone() {}

    static ClusterZone of(List<SampleService> services) {
        ClusterIndex index = new ClusterIndex(REQUIRED, false, InstantSource.system(), HASH_SEED);
        ClusterChanges changes = index.writer(ProgrammingListener.NONE);
        REQUIRED.forEach(changes::listStarted);
        for (SampleService service : services) {
            changes.putNamespace(service.namespace());
            changes.put(entry(service));
            changes.put(slice(service));
        }
        REQUIRED.forEach(changes::listFinished);
        List<DomainName> zones =
                List.of(DomainName.of("cluster.local."), DomainName.of("in-addr.arpa."), DomainName.of("ip6.arpa."));
        return new ClusterZone(index, ClusterZoneOptions.of(zones), List::of);
    }

    private static ServiceEntry entry(SampleService service) {
        return new ServiceEntry(
                service.namespace(),
                service.name(),
                service.headless() ? ServiceKind.HEADLESS : ServiceKind.CLUSTER_IP,
                service.headless() ? List.of() : List.of(InetAddress.ofLiteral(service.clusterIp())),
                "",
                PORTS);
    }

    private static SliceEntry slice(SampleService service) {
        List<EndpointEntry> endpoints = IntStream.range(0, service.endpoints().size())
                .mapToObj(i -> new EndpointEntry(
                        InetAddress.ofLiteral(service.endpoints().get(i)),
                        service.headless() ? service.podName(i) : "",
                        service.podName(i)))
                .toList();
        return new SliceEntry(
                service.namespace(), service.name() + "-x", service.name(), PORTS, endpoints, OptionalLong.empty());
    }
}
