package org.cairndns.kubernetes;

import java.net.InetAddress;

/**
 * One address of one ready endpoint of an EndpointSlice.
 *
 * @param address the address
 * @param hostname as in the API, empty when there is none
 * @param podName name of the pod the endpoint refers to; empty when it refers to something else or the name has 64 or more characters
 * @param zone topology zone in lower case, empty when there is none
 */
public record EndpointEntry(InetAddress address, String hostname, String podName, String zone) {
    /** An endpoint in no zone. */
    public EndpointEntry(InetAddress address, String hostname, String podName) {
        this(address, hostname, podName, "");
    }
}
