package org.cairndns.kubernetes;

import org.cairndns.wire.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * Names of endpoints: {@code ENDPOINT.S.NS.svc.zone}, of imported ones {@code ENDPOINT.CLUSTERID.S.NS.svc.zone}.
 *
 * <p>The first label is the endpoint's hostname, else its pod's name where those are used, else its address. Kubernetes
 * DNS 1.1.0, 2.1 leaves the form of the last to the server; CoreDNS's is kept, as tools rely on it.
 */
final class EndpointName {
    private EndpointName() {}

    /** The whole name, null where it would be too long. */
    static @Nullable DomainName of(PackedSlice slice, int endpoint, boolean podNames, DomainName service) {
        DomainName parent = Labels.prependAll(slice.clusterId(), service);
        return parent == null ? null : Labels.prepend(label(slice, endpoint, podNames), parent);
    }

    /** What has the hostname or pod's name of an endpoint; nothing where its label is made of the address. */
    static PackedLabels given(PackedSlice slice, int endpoint, boolean podNames) {
        return podNames && !slice.hostnames().has(endpoint) ? slice.podNames() : slice.hostnames();
    }

    private static String label(PackedSlice slice, int endpoint, boolean podNames) {
        String given = given(slice, endpoint, podNames).text(endpoint);
        return given.isEmpty() ? DashedAddress.of(slice.addresses().get(endpoint)) : given;
    }
}
