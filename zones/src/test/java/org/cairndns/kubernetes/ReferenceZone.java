package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.cairndns.kubernetes.ReferenceCluster.Endpoint;
import org.cairndns.zone.IpAddress;

/**
 * The rules of Kubernetes DNS 1.1.0, with those of RFC 8020 for the names between, as plainly as they can be written down.
 *
 * <p>A {@link ClusterZone} over the same objects must say the same, whatever way led there.
 */
final class ReferenceZone {
    private static final String ZONE = "cluster.local.";
    private static final List<String> NO_DATA = List.of("NODATA");

    private final ReferenceCluster cluster;
    private final ClusterZoneOptions options;

    ReferenceZone(ReferenceCluster cluster) {
        this.cluster = cluster;
        this.options = cluster.options();
    }

    /** The answer to a question for a name in lower case that ends in a dot, in the form of {@link Answers#ask}. */
    List<String> ask(String qname, String type) {
        for (String zone : List.of(ZONE, "in-addr.arpa.", "ip6.arpa.")) {
            if (qname.equals(zone) || qname.endsWith("." + zone)) {
                List<String> labels = Arrays.asList(
                        qname.substring(0, qname.length() - zone.length()).split("\\."));
                Collections.reverse(labels);
                return inZone(qname, type, zone, labels);
            }
        }
        return List.of("NOTINZONE");
    }

    private List<String> inZone(String qname, String type, String zone, List<String> labels) {
        if (qname.equals(zone)) {
            return type.equals("NS") ? List.of("NOERROR", qname + " 30 NS ns.dns." + ZONE) : NO_DATA;
        }
        if (labels.equals(List.of("dns")) || labels.equals(List.of("dns", "ns"))) {
            return NO_DATA;
        }
        if (!zone.equals(ZONE)) {
            return new ReferenceReverse(cluster, zone).ask(qname, type, labels, nameError());
        }
        return new Question(qname, type, labels).answer();
    }

    private List<String> nameError() {
        return List.of(cluster.isSynced() ? "NXDOMAIN" : "SERVFAIL");
    }

    /** A question in the forward zone; labels are counted from the zone. */
    private final class Question {
        private final String qname;
        private final String type;
        private final List<String> labels;

        Question(String qname, String type, List<String> labels) {
            this.qname = qname;
            this.type = type;
            this.labels = labels;
        }

        private List<String> answer() {
            boolean pod = labels.getFirst().equals("pod");
            if (labels.equals(List.of("dns-version"))) {
                // 2.2
                return type.equals("TXT") ? List.of("NOERROR", qname + " 28800 TXT 1.1.0") : NO_DATA;
            }
            if (!pod && !labels.getFirst().equals("svc")) {
                return nameError();
            }
            if (labels.size() == 1) {
                return NO_DATA;
            }
            String namespace = labels.get(1);
            if (!cluster.isVisible(namespace) || (pod && options.podMode() == PodMode.DISABLED)) {
                return nameError();
            }
            if (labels.size() == 2) {
                return NO_DATA;
            }
            return pod ? pod(namespace) : service(namespace, labels.get(2));
        }

        // 2.6 of schema 1.0.1; labels in front do not matter.
        private List<String> pod(String namespace) {
            Optional<InetAddress> address = ReferenceCluster.undashed(labels.get(2));
            if (address.isEmpty() || labels.size() > 5) {
                return nameError();
            }
            if (options.podMode() == PodMode.VERIFIED && !cluster.hasPod(namespace, address.get())) {
                return nameError();
            }
            ReferenceRecords records = new ReferenceRecords(qname, type);
            if (type.equals("SRV")) {
                records.service(0, labels.get(2) + "." + namespace + ".pod." + ZONE, address.get());
            }
            return records.addresses(List.of(address.get())).answer();
        }

        private List<String> service(String namespace, String name) {
            Optional<ServiceEntry> found = cluster.service(namespace, name);
            if (found.isEmpty() || labels.size() > 5) {
                return nameError();
            }
            ServiceEntry service = found.get();
            List<Endpoint> endpoints = cluster.endpoints(service);
            return switch (service.kind()) {
                case EXTERNAL_NAME -> alias(service.externalName());
                case HEADLESS -> endpoints.isEmpty() ? nameError() : records(service, endpoints);
                case CLUSTER_IP ->
                    endpoints.isEmpty() && options.ignoreEmptyService() ? nameError() : records(service, endpoints);
            };
        }

