package org.cairndns.kubernetes;

import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.zone.LookupResult;
import org.cairndns.zone.Validity;
import org.jspecify.annotations.Nullable;

/**
 * Answers for names of services, their endpoints and ports (Kubernetes DNS 1.1.0, 2.3 to 2.5), of this cluster and of
 * the clusterset (multicluster DNS 1.0.0, KEP-1645).
 *
 * <pre>
 *   S.NS.svc         service                   E.S.NS.svc       endpoint of this cluster
 *   P.Q.S.NS.svc     port P of protocol Q      E.C.S.NS.svc     endpoint of cluster C, which may be several labels
 * </pre>
 *
 * Services have all their ready endpoints, so answers to A and AAAA are made of the same ones.
 */
final class ServiceAnswers {
    /** Labels of a service name in front of the zone: service, namespace, {@code svc}. */
    static final int SERVICE_LABELS = 3;

    private static final int ENDPOINT_LABELS = 4;
    private static final int PORT_LABELS = 5;
    private static final PackedSlice[] NO_SLICES = new PackedSlice[0];

    private final ClusterZoneOptions options;

    ServiceAnswers(ClusterZoneOptions options) {
        this.options = options;
    }

    /** The answer to a question for a name at or below that of a service. */
    LookupResult answer(ZoneQuestion question, ServiceSlot slot) {
        return answer(question, slot, slot.node());
    }

    /**
     * How long the addresses of the service itself are the answer; negative answers change with every serial.
     *
     * @param namespaceTurns the namespace's turns as read before the service was looked up
     */
    Validity validity(ZoneQuestion question, ServiceSlot slot, int namespaceTurns) {
        ServiceNode node = slot.node();
        boolean addresses = question.qtype() == RecordType.A || question.qtype() == RecordType.AAAA;
        return addresses && answer(question, slot, node) instanceof LookupResult.Found
                ? () -> slot.node() == node && slot.namespace().turns() == namespaceTurns
                : Validity.NEVER;
    }

    private LookupResult answer(ZoneQuestion question, ServiceSlot slot, ServiceNode node) {
        ServiceKind kind = node.kind();
        if (kind == null) {
            return question.nameError();
        }
        return switch (kind) {
            case EXTERNAL_NAME -> alias(question, node);
            case CLUSTER_IP -> {
                boolean ignored = options.ignoreEmptyService() && !node.hasEndpoints();
                yield ignored ? question.nameError() : records(question, slot, node);
            }
            case HEADLESS -> records(question, slot, node);
        };
    }

    private LookupResult alias(ZoneQuestion question, ServiceNode node) {
        DomainName target = node.alias();
        if (target == null || question.labelCount() != SERVICE_LABELS) {
            return question.nameError();
        }
        return new LookupResult.Alias(target, options.ttlSeconds());
    }

    private LookupResult records(ZoneQuestion question, ServiceSlot slot, ServiceNode node) {
        if (question.labelCount() == SERVICE_LABELS) {
            return service(question, slot, node);
        }
        if (options.zonal() && ZonalAnswer.isZonal(question)) {
            return node.kind() == ServiceKind.HEADLESS ? zonal(question, slot, node) : question.nameError();
        }
        return question.labelCount() == PORT_LABELS && hasProtocol(question)
                ? port(question, slot, node)
                : endpoint(question, slot, node);
    }

    private LookupResult zonal(ZoneQuestion question, ServiceSlot slot, ServiceNode node) {
        ZonalAnswer zonal = new ZonalAnswer(question, node);
        if (!zonal.isName()) {
            // Unlike CoreDNS: names lie below, so NXDOMAIN would deny them (RFC 8020).
            return zonal.isAboveNames() ? question.noData() : question.nameError();
        }
        return switch (question.qtype()) {
            case RecordType.A, RecordType.AAAA -> {
                AddressAnswer answer = new AddressAnswer(question.qtype());
                zonal.forEach((slice, endpoint) -> answer.add(slice.addresses().get(endpoint)));
                yield answer.build(question, options.ttlSeconds());
            }
            case RecordType.SRV -> {
                SrvAnswer answer = new SrvAnswer();
                DomainName service = ServiceName.of(slot, question.zoneAsAsked());
                zonal.forEach((slice, endpoint) -> addEndpoint(answer, slice, endpoint, service, null));
                yield answer.build(question, options.ttlSeconds());
            }
            default -> question.noData();
        };
    }

