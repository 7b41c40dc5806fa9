package org.cairndns.kubernetes;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.LookupResult;
import org.jspecify.annotations.Nullable;

/**
 * Answers for services by their external addresses.
 *
 * <pre>
 *   S.NS          addresses, or an alias to a load balancer's name; SRV for each port
 *   P.Q.S.NS      the same for port P of protocol Q
 *   E.S.NS        the same, whatever E is; endpoint E of a service without external addresses
 * </pre>
 */
final class ExternalAnswers {
    private static final int SERVICE_LABELS = 2;
    private static final int ENDPOINT_LABELS = 3;
    private static final int PORT_LABELS = 4;

    private final ClusterIndex index;
    private final ExternalZoneOptions options;
    private final ClusterZoneOptions cluster;

    ExternalAnswers(ClusterIndex index, ExternalZoneOptions options, ClusterZoneOptions cluster) {
        this.index = index;
        this.options = options;
        this.cluster = cluster;
    }

    /** The name of a service in a zone. */
    static DomainName name(ServiceSlot slot, DomainName zone) {
        return DomainName.prepend(
                slot.name(), DomainName.prepend(slot.namespace().name(), zone));
    }

    /** Where a service of this server is reached: its external addresses, or its endpoints where those are served. */
    List<IpAddress> addresses(ServiceSlot slot) {
        List<IpAddress> all = new ArrayList<>();
        addAll(index.externals().of(slot).addresses(), all);
        ServiceNode node = slot.node();
        if (options.headless() && node.kind() == ServiceKind.HEADLESS) {
            for (PackedSlice slice : node.slices()) {
                addAll(slice.addresses(), all);
            }
        }
        return all;
    }

    private static void addAll(Addresses addresses, List<IpAddress> all) {
        for (int i = 0; i < addresses.size(); i++) {
            all.add(addresses.get(i));
        }
    }

    /** The answer to a question for a name at or below that of a service. */
    LookupResult answer(ZoneQuestion question, ServiceSlot slot) {
        ServiceNode node = slot.node();
        if (node.kind() == null || question.labelCount() > PORT_LABELS) {
            return question.nameError();
        }
        PortMatcher port = question.labelCount() == PORT_LABELS
                ? new PortMatcher(
                        question.qname(), question.label(PORT_LABELS - 1), question.label(ENDPOINT_LABELS - 1))
                : null;
        ExternalService external = index.externals().of(slot);
        if (!external.isEmpty()) {
            return external(question, slot, external, port);
        }
        boolean served =
                options.headless() && (node.kind() == ServiceKind.HEADLESS || question.labelCount() == ENDPOINT_LABELS);
        return served ? endpoints(question, slot, node, port) : question.nameError();
    }

    private LookupResult external(
            ZoneQuestion question, ServiceSlot slot, ExternalService external, @Nullable PortMatcher port) {
        if (port != null && !port.matchesAny(external.ports())) {
            return question.nameError();
        }
        if (question.qtype() == RecordType.SRV) {
            return srv(question, slot, external, port);
        }
        if (external.addresses().size() == 0) {
            // Unlike CoreDNS, which has several aliases at one name where there are several load balancers (RFC 2181
            // 10.1).
            return new LookupResult.Alias(external.hostnames().getFirst(), cluster.ttlSeconds());
        }
        if (question.qtype() != RecordType.A && question.qtype() != RecordType.AAAA) {
            return question.noData();
        }
        AddressAnswer answer = new AddressAnswer(question.qtype());
        answer.addAll(external.addresses());
        return answer.build(question, options.ttlSeconds());
    }

    private LookupResult srv(
            ZoneQuestion question, ServiceSlot slot, ExternalService external, @Nullable PortMatcher matcher) {
        SrvAnswer answer = new SrvAnswer();
        DomainName service = name(slot, question.zoneAsAsked());
        for (PortEntry port : external.ports()) {
            if (matcher != null && !matcher.matches(port)) {
                continue;
            }
            for (int i = 0; i < external.addresses().size(); i++) {
                answer.add(service, port.port(), external.addresses().get(i));
            }
            for (DomainName hostname : external.hostnames()) {
                answer.add(hostname, port.port());
            }
        }
        return answer.build(question, cluster.ttlSeconds(), options.ttlSeconds());
    }

    private LookupResult endpoints(
            ZoneQuestion question, ServiceSlot slot, ServiceNode node, @Nullable PortMatcher port) {
        EndpointMatcher endpoint = question.labelCount() == ENDPOINT_LABELS
                ? new EndpointMatcher(question.qname(), question.label(SERVICE_LABELS - 1), cluster.endpointPodNames())
                : null;
        AddressAnswer addresses = new AddressAnswer(question.qtype());
        SrvAnswer srv = new SrvAnswer();
        DomainName service = name(slot, question.zoneAsAsked());
        boolean exists = false;
        for (PackedSlice slice : node.slices()) {
            boolean offers = port == null || port.matchesAny(slice.ports());
            for (int i = 0; offers && i < slice.addresses().size(); i++) {
                if (endpoint == null || endpoint.matches(slice, i)) {
                    exists = true;
                    addresses.add(slice.addresses().get(i));
                    addSrv(srv, slice, i, service, port);
                }
            }
        }
        if (!exists) {
            return question.nameError();
        }
        return switch (question.qtype()) {
            case RecordType.A, RecordType.AAAA -> addresses.build(question, options.ttlSeconds());
            case RecordType.SRV -> srv.build(question, cluster.ttlSeconds(), options.ttlSeconds());
            default -> question.noData();
        };
    }

    private void addSrv(
            SrvAnswer answer, PackedSlice slice, int endpoint, DomainName service, @Nullable PortMatcher matcher) {
        DomainName name = EndpointName.of(slice, endpoint, cluster.endpointPodNames(), service);
        for (PortEntry port : slice.ports()) {
            if (name != null && (matcher == null || matcher.matches(port))) {
                answer.add(name, port.port(), slice.addresses().get(endpoint));
            }
        }
    }
}
