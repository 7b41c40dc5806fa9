package org.cairndns.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import org.cairndns.corefile.Scheme;

/**
 * Address that server blocks share a listener on.
 *
 * @param address empty for every local address
 * @param port 0..65535, 0 for a free one
 */
record ListenAddress(Scheme scheme, Optional<InetAddress> address, int port) {
    /** Name of the server in metrics and logs: {@code dns://:53}, {@code dns://127.0.0.1:53}, {@code dns://[::1]:53}. */
    String label() {
        return "%s://%s:%d".formatted(scheme.name().toLowerCase(Locale.ROOT), host(), port);
    }

    String host() {
        return address.map(a -> a instanceof Inet6Address ? "[" + a.getHostAddress() + "]" : a.getHostAddress())
                .orElse("");
    }
}