    private LookupResult service(ZoneQuestion question, ServiceSlot slot, ServiceNode node) {
        // Kubernetes DNS 1.1.0, 2.4.1: without a ready endpoint a headless service has no name.
        if (node.kind() == ServiceKind.HEADLESS && !node.hasEndpoints()) {
            return question.nameError();
        }
        return switch (question.qtype()) {
            case RecordType.A, RecordType.AAAA -> allAddresses(question, node);
            case RecordType.SRV -> srv(question, slot, node, null);
            default -> question.noData();
        };
    }

    /** The hot path: octets made by the first question after a change are kept in the node. */
    private LookupResult allAddresses(ZoneQuestion question, ServiceNode node) {
        boolean ipv4 = question.qtype() == RecordType.A;
        RenderedAddresses rendered = node.rendered();
        if (rendered == null || rendered.ttlSeconds() != options.ttlSeconds()) {
            rendered = RenderedAddresses.NONE;
        }
        LookupResult.Found known = ipv4 ? rendered.ipv4() : rendered.ipv6();
        if (known != null) {
            return known;
        }
        if (!node.hasFamily(ipv4)) {
            return question.noData();
        }
        AddressAnswer answer = new AddressAnswer(question.qtype());
        answer.addAll(node.clusterIps());
        if (node.kind() == ServiceKind.HEADLESS) {
            for (PackedSlice slice : node.slices()) {
                answer.addAll(slice.addresses());
            }
        }
        LookupResult.Found found = answer.found(question, options.ttlSeconds());
        node.keepRendered(
                ipv4
                        ? new RenderedAddresses(options.ttlSeconds(), found, rendered.ipv6())
                        : new RenderedAddresses(options.ttlSeconds(), rendered.ipv4(), found));
        return found;
    }

    private LookupResult port(ZoneQuestion question, ServiceSlot slot, ServiceNode node) {
        PortMatcher port =
                new PortMatcher(question.qname(), question.label(PORT_LABELS - 1), question.label(ENDPOINT_LABELS - 1));
        boolean clusterIp = node.kind() == ServiceKind.CLUSTER_IP;
        if (!(clusterIp ? port.matchesAny(node.ports()) : hasEndpointWith(node, port))) {
            return question.nameError();
        }
        return switch (question.qtype()) {
            case RecordType.A, RecordType.AAAA ->
                clusterIp ? allAddresses(question, node) : addressesWith(question, node, port);
            case RecordType.SRV -> srv(question, slot, node, port);
            default -> question.noData();
        };
    }

    private static boolean hasEndpointWith(ServiceNode node, PortMatcher port) {
        for (PackedSlice slice : node.slices()) {
            if (slice.addresses().size() > 0 && port.matchesAny(slice.ports())) {
                return true;
            }
        }
        return false;
    }

    private LookupResult addressesWith(ZoneQuestion question, ServiceNode node, PortMatcher port) {
        AddressAnswer answer = new AddressAnswer(question.qtype());
        for (PackedSlice slice : node.slices()) {
            if (port.matchesAny(slice.ports())) {
                answer.addAll(slice.addresses());
            }
        }
        return answer.build(question, options.ttlSeconds());
    }

    private LookupResult srv(ZoneQuestion question, ServiceSlot slot, ServiceNode node, @Nullable PortMatcher matcher) {
        return srv(ServiceName.of(slot, question.zoneAsAsked()), node, matcher).build(question, options.ttlSeconds());
    }

    /** SRV records of the named ports of the service with this name, or of those that match. */
    SrvAnswer srv(DomainName service, ServiceNode node, @Nullable PortMatcher matcher) {
        SrvAnswer answer = new SrvAnswer();
        if (node.kind() == ServiceKind.CLUSTER_IP) {
            for (PortEntry port : node.ports()) {
                for (int i = 0; i < node.clusterIps().size() && wanted(port, matcher); i++) {
                    answer.add(service, port.port(), node.clusterIps().get(i));
                }
            }
        } else {
            for (PackedSlice slice : node.slices()) {
                for (int i = 0; i < slice.addresses().size(); i++) {
                    addEndpoint(answer, slice, i, service, matcher);
                }
            }
        }
        return answer;
    }

