package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.List;

/**
 * The fields of a Pod that DNS needs.
 *
 * @param namespace never empty
 * @param name never empty
 * @param addresses primary family first; empty as long as the pod has none
 */
public record PodEntry(String namespace, String name, List<InetAddress> addresses) {
    public PodEntry {
        addresses = List.copyOf(addresses);
    }
}
