package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * The fields of a Pod that DNS needs.
 *
 * @param namespace never empty
 * @param name never empty
 * @param addresses primary family first; empty as long as the pod has none
 * @param labels those that someone looks for
 */
public record PodEntry(String namespace, String name, List<InetAddress> addresses, Map<String, String> labels) {
    public PodEntry {
        addresses = List.copyOf(addresses);
        labels = Map.copyOf(labels);
    }

    /** A pod without labels. */
    public PodEntry(String namespace, String name, List<InetAddress> addresses) {
        this(namespace, name, addresses, Map.of());
    }
}
