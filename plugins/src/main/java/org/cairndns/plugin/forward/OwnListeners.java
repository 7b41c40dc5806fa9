package org.cairndns.plugin.forward;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.cairndns.corefile.HostPort;
import org.cairndns.plugin.spi.OtherSockets;

/**
 * Addresses that lead a server block for all names to itself: those that it listens on, and that of the service in front of it.
 *
 * <p>{@link #look} is for a thread that may block, all else for any.
 */
final class OwnListeners {
    /** Docker's own resolver, which takes packets before they reach a socket (iptables), so that it is never us. */
    private static final InetAddress DOCKER = InetAddress.ofLiteral("127.0.0.11");

    private final Supplier<List<String>> servers;
    private final Predicate<InetAddress> service;
    private volatile Set<InetAddress> locals = Set.of();

    /** Where other processes listen: queries to such an address do not come to a socket for all addresses. */
    private volatile Set<InetSocketAddress> others = Set.of();

    /**
     * @param servers metrics names of the block's servers, such as {@code dns://:53}
     * @param service true for the cluster IP of the service whose endpoint this server is
     */
    OwnListeners(Supplier<List<String>> servers, Predicate<InetAddress> service) {
        this.servers = servers;
        this.service = service;
    }

    /** One that no address leads to. */
    static OwnListeners none() {
        return new OwnListeners(List::of, address -> false);
    }

    /** Finds out which addresses the machine has now, and which of them other processes have to themselves. */
    void look() {
        if (servers.get().isEmpty()) {
            return;
        }
        others = OtherSockets.addresses();
        Set<InetAddress> found = new HashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(found::add);
            locals = Set.copyOf(found);
        } catch (SocketException e) {
            // Those known before are the best there is.
            return;
        }
    }

    boolean contains(UpstreamAddress upstream) {
        InetSocketAddress address = upstream.address();
        return service.test(address.getAddress()) || servers.get().stream().anyMatch(server -> isAt(server, upstream));
    }

    private boolean isAt(String server, UpstreamAddress upstream) {
        String prefix = upstream.scheme().prefix();
        if (!server.startsWith(prefix)) {
            return false;
        }
        Optional<HostPort> listens = HostPort.parse(
                server.substring(prefix.length()), upstream.scheme().defaultPort());
        InetAddress address = upstream.address().getAddress();
        if (listens.isEmpty() || listens.get().port() != upstream.address().getPort()) {
            return false;
        }
        Optional<InetAddress> bound = listens.get().address();
        return bound.map(address::equals).orElseGet(() -> isLocal(address) && !others.contains(upstream.address()));
    }

    private boolean isLocal(InetAddress address) {
        boolean loopback = address.isLoopbackAddress() && !address.equals(DOCKER);
        return loopback || address.isAnyLocalAddress() || locals.contains(address);
    }
}
