package org.cairndns.plugin.forward;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.Scheme;

/**
 * Host name that stands for as many upstreams as it has addresses.
 *
 * @param serverName name that the upstreams' certificates must be for; not empty unless the scheme is without TLS
 */
record UpstreamHost(HostPort host, Scheme scheme, String serverName) implements UpstreamTarget {
    @Override
    public UpstreamHost withServerName(String name) {
        return new UpstreamHost(host, scheme, name);
    }

    @Override
    public String label() {
        return host.toString();
    }

    /** True if the server name is the host name itself. */
    boolean isNamedByHost() {
        return host.host().equals(serverName) || host.host().equals(serverName + ".");
    }

    /** The upstream at one of the name's addresses. */
    UpstreamAddress at(InetAddress address) {
        return new UpstreamAddress(new InetSocketAddress(address, host.port()), scheme, serverName);
    }
}
