package org.cairndns.kubernetes;

import java.net.InetAddress;

/**
 * One address of one ready endpoint of an EndpointSlice.
 *
 * @param address the address
 * @param hostname as in the API, empty when there is none
 * @param podName name of the pod, or of whatever else the endpoint refers to; empty when that name is no label, having a dot or 64 or more
 *     characters
 * @param zone topology zone in lower case, empty when there is none
 */
public record EndpointEntry(InetAddress address, String hostname, String podName, String zone) {
    /** An endpoint in no zone. */
    public EndpointEntry(InetAddress address, String hostname, String podName) {
        this(address, hostname, podName, "");
    }
}
