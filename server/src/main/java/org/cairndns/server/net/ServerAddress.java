package org.cairndns.server.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.cairndns.wire.Transport;

/**
 * Where one DNS server listens.
 *
 * @param transport what is spoken there; {@link Transport#UDP} stands for plain DNS, which TCP belongs to
 * @param address empty for every local address, as are 0.0.0.0 and ::
 * @param port 0..65535, 0 for a free one
 * @param server name of the server in metrics, such as {@code dns://:53}
 */
public record ServerAddress(Transport transport, Optional<InetAddress> address, int port, String server) {
    InetSocketAddress socketAddress() {
        return isEverywhere() ? new InetSocketAddress(port) : new InetSocketAddress(address.orElseThrow(), port);
    }

    /** True if the server listens on every local address. */
    boolean isEverywhere() {
        return address.isEmpty() || address.get().isAnyLocalAddress();
    }
}
