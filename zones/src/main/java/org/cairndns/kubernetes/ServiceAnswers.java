package org.cairndns.kubernetes;

import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.zone.LookupResult;
import org.jspecify.annotations.Nullable;

/**
 * Answers for names of services, their endpoints and ports (Kubernetes DNS 1.1.0, 2.3 to 2.5).
 *
 * <pre>
 *   S.NS.svc         service         E.S.NS.svc       endpoint, or protocol with ports below it
 *   P.Q.S.NS.svc     port P of protocol Q
 * </pre>
 */
final class ServiceAnswers {
    private static final int SERVICE_LABELS = 3;
    private static final int ENDPOINT_LABELS = 4;
    private static final int PORT_LABELS = 5;

    private final ClusterZoneOptions options;

    ServiceAnswers(ClusterZoneOptions options) {
        this.options = options;
    }

    /** The answer to a question for a name at or below that of a service. */
    LookupResult answer(ZoneQuestion question, ServiceSlot slot) {
        ServiceNode node = slot.node();
        ServiceKind kind = node.kind();
        if (kind == null || question.labelCount() > PORT_LABELS) {
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
        return switch (question.labelCount()) {
            case SERVICE_LABELS -> service(question, slot, node);
            case ENDPOINT_LABELS -> endpoint(question, slot, node);
            default -> port(question, slot, node);
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
            rendered = new RenderedAddresses(options.ttlSeconds(), null, null);
        }
        LookupResult.Found known = ipv4 ? rendered.ipv4() : rendered.ipv6();
        if (known != null) {
            return known;
        }
        if (!hasFamily(node, ipv4)) {
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
                        ? new RenderedAddresses(rendered.ttlSeconds(), found, rendered.ipv6())
                        : new RenderedAddresses(rendered.ttlSeconds(), rendered.ipv4(), found));
        return found;
    }

    private static boolean hasFamily(ServiceNode node, boolean ipv4) {
        if (node.kind() == ServiceKind.CLUSTER_IP) {
            return hasFamily(node.clusterIps(), ipv4);
        }
        for (PackedSlice slice : node.slices()) {
            if (hasFamily(slice.addresses(), ipv4)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasFamily(Addresses addresses, boolean ipv4) {
        return (ipv4 ? addresses.ipv4Count() : addresses.ipv6Count()) > 0;
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

    /** SRV records of the named ports, or of those that match. */
    private LookupResult srv(ZoneQuestion question, ServiceSlot slot, ServiceNode node, @Nullable PortMatcher matcher) {
        SrvAnswer answer = srvAnswer(question, slot);
        if (node.kind() == ServiceKind.CLUSTER_IP) {
            for (PortEntry port : node.ports()) {
                for (int i = 0; i < node.clusterIps().size() && wanted(port, matcher); i++) {
                    answer.add("", port.port(), node.clusterIps().get(i));
                }
            }
            return answer.build(question, options.ttlSeconds());
        }
        for (PackedSlice slice : node.slices()) {
            for (int i = 0; i < slice.addresses().size(); i++) {
                addEndpoint(answer, slice, i, matcher);
            }
        }
        return answer.build(question, options.ttlSeconds());
    }

    private void addEndpoint(SrvAnswer answer, PackedSlice slice, int endpoint, @Nullable PortMatcher matcher) {
        String name = EndpointName.of(slice, endpoint, options.endpointPodNames());
        for (PortEntry port : slice.ports()) {
            if (wanted(port, matcher)) {
                answer.add(name, port.port(), slice.addresses().get(endpoint));
            }
        }
    }

    private static boolean wanted(PortEntry port, @Nullable PortMatcher matcher) {
        // Unlike CoreDNS: only named ports have SRV records (Kubernetes DNS 1.1.0, 2.3.2 and 2.4.2).
        return matcher == null ? PortMatcher.isNamed(port) : matcher.matches(port);
    }

    /** Endpoints have names in services with cluster IPs too, as in CoreDNS. */
    private LookupResult endpoint(ZoneQuestion question, ServiceSlot slot, ServiceNode node) {
        int position = question.label(ENDPOINT_LABELS - 1);
        EndpointMatcher matcher = new EndpointMatcher(question.qname(), position, options.endpointPodNames());
        AddressAnswer addresses = new AddressAnswer(question.qtype());
        SrvAnswer srv = question.qtype() == RecordType.SRV ? srvAnswer(question, slot) : null;
        boolean exists = false;
        for (PackedSlice slice : node.slices()) {
            for (int i = 0; i < slice.addresses().size(); i++) {
                if (matcher.matches(slice, i)) {
                    exists = true;
                    addresses.add(slice.addresses().get(i));
                    if (srv != null) {
                        addEndpoint(srv, slice, i, null);
                    }
                }
            }
        }
        if (!exists) {
            return isProtocol(question, node, position) ? question.noData() : question.nameError();
        }
        if (srv != null) {
            return srv.build(question, options.ttlSeconds());
        }
        boolean address = question.qtype() == RecordType.A || question.qtype() == RecordType.AAAA;
        return address ? addresses.build(question, options.ttlSeconds()) : question.noData();
    }

    private static boolean isProtocol(ZoneQuestion question, ServiceNode node, int position) {
        if (node.kind() == ServiceKind.CLUSTER_IP) {
            return PortMatcher.isProtocolOfAny(question.qname(), position, node.ports());
        }
        for (PackedSlice slice : node.slices()) {
            boolean ready = slice.addresses().size() > 0;
            if (ready && PortMatcher.isProtocolOfAny(question.qname(), position, slice.ports())) {
                return true;
            }
        }
        return false;
    }

    private static SrvAnswer srvAnswer(ZoneQuestion question, ServiceSlot slot) {
        return new SrvAnswer(ServiceName.of(slot, question.zoneAsAsked()));
    }
}
