package org.cairndns.plugin.kubernetes;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.Predicate;
import org.cairndns.plugin.spi.PluginLog;

/** Addresses by which clients reach this server, from which the cluster zone tells its own Service. */
final class LocalAddresses {
    private static final PluginLog LOG = PluginLog.of("kubernetes");

    private LocalAddresses() {}

    /**
     * The addresses that the server block is bound to, or else those of the interfaces; loopback ones only where there is
     * nothing else to listen on. Unlike CoreDNS (plugin/kubernetes/local.go), which forgets all bound addresses.
     */
    static List<InetAddress> of(List<InetAddress> bound) {
        if (bound.isEmpty()) {
            return ofInterfaces();
        }
        List<InetAddress> reachable = bound.stream()
                .filter(Predicate.not(InetAddress::isLoopbackAddress))
                .toList();
        return reachable.isEmpty() ? bound : reachable;
    }

    private static List<InetAddress> ofInterfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    // A link-local address says nothing without the link.
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .toList();
        } catch (SocketException e) {
            LOG.warn("can't read the network interfaces, NS records name no addresses: " + e.getMessage());
            return List.of();
        }
    }
}
