package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.List;

/**
 * The fields of a Service that DNS needs.
 *
 * @param namespace never empty
 * @param name never empty
 * @param kind which of the other fields count
 * @param clusterIps primary family first; empty unless {@code kind} is {@link ServiceKind#CLUSTER_IP}
 * @param externalName as in the API, empty when there is none
 * @param ports in the order of the API, empty when there are none
 */
public record ServiceEntry(
        String namespace,
        String name,
        ServiceKind kind,
        List<InetAddress> clusterIps,
        String externalName,
        List<PortEntry> ports) {
    public ServiceEntry {
        clusterIps = List.copyOf(clusterIps);
        ports = List.copyOf(ports);
    }
}
