package org.cairndns.corefile;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A host with a port.
 *
 * @param host an IP address without brackets and possibly with a zone ({@code fe80::1%eth0}), a host name, or empty for
 *     all addresses of the machine
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /**
     * Reads {@code host:port}, {@code [ipv6]:port}, {@code :port}, and without a port {@code host}, {@code ipv6} or
     * {@code [ipv6]}. Empty for any other text.
     */
    public static Optional<HostPort> parse(String text, int defaultPort) {
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            boolean portFollows = close > 0 && text.startsWith(":", close + 1);
            if (close < 0 || (!portFollows && close != text.length() - 1)) {
                return Optional.empty();
            }
            return of(text.substring(1, close), portFollows ? text.substring(close + 2) : "", defaultPort);
        }
        int colon = text.indexOf(':');
        if (colon < 0 || IpLiterals.parseZoned(text).isPresent()) {
            return of(text, "", defaultPort);
        }
        return of(text.substring(0, colon), text.substring(colon + 1), defaultPort);
    }

    private static Optional<HostPort> of(String host, String port, int defaultPort) {
        if (host.indexOf('[') >= 0 || host.indexOf(']') >= 0) {
            return Optional.empty();
        }
        if (port.isEmpty()) {
            return Optional.of(new HostPort(host, defaultPort));
        }
        return GoNumbers.unsigned(port)
                .filter(number -> number <= MAX_PORT)
                .map(number -> new HostPort(host, number.intValue()));
    }

    /** The host as an address, its zone dropped; empty for a host name or no host. */
    public Optional<InetAddress> address() {
        return IpLiterals.parseZoned(host);
    }

    /** The form {@code host:port}, with brackets around IPv6. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
