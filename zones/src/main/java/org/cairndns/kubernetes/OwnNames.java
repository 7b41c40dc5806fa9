package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.LookupResult;

/** Names of this server itself: {@code ns.dns.zone}, and the NS records at the apex. */
final class OwnNames {
    private static final int DNS_LABELS = 1;
    private static final int NS_LABELS = 2;

    private final ClusterIndex index;
    private final ClusterZoneOptions options;
    private final Supplier<List<InetAddress>> localAddresses;

    OwnNames(ClusterIndex index, ClusterZoneOptions options, Supplier<List<InetAddress>> localAddresses) {
        this.index = index;
        this.options = options;
        this.localAddresses = localAddresses;
    }

    /** True for {@code dns} and {@code ns.dns}. */
    static boolean isOwn(ZoneQuestion question) {
        int count = question.labelCount();
        return count >= DNS_LABELS
                && count <= NS_LABELS
                && Labels.equal(question.qname(), question.label(0), "dns")
                && (count == DNS_LABELS || Labels.equal(question.qname(), question.label(1), "ns"));
    }

    /** The answer to a question for a name that {@link #isOwn}. */
    LookupResult answer(ZoneQuestion question) {
        boolean address = question.qtype() == RecordType.A || question.qtype() == RecordType.AAAA;
        if (question.labelCount() != NS_LABELS || !address) {
            return question.noData();
        }
        AddressAnswer answer = new AddressAnswer(question.qtype());
        for (InetAddress local : localAddresses.get()) {
            answer.add(IpAddress.of(local));
        }
        return answer.build(question, options.ttlSeconds());
    }

    /** The NS records at the apex with their addresses. */
    LookupResult nameServers(ZoneQuestion question) {
        boolean reverse = question.zone().isReverse();
        DomainName zone = reverse ? options.primaryZone() : question.zoneAsAsked();
        ResponseBuilder builder = new ResponseBuilder(question.qname());
        Map<DomainName, Set<IpAddress>> servers = servers(question.zone(), zone);
        for (DomainName server : servers.keySet()) {
            builder.name(Section.ANSWER, question.qname(), RecordType.NS, options.ttlSeconds(), server);
        }
        servers.forEach((server, addresses) -> {
            for (IpAddress address : addresses) {
                builder.address(Section.ADDITIONAL, server, options.ttlSeconds(), address.octets());
            }
        });
        return new LookupResult.Found(builder.build());
    }

    /** True for a cluster IP of a service whose endpoint this server is. */
    boolean isServiceOfOurs(IpAddress clusterIp) {
        for (InetAddress local : localAddresses.get()) {
            IpAddress address = IpAddress.of(local);
            for (ServiceSlot slot : local.isLoopbackAddress() ? List.<ServiceSlot>of() : index.servicesAt(address)) {
                ServiceNode node = slot.node();
                if (node.kind() == ServiceKind.CLUSTER_IP && node.hasEndpoint(address) && has(node, clusterIp)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean has(ServiceNode node, IpAddress clusterIp) {
        for (int i = 0; i < node.clusterIps().size(); i++) {
            if (node.clusterIps().get(i).equals(clusterIp)) {
                return true;
            }
        }
        return false;
    }

    /** The services whose endpoint this server is, else {@code ns.dns}, with their addresses. */
    private Map<DomainName, Set<IpAddress>> servers(ServedZone asked, DomainName zone) {
        Map<DomainName, Set<IpAddress>> servers = new LinkedHashMap<>();
        Set<IpAddress> locals = new LinkedHashSet<>();
        for (InetAddress local : localAddresses.get()) {
            IpAddress address = IpAddress.of(local);
            locals.add(address);
            // A service of this cluster has no name in a multicluster zone, and loopback is another's endpoint too.
            boolean ours = !asked.isMulticluster() && !local.isLoopbackAddress();
            for (ServiceSlot slot : index.servicesAt(address)) {
                if (ours && slot.node().hasEndpoint(address)) {
                    addService(slot, zone, servers);
                }
            }
        }
        // Unlike CoreDNS, which says NODATA where it listens on given addresses only: a zone has name servers.
        if (servers.isEmpty()) {
            servers.put(DomainName.prepend("ns", DomainName.prepend("dns", zone)), locals);
        }
        return servers;
    }

    private void addService(ServiceSlot slot, DomainName zone, Map<DomainName, Set<IpAddress>> servers) {
        ServiceNode node = slot.node();
        DomainName name = ServiceName.of(slot, zone);
        if (node.kind() == ServiceKind.CLUSTER_IP) {
            for (int i = 0; i < node.clusterIps().size(); i++) {
                add(servers, name, node.clusterIps().get(i));
            }
        } else if (node.kind() == ServiceKind.HEADLESS) {
            for (PackedSlice slice : node.slices()) {
                for (int i = 0; i < slice.addresses().size(); i++) {
                    DomainName endpoint = EndpointName.of(slice, i, options.endpointPodNames(), name);
                    add(
                            servers,
                            endpoint == null ? name : endpoint,
                            slice.addresses().get(i));
                }
            }
        }
    }

    private static void add(Map<DomainName, Set<IpAddress>> servers, DomainName name, IpAddress address) {
        servers.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(address);
    }
}
