package org.cairndns.server.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of this machine's interfaces, without link-local ones of IPv6. */
final class LocalAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(LocalAddresses.class);

    private LocalAddresses() {}

    /** As they are now; none if they cannot be listed. */
    static Set<InetAddress> all() {
        Set<InetAddress> found = new LinkedHashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .forEach(card -> card.inetAddresses()
                            .filter(address -> !(address instanceof Inet6Address v6 && v6.isLinkLocalAddress()))
                            .forEach(found::add));
        } catch (SocketException e) {
            LOG.warn("cannot list the network interfaces: {}", e.getMessage());
        }
        return found;
    }
}
