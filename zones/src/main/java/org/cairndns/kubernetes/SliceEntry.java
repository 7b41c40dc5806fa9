package org.cairndns.kubernetes;

import java.util.List;
import java.util.OptionalLong;

/**
 * The fields of an EndpointSlice that DNS needs.
 *
 * @param namespace never empty; that of the service too
 * @param name never empty
 * @param serviceName value of the label {@code kubernetes.io/service-name}, empty when there is none
 * @param importName value of the label {@code multicluster.kubernetes.io/service-name}: the ServiceImport whose endpoints these
 *     are; empty when there is none. Slices with neither name are no concern of DNS
 * @param clusterId value of the label {@code multicluster.kubernetes.io/source-cluster}, one or more labels with dots between
 *     them; empty when there is none
 * @param ports ports with a number, in the order of the API; empty when there are none
 * @param endpoints ready endpoints in the order of the API; one with several addresses appears several times
 * @param changeTriggeredAtMillis Unix time of the change of pod or service that led to this state, where the API says it
 *     (annotation {@code endpoints.kubernetes.io/last-change-trigger-time})
 */
public record SliceEntry(
        String namespace,
        String name,
        String serviceName,
        String importName,
        String clusterId,
        List<PortEntry> ports,
        List<EndpointEntry> endpoints,
        OptionalLong changeTriggeredAtMillis) {
    public SliceEntry {
        ports = List.copyOf(ports);
        endpoints = endpoints instanceof PackedEndpoints ? endpoints : List.copyOf(endpoints);
    }

    /** A slice that belongs to a service of this cluster only. */
    public SliceEntry(
            String namespace,
            String name,
            String serviceName,
            List<PortEntry> ports,
            List<EndpointEntry> endpoints,
            OptionalLong changeTriggeredAtMillis) {
        this(namespace, name, serviceName, "", "", ports, endpoints, changeTriggeredAtMillis);
    }

    /** This slice with the labels of an imported one. */
    public SliceEntry withImport(String importName, String clusterId) {
        return new SliceEntry(
                namespace, name, serviceName, importName, clusterId, ports, endpoints, changeTriggeredAtMillis);
    }
}
