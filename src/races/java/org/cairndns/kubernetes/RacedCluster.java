package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordCursor;
import org.cairndns.zone.LookupResult;

/** A cluster that is made anew for each race: its objects, and its answers as numbers. */
final class RacedCluster {
    /** Answer: the name does not exist. */
    static final int NAME_ERROR = 0;

    /** Answer: the name exists, but not with such records. */
    static final int NO_DATA = -1;

    /** Answer: nobody can know as yet. */
    static final int UNKNOWN = -2;

    static final ClusterZoneOptions OPTIONS = TestCluster.options(PodMode.DISABLED, Set.of(), false, false);

    private RacedCluster() {}

    /** A cluster of which all is listed, and that is nothing. */
    static TestCluster empty(KeptFields kept) {
        TestCluster cluster = new TestCluster(kept, ProgrammingListener.NONE);
        for (ObjectKind kind : ObjectKind.values()) {
            cluster.changes().listStarted(kind);
            cluster.changes().listFinished(kind);
        }
        return cluster;
    }

    static ClusterZone zone(TestCluster cluster) {
        return cluster.zone(OPTIONS);
    }

    static ServiceEntry service(String name, String... addresses) {
        return new ServiceEntry("ns", name, ServiceKind.CLUSTER_IP, addresses(addresses), "", List.of());
    }

    static ServiceEntry external(String name, ServiceKind kind, String... targets) {
        List<InetAddress> ips = kind == ServiceKind.CLUSTER_IP ? addresses("10.0.0.100") : List.of();
        return new ServiceEntry("ns", name, kind, ips, "", List.of(), List.of(targets));
    }

    static SliceEntry slice(String service, String... addresses) {
        List<EndpointEntry> endpoints = addresses(addresses).stream()
                .map(address -> new EndpointEntry(address, "", ""))
                .toList();
        return new SliceEntry("ns", service + "-1", service, List.of(), endpoints, OptionalLong.empty());
    }

    private static List<InetAddress> addresses(String... texts) {
        return List.of(texts).stream().map(InetAddress::ofLiteral).toList();
    }

    /** The last octet of the last record; else which answer it is. */
    static int answer(ZoneLookup zone, Query query) {
        return switch (zone.lookup(query)) {
            case LookupResult.Found found -> {
                RecordCursor cursor = new RecordCursor(query.qname(), found.response());
                int octet = NO_DATA;
                while (cursor.next()) {
                    byte[] rdata = cursor.rdata();
                    octet = rdata[rdata.length - 1];
                }
                yield octet;
            }
            case LookupResult.NoData noData -> NO_DATA;
            case LookupResult.NameError error -> error.response().rcode() == 3 ? NAME_ERROR : UNKNOWN;
            case LookupResult.Alias alias -> throw new IllegalStateException("alias");
            case LookupResult.NotInZone none -> throw new IllegalStateException("not in zone");
        };
    }

    /** True if there are such records. */
    static boolean exists(ZoneLookup zone, Query query) {
        return zone.lookup(query) instanceof LookupResult.Found;
    }

    static List<DomainName> externalZones() {
        return List.of(DomainName.of("example.org"), DomainName.of("in-addr.arpa"));
    }
}