        // 2.5; an address is no name.
        private List<String> alias(String target) {
            boolean isName = IpAddress.parse(target).isEmpty();
            return labels.size() == 3 && isName ? List.of("ALIAS " + target + ".") : nameError();
        }

        private List<String> records(ServiceEntry service, List<Endpoint> endpoints) {
            return switch (labels.size()) {
                case 3 ->
                    service.kind() == ServiceKind.HEADLESS
                            ? endpoints(service, endpoints, Question::isNamed)
                            : clusterIp(service, Question::isNamed);
                case 4 -> endpointOrProtocol(service, endpoints);
                default -> port(service, endpoints);
            };
        }

        // 2.3.1 and 2.3.2
        private List<String> clusterIp(ServiceEntry service, Predicate<PortEntry> wanted) {
            ReferenceRecords records = new ReferenceRecords(qname, type).addresses(service.clusterIps());
            if (type.equals("SRV")) {
                service.ports().stream()
                        .filter(wanted)
                        .forEach(port -> service.clusterIps()
                                .forEach(address -> records.service(port.port(), nameOf(service), address)));
            }
            return records.answer();
        }

        // 2.4.1 and 2.4.2
        private List<String> endpoints(ServiceEntry service, List<Endpoint> endpoints, Predicate<PortEntry> wanted) {
            ReferenceRecords records = new ReferenceRecords(qname, type);
            records.addresses(endpoints.stream().map(Endpoint::address).toList());
            if (type.equals("SRV")) {
                endpoints.forEach(endpoint -> endpoint.ports().stream()
                        .filter(wanted)
                        .forEach(port -> records.service(
                                port.port(), endpoint.name() + "." + nameOf(service), endpoint.address())));
            }
            return records.answer();
        }

        private List<String> endpointOrProtocol(ServiceEntry service, List<Endpoint> endpoints) {
            List<Endpoint> named = endpoints.stream()
                    .filter(endpoint -> endpoint.name().equals(labels.get(3)))
                    .toList();
            if (!named.isEmpty()) {
                return endpoints(service, named, Question::isNamed);
            }
            // RFC 8020: below the protocol there are ports.
            String protocol = withoutUnderscore(labels.get(3));
            boolean exists = portsOf(service, endpoints).stream()
                    .anyMatch(port -> isNamed(port) && port.protocol().equals(protocol));
            return exists ? NO_DATA : nameError();
        }

        private List<String> port(ServiceEntry service, List<Endpoint> endpoints) {
            Predicate<PortEntry> asked = port -> isNamed(port)
                    && port.name().equals(withoutUnderscore(labels.get(4)))
                    && port.protocol().equals(withoutUnderscore(labels.get(3)));
            if (portsOf(service, endpoints).stream().noneMatch(asked)) {
                return nameError();
            }
            if (service.kind() == ServiceKind.CLUSTER_IP) {
                return clusterIp(service, asked);
            }
            List<Endpoint> offering = endpoints.stream()
                    .filter(endpoint -> endpoint.ports().stream().anyMatch(asked))
                    .toList();
            return endpoints(service, offering, asked);
        }

        private static List<PortEntry> portsOf(ServiceEntry service, List<Endpoint> endpoints) {
            return service.kind() == ServiceKind.CLUSTER_IP
                    ? service.ports()
                    : endpoints.stream()
                            .flatMap(endpoint -> endpoint.ports().stream())
                            .toList();
        }

        // 2.3.2: an unnamed port has no SRV record.
        private static boolean isNamed(PortEntry port) {
            return !port.name().isEmpty();
        }

        private static String withoutUnderscore(String label) {
            return label.startsWith("_") ? label.substring(1) : label;
        }

        private static String nameOf(ServiceEntry service) {
            return service.name() + "." + service.namespace() + ".svc." + ZONE;
        }
    }
}
