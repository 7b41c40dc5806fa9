package org.cairndns.kubernetes;

/**
 * First label of an endpoint's name: its hostname, else its pod's name where those are used, else its address.
 *
 * <p>Kubernetes DNS 1.1.0, 2.1 leaves the form of the last to the server; CoreDNS's is kept, as tools rely on it.
 */
final class EndpointName {
    private EndpointName() {}

    static String of(PackedSlice slice, int endpoint, boolean podNames) {
        String given = given(slice, endpoint, podNames);
        return given.isEmpty() ? DashedAddress.of(slice.addresses().get(endpoint)) : given;
    }

    /** The name, empty where it is made of the address. */
    static String given(PackedSlice slice, int endpoint, boolean podNames) {
        String hostname = slice.hostname(endpoint);
        return hostname.isEmpty() && podNames ? slice.podName(endpoint) : hostname;
    }
}
