package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.cairndns.zone.IpAddress;

/** What the rules of Kubernetes DNS ask about the objects of a cluster, found by going through all of them. */
record ReferenceCluster(ClusterModel model, ClusterZoneOptions options) {
    /**
     * One address of a ready endpoint.
     *
     * @param name first label of its name
     * @param given whether its name is a hostname from the API
     */
    record Endpoint(InetAddress address, String name, boolean given, List<PortEntry> ports) {}

    boolean isSynced() {
        return Arrays.stream(ObjectKind.values()).allMatch(model::synced);
    }

    boolean isVisible(String namespace) {
        boolean listed = options.namespaces().isEmpty() || options.namespaces().contains(namespace);
        return listed && model.hasNamespace(namespace);
    }

    Optional<ServiceEntry> service(String namespace, String name) {
        return model.service(namespace, name);
    }

    List<ServiceEntry> services() {
        return model.services();
    }

    /** The endpoints of all slices of a service. */
    List<Endpoint> endpoints(ServiceEntry service) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (SliceEntry slice : model.slices()) {
            if (slice.namespace().equals(service.namespace())
                    && slice.serviceName().equals(service.name())) {
                slice.endpoints().forEach(endpoint -> endpoints.add(endpoint(slice, endpoint)));
            }
        }
        return endpoints;
    }

    private Endpoint endpoint(SliceEntry slice, EndpointEntry endpoint) {
        String name = endpoint.hostname();
        if (name.isEmpty() && options.endpointPodNames()) {
            name = endpoint.podName();
        }
        if (name.isEmpty()) {
            name = dashed(endpoint.address());
        }
        return new Endpoint(endpoint.address(), name, !endpoint.hostname().isEmpty(), slice.ports());
    }

    boolean hasPod(String namespace, InetAddress address) {
        return model.pods().stream()
                .anyMatch(pod ->
                        pod.namespace().equals(namespace) && pod.addresses().contains(address));
    }

    /** Every address of a service or slice, served or not. */
    List<InetAddress> addresses() {
        List<InetAddress> addresses = new ArrayList<>();
        model.services().forEach(service -> addresses.addAll(service.clusterIps()));
        model.slices().forEach(slice -> slice.endpoints().forEach(endpoint -> addresses.add(endpoint.address())));
        return addresses;
    }

    /** The label that an address makes. */
    static String dashed(InetAddress address) {
        String text = IpAddress.of(address).toString().replace('.', '-').replace(':', '-');
        return text.endsWith("-") ? text + "0" : text;
    }

    /** The address that such a label, in any form of text, stands for. */
    static Optional<InetAddress> undashed(String label) {
        boolean ipv4 = label.matches("[0-9]+-[0-9]+-[0-9]+-[0-9]+");
        return IpAddress.parse(label.replace('-', ipv4 ? '.' : ':')).map(IpAddress::toInetAddress);
    }
}
