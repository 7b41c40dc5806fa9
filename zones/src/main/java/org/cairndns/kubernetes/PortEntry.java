package org.cairndns.kubernetes;

/**
 * The fields of a port of a Service or an EndpointSlice that DNS needs.
 *
 * @param name as in the API, empty when the port is unnamed
 * @param protocol in lower case: {@code tcp}, {@code udp}, {@code sctp}
 * @param port 0 to 65535
 */
public record PortEntry(String name, String protocol, int port) {
    public PortEntry {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not in 0..65535");
        }
    }
}