    private void addEndpoint(
            SrvAnswer answer, PackedSlice slice, int endpoint, DomainName service, @Nullable PortMatcher matcher) {
        DomainName name = EndpointName.of(slice, endpoint, options.endpointPodNames(), service);
        for (PortEntry port : slice.ports()) {
            if (name != null && wanted(port, matcher)) {
                answer.add(name, port.port(), slice.addresses().get(endpoint));
            }
        }
    }

    private static boolean wanted(PortEntry port, @Nullable PortMatcher matcher) {
        // Unlike CoreDNS: only named ports have SRV records (Kubernetes DNS 1.1.0, 2.3.2 and 2.4.2).
        return matcher == null ? PortMatcher.isNamed(port) : matcher.matches(port);
    }

    private LookupResult endpoint(ZoneQuestion question, ServiceSlot slot, ServiceNode node) {
        EndpointMatcher matcher =
                new EndpointMatcher(question.qname(), question.label(SERVICE_LABELS - 1), options.endpointPodNames());
        AddressAnswer addresses = new AddressAnswer(question.qtype());
        boolean exists = false;
        boolean above = isProtocol(question, node);
        for (PackedSlice slice : slicesWithNames(slot, node)) {
            above |= matcher.isAbove(slice);
            for (int i = 0; i < slice.addresses().size(); i++) {
                if (matcher.matches(slice, i)) {
                    exists = true;
                    addresses.add(slice.addresses().get(i));
                }
            }
        }
        if (!exists) {
            return above ? question.noData() : question.nameError();
        }
        return switch (question.qtype()) {
            case RecordType.A, RecordType.AAAA -> addresses.build(question, options.ttlSeconds());
            case RecordType.SRV -> srvOf(question, slot, node, matcher);
            default -> question.noData();
        };
    }

    /** SRV records of the named ports of an endpoint. */
    private LookupResult srvOf(ZoneQuestion question, ServiceSlot slot, ServiceNode node, EndpointMatcher matcher) {
        DomainName service = ServiceName.of(slot, question.zoneAsAsked());
        SrvAnswer answer = new SrvAnswer();
        for (PackedSlice slice : slicesWithNames(slot, node)) {
            for (int i = 0; i < slice.addresses().size(); i++) {
                if (matcher.matches(slice, i)) {
                    addEndpoint(answer, slice, i, service, null);
                }
            }
        }
        return answer.build(question, options.ttlSeconds());
    }

    /** Endpoints have names in services with cluster IPs too, as in CoreDNS, but not in those of a clusterset. */
    private static PackedSlice[] slicesWithNames(ServiceSlot slot, ServiceNode node) {
        // Unlike CoreDNS: no name may single out the backends of one cluster (KEP-1645, specification 1.0.0).
        boolean hidden = slot.space().isImported() && node.kind() == ServiceKind.CLUSTER_IP;
        return hidden ? NO_SLICES : node.slices();
    }

    /** True if the label in front of the service's names a protocol; without an underscore it may be part of a cluster id. */
    private static boolean hasProtocol(ZoneQuestion question) {
        return !question.zone().isMulticluster()
                || PortMatcher.hasUnderscore(question.qname(), question.label(ENDPOINT_LABELS - 1));
    }

    /** True if the qname is that of a protocol of ports below it. */
    private static boolean isProtocol(ZoneQuestion question, ServiceNode node) {
        if (question.labelCount() != ENDPOINT_LABELS || !hasProtocol(question)) {
            return false;
        }
        if (node.kind() == ServiceKind.CLUSTER_IP) {
            return PortMatcher.isProtocolOfAny(question.qname(), 0, node.ports());
        }
        for (PackedSlice slice : node.slices()) {
            boolean ready = slice.addresses().size() > 0;
            if (ready && PortMatcher.isProtocolOfAny(question.qname(), 0, slice.ports())) {
                return true;
            }
        }
        return false;
    }
}
