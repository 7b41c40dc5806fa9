package org.cairndns.plugin.forward;

import java.net.InetSocketAddress;
import org.cairndns.corefile.HostPort;

/**
 * Address of one upstream.
 *
 * @param address IP address and port
 * @param tls true for DNS over TLS (RFC 7858)
 * @param serverName name that the upstream's certificate must be for; empty for its IP address
 */
record UpstreamAddress(InetSocketAddress address, boolean tls, String serverName) {
    /** The form {@code ip:port}, with brackets around IPv6: the label {@code to} of metrics. */
    String label() {
        return new HostPort(ip(), address.getPort()).toString();
    }

    /** Name that a TLS session is opened for. */
    String tlsPeer() {
        return serverName.isEmpty() ? ip() : serverName;
    }

    private String ip() {
        return address.getAddress().getHostAddress();
    }
}
