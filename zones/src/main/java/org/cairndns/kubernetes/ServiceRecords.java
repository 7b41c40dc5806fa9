package org.cairndns.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Section;
import org.cairndns.zone.IpAddress;

/**
 * Records of one service for a zone transfer: those that {@link ServiceAnswers} gives for the names that the
 * specification has, complete where a message would be too small for them.
 *
 * <p>Names that are answered beyond it, such as those of endpoints behind a cluster IP, are left out as in CoreDNS.
 */
final class ServiceRecords {
    private final ServiceAnswers answers;
    private final ClusterZoneOptions options;
    private final DomainName apex;
    private final Set<AddressRecord> known;
    private final List<ResourceRecord> records = new ArrayList<>();

    /** An address record, its type and TTL being clear. */
    record AddressRecord(DomainName owner, IpAddress address) {}

    /**
     * @param known address records that are in the transfer already
     */
    ServiceRecords(ServiceAnswers answers, ClusterZoneOptions options, DomainName apex, Set<AddressRecord> known) {
        this.answers = answers;
        this.options = options;
        this.apex = apex;
        this.known = known;
    }

    /** The records of a service, none if it has no name at the moment. */
    List<ResourceRecord> of(ServiceSlot slot) {
        records.clear();
        ServiceNode node = slot.node();
        ServiceKind kind = node.kind();
        DomainName service = ServiceName.of(slot, apex);
        if (kind == ServiceKind.EXTERNAL_NAME && node.alias() != null) {
            add(service, RecordType.CNAME, node.alias().toOctets());
        } else if (kind == ServiceKind.CLUSTER_IP && (node.hasEndpoints() || !options.ignoreEmptyService())) {
            addAddresses(service, addresses(node.clusterIps()));
            addPorts(service, node, node.ports());
        } else if (kind == ServiceKind.HEADLESS && node.hasEndpoints()) {
            addHeadless(service, node);
        }
        return List.copyOf(records);
    }

    private void addHeadless(DomainName service, ServiceNode node) {
        Set<IpAddress> all = new LinkedHashSet<>();
        Set<PortEntry> ports = new LinkedHashSet<>();
        Set<AddressRecord> endpoints = new LinkedHashSet<>();
        for (PackedSlice slice : node.slices()) {
            all.addAll(addresses(slice.addresses()));
            ports.addAll(List.of(slice.ports()));
            for (int i = 0; i < slice.addresses().size(); i++) {
                DomainName name = EndpointName.of(slice, i, options.endpointPodNames(), service);
                if (name != null) {
                    endpoints.add(new AddressRecord(name, slice.addresses().get(i)));
                }
            }
        }
        addAddresses(service, all);
        addPorts(service, node, ports.toArray(PortEntry[]::new));
        endpoints.forEach(this::add);
    }

    private static Set<IpAddress> addresses(Addresses addresses) {
        Set<IpAddress> set = new LinkedHashSet<>();
        for (int i = 0; i < addresses.size(); i++) {
            set.add(addresses.get(i));
        }
        return set;
    }

    private void addAddresses(DomainName owner, Set<IpAddress> addresses) {
        addresses.forEach(address -> add(new AddressRecord(owner, address)));
    }

    private void add(AddressRecord record) {
        if (!known.contains(record)) {
            records.add(record(record, options.ttlSeconds()));
        }
    }

    /** SRV records at the service's name, and at the names of its ports. */
    private void addPorts(DomainName service, ServiceNode node, PortEntry[] ports) {
        addSrv(service, answers.srv(service, node, null));
        Set<DomainName> names = new LinkedHashSet<>();
        for (PortEntry port : ports) {
            DomainName protocol = Labels.prepend("_" + port.protocol(), service);
            DomainName name =
                    protocol == null || !PortMatcher.isNamed(port) ? null : Labels.prepend("_" + port.name(), protocol);
            if (name != null && names.add(name)) {
                addSrv(name, answers.srv(service, node, new PortMatcher(name, 0, name.octet(0) + 1)));
            }
        }
    }

    private void addSrv(DomainName owner, SrvAnswer answer) {
        answer.forEachRdata(rdata -> add(owner, RecordType.SRV, rdata));
    }

    private void add(DomainName owner, int type, byte[] rdata) {
        records.add(record(owner, type, options.ttlSeconds(), rdata));
    }

    static ResourceRecord record(AddressRecord from, int ttlSeconds) {
        int type = from.address().isIpv4() ? RecordType.A : RecordType.AAAA;
        return record(from.owner(), type, ttlSeconds, from.address().octets());
    }

    private static ResourceRecord record(DomainName owner, int type, int ttlSeconds, byte[] rdata) {
        return new ResourceRecord(Section.ANSWER, owner, type, DnsClass.IN, ttlSeconds, rdata);
    }
}
