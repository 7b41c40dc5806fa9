package org.cairndns.kubernetes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.LookupResult;
import org.cairndns.zone.ReverseName;
import org.jspecify.annotations.Nullable;

/** Answers for names of addresses in the reverse trees (Kubernetes DNS 1.1.0, 2.3.3 and 2.4.3). */
final class ReverseAnswers {
    private record Target(boolean hostname, DomainName name) {}

    /** Hostnames that the API gives come first, as clients with hostnames of their own (RabbitMQ) compare the first. */
    private static final Comparator<Target> ORDER =
            Comparator.comparing((Target target) -> !target.hostname).thenComparing(Target::name);

    /**
     * So often a lookup is begun again that changes get in the way of. Where a change takes as long as a lookup every other
     * attempt can fail, so that twenty were seen not to be enough.
     */
    private static final int MAX_ATTEMPTS = 200;

    private final ClusterIndex index;
    private final ClusterZoneOptions options;
    private final Visibility visibility;
    private final DomainName zone;

    ReverseAnswers(ClusterIndex index, ClusterZoneOptions options, Visibility visibility) {
        this.index = index;
        this.options = options;
        this.visibility = visibility;
        this.zone = options.primaryZone();
    }

    /** The answer to a question for a name below the apex of a reverse zone. */
    LookupResult answer(ZoneQuestion question) {
        ReverseName name = ReverseName.parse(question.qname());
        if (!name.isAddress()) {
            // RFC 8020: names of groups of addresses exist as long as one of the addresses does.
            return index.hasAddressBelow(name) ? question.noData() : question.nameError();
        }
        List<DomainName> targets = targets(name.address());
        if (targets.isEmpty()) {
            return question.nameError();
        }
        if (question.qtype() != RecordType.PTR) {
            return question.noData();
        }
        ResponseBuilder builder = new ResponseBuilder(question.qname());
        for (DomainName target : targets) {
            builder.name(Section.ANSWER, question.qname(), RecordType.PTR, options.ttlSeconds(), target);
        }
        return new LookupResult.Found(builder.build());
    }

    /**
     * The names of an address.
     *
     * <p>While services are looked at one by one, an address can move from one that is yet to come to one that is done, and
     * is seen nowhere. So only if nothing changed meanwhile there is no name.
     */
    private List<DomainName> targets(IpAddress address) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            long changes = index.zoneSerial().changes();
            List<DomainName> targets = targetsNow(address);
            if (!targets.isEmpty() || changes == index.zoneSerial().changes()) {
                return targets;
            }
        }
        return List.of();
    }

    private List<DomainName> targetsNow(IpAddress address) {
        List<Target> endpoints = new ArrayList<>();
        @Nullable DomainName service = null;
        for (ServiceSlot slot : index.servicesAt(address)) {
            ServiceNode node = slot.node();
            if (!visibility.isVisible(slot.namespace())) {
                continue;
            }
            if (node.clusterIps().contains(address)) {
                DomainName name = ServiceName.of(slot, zone);
                service = service == null || name.compareTo(service) < 0 ? name : service;
            }
            // Only names that lead back to the address: an alias has no endpoints.
            if (node.kind() != null && node.kind() != ServiceKind.EXTERNAL_NAME) {
                addEndpoints(slot, node, address, endpoints);
            }
        }
        return service != null ? List.of(service) : ordered(endpoints);
    }

    private void addEndpoints(ServiceSlot slot, ServiceNode node, IpAddress address, List<Target> targets) {
        DomainName service = ServiceName.of(slot, zone);
        for (PackedSlice slice : node.slices()) {
            int at = slice.addresses().indexOf(address, 0);
            while (at >= 0) {
                DomainName name = EndpointName.of(slice, at, options.endpointPodNames(), service);
                if (name != null) {
                    targets.add(new Target(slice.hostnames().has(at), name));
                }
                at = slice.addresses().indexOf(address, at + 1);
            }
        }
    }

    private static List<DomainName> ordered(List<Target> targets) {
        targets.sort(ORDER);
        Set<DomainName> seen = new HashSet<>();
        List<DomainName> names = new ArrayList<>(targets.size());
        for (Target target : targets) {
            if (seen.add(target.name)) {
                names.add(target.name);
            }
        }
        return names;
    }
}
