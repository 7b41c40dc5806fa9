package org.cairndns.server.smoke;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cairndns.corefile.HostPort;
import org.cairndns.wire.DomainName;

/**
 * What a smoke test is about.
 *
 * @param zone the cluster's zone, such as {@code cluster.local.}
 * @param namespace of the pod that asks; empty where that is not known
 * @param service of DNS, {@code NAME.NAMESPACE}
 * @param outside a name that only upstreams know; empty for a cluster without a way out
 * @param pods names or addresses of servers whose pages are looked at
 * @param environment of the process, where a kubelet puts the addresses of services
 */
record SmokeTarget(
        DomainName zone,
        String namespace,
        String service,
        Optional<DomainName> outside,
        List<String> pods,
        Map<String, String> environment) {
    /** Of the API, in each cluster. */
    static final String API_SERVICE = "kubernetes.default";

    SmokeTarget {
        pods = List.copyOf(pods);
        environment = Map.copyOf(environment);
    }

    /** {@code SERVICE.NAMESPACE.svc.ZONE}. */
    DomainName serviceName(String serviceAndNamespace) {
        return DomainName.of(serviceAndNamespace + ".svc." + zone);
    }

    /** The address that the kubelet gave for a service, where it did: those of the pod's namespace, and that of the API. */
    Optional<InetAddress> kubeletsAddress(String serviceAndNamespace) {
        int dot = serviceAndNamespace.indexOf('.');
        if (!serviceAndNamespace.equals(API_SERVICE)
                && !serviceAndNamespace.substring(dot + 1).equals(namespace)) {
            return Optional.empty();
        }
        String name = serviceAndNamespace.substring(0, dot);
        String variable = name.toUpperCase(Locale.ROOT).replace('-', '_') + "_SERVICE_HOST";
        return HostPort.parse(environment.getOrDefault(variable, ""), 0).flatMap(HostPort::address);
    }
}
