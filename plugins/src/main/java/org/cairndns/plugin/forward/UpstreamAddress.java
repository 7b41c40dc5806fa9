package org.cairndns.plugin.forward;

import java.net.InetSocketAddress;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.Scheme;

/**
 * Address of one upstream.
 *
 * @param address IP address and port
 * @param scheme plain DNS, DNS over TLS (RFC 7858) or DNS over HTTPS (RFC 8484)
 */
record UpstreamAddress(InetSocketAddress address, Scheme scheme, String serverName) implements UpstreamTarget {
    @Override
    public UpstreamAddress withServerName(String name) {
        return new UpstreamAddress(address, scheme, name);
    }

    /** True if it is asked in plain text, over UDP or TCP. */
    boolean isPlain() {
        return scheme == Scheme.DNS;
    }

    /** The form {@code ip:port}, with brackets around IPv6: the label {@code to} of metrics. */
    @Override
    public String label() {
        return new HostPort(ip(), address.getPort()).toString();
    }

    /** Name that a TLS session is opened for. */
    String tlsPeer() {
        return serverName.isEmpty() ? ip() : serverName;
    }

    /** What an HTTP request names as its server (RFC 9110 7.2): the TLS name or address, and an unusual port. */
    String authority() {
        HostPort full = new HostPort(tlsPeer(), address.getPort());
        String text = full.toString();
        String usual = ":" + scheme.defaultPort();
        return text.endsWith(usual) ? text.substring(0, text.length() - usual.length()) : text;
    }

    private String ip() {
        return address.getAddress().getHostAddress();
    }
}
