package org.cairndns.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import org.cairndns.corefile.Scheme;
import org.cairndns.server.net.ServerAddress;
import org.cairndns.wire.Transport;

/**
 * Address that server blocks share a listener on.
 *
 * @param address empty for every local address
 * @param port 0..65535, 0 for a free one
 */
record ListenAddress(Scheme scheme, Optional<InetAddress> address, int port) {
    /** Name of the server in metrics and logs: {@code dns://:53}, {@code dns://127.0.0.1:53}, {@code dns://[::1]:53}. */
    String label() {
        return scheme.prefix() + host() + ":" + port;
    }

    /** The address in the listener's own words; for schemes that are served. */
    ServerAddress serverAddress() {
        Transport transport = switch (scheme) {
            case DNS -> Transport.UDP;
            case TLS -> Transport.TLS;
            case HTTPS -> Transport.HTTPS;
            case QUIC, GRPC, HTTPS3 -> throw new IllegalStateException(scheme + " is not served");
        };
        return new ServerAddress(transport, address, port, label());
    }

    /** True if it stands for every local address, as 0.0.0.0 and :: do. */
    boolean isEverywhere() {
        return address.isEmpty() || address.get().isAnyLocalAddress();
    }

    String host() {
        return address.map(a -> a instanceof Inet6Address ? "[" + a.getHostAddress() + "]" : a.getHostAddress())
                .orElse("");
    }
}
