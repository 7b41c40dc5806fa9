package org.cairndns.kubernetes;

import java.util.List;
import java.util.OptionalLong;

/**
 * The fields of an EndpointSlice that DNS needs.
 *
 * @param namespace never empty; that of the service too
 * @param name never empty
 * @param serviceName value of the label {@code kubernetes.io/service-name}; never empty, as slices without it are no concern of DNS
 * @param ports ports with a number, in the order of the API; empty when there are none
 * @param endpoints ready endpoints in the order of the API; one with several addresses appears several times
 * @param changeTriggeredAtMillis Unix time of the change of pod or service that led to this state, where the API says it
 *     (annotation {@code endpoints.kubernetes.io/last-change-trigger-time})
 */
public record SliceEntry(
        String namespace,
        String name,
        String serviceName,
        List<PortEntry> ports,
        List<EndpointEntry> endpoints,
        OptionalLong changeTriggeredAtMillis) {
    public SliceEntry {
        ports = List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
    }
}
