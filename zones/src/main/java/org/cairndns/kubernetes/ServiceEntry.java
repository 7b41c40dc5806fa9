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
 * @param externalTargets external addresses, then those of load balancers, or their hostnames where they have none
 */
public record ServiceEntry(
        String namespace,
        String name,
        ServiceKind kind,
        List<InetAddress> clusterIps,
        String externalName,
        List<PortEntry> ports,
        List<String> externalTargets) {
    public ServiceEntry {
        clusterIps = List.copyOf(clusterIps);
        ports = List.copyOf(ports);
        externalTargets = List.copyOf(externalTargets);
    }

    /** A service that is not reached from outside. */
    public ServiceEntry(
            String namespace,
            String name,
            ServiceKind kind,
            List<InetAddress> clusterIps,
            String externalName,
            List<PortEntry> ports) {
        this(namespace, name, kind, clusterIps, externalName, ports, List.of());
    }
}
