package org.cairndns.server.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.wire.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sockets of one server: TCP, and for {@code dns://} UDP for its address or for every local address.
 *
 * <p>Every local address is the wildcard of both families where UDP sockets can answer from the address that was asked.
 * Others cannot: then there is one listener per address, and {@link #rescan()} follows the interfaces. Not for event
 * loops.
 */
public final class ListenGroup {
    private static final Logger LOG = LoggerFactory.getLogger(ListenGroup.class);

    /** Ports that are tried where any will do. */
    private static final int MAX_PORTS = 8;

    private static final List<InetAddress> WILDCARDS =
            List.of(InetAddress.ofLiteral("0.0.0.0"), InetAddress.ofLiteral("::"));

    private final EventLoops loops;
    private final ServerAddress address;
    private final String server;
    private final QueryRunner runner;
    private final ConnectionSetup connections;
    private final Map<InetAddress, UdpListener> udp = new LinkedHashMap<>();
    private final TcpListener tcp;
    private final int port;
    private ListenerSettings settings;
    private boolean closed;

    private ListenGroup(EventLoops loops, ServerAddress address, QueryRunner runner, ListenerSettings settings)
            throws IOException {
        this.loops = loops;
        this.address = address;
        this.server = address.server();
        this.runner = runner;
        this.settings = settings;
        this.connections = connections(settings);
        this.tcp = new TcpListener(loops, address.socketAddress(), connections);
        this.port = tcp.localAddress().getPort();
        if (address.transport() != Transport.UDP) {
            return;
        }
        try {
            if (address.isEverywhere()) {
                openEverywhere();
            } else {
                open(address.address().orElseThrow());
            }
        } catch (IOException e) {
            closeNow();
            throw e;
        }
    }

    /**
     * Opens the sockets.
     *
     * @throws IOException naming address and remedy; nothing stays open then
     */
    public static ListenGroup open(
            EventLoops loops, ServerAddress address, QueryRunner runner, ListenerSettings settings) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return new ListenGroup(loops, address, runner, settings);
            } catch (IOException e) {
                // A port that is free for TCP, and chosen by the kernel for that, may be taken for UDP.
                if (address.port() != 0 || tries == MAX_PORTS || !BindFailure.isPortTaken(e)) {
                    throw e;
                }
            }
        }
    }

    private ConnectionSetup connections(ListenerSettings settings) {
        return switch (address.transport()) {
            case UDP, TCP -> new DnsConnections(Transport.TCP, server, runner, loops.handshakes(), settings);
            case TLS -> new DnsConnections(Transport.TLS, server, runner, loops.handshakes(), settings);
            case HTTPS -> new HttpsConnections(server, runner, loops.handshakes(), settings);
        };
    }

    /** Takes over what a new configuration says; open connections stay as they are. */
    public synchronized void apply(ListenerSettings settings) {
        this.settings = settings;
        connections.apply(settings);
        // Shedding takes sockets of another kind, which may take other addresses.
        rescan();
        for (UdpListener listener : udp.values()) {
            try {
                listener.apply(settings);
            } catch (IOException e) {
                LOG.warn("{} goes on with fewer sockets: {}", server, e.getMessage());
            }
        }
    }

    /** An address that is not ready, such as a new IPv6 one, is no reason not to start: {@link #rescan} comes back to it. */
    private void openEverywhere() throws IOException {
        for (InetAddress local : everywhere()) {
            try {
                open(local);
            } catch (IOException e) {
                if (BindFailure.isFamilyMissing(e)) {
                    LOG.info("{}", e.getMessage());
                } else if (BindFailure.isAddressMissing(e)) {
                    LOG.warn("{}, tried again every few seconds", e.getMessage());
                } else {
                    throw e;
                }
            }
        }
    }

    /** The addresses to listen on that are all local ones together. */
    private Collection<InetAddress> everywhere() {
        return loops.hasNativeUdp() && settings.shed().isEmpty() ? WILDCARDS : localAddresses();
    }

    /** The port that is open on every address. */
    public int port() {
        return port;
    }

    /** Opens sockets on addresses that have come, closes those on addresses that have gone. */
    public synchronized void rescan() {
        if (address.transport() != Transport.UDP || !address.isEverywhere() || closed) {
            return;
        }
        Collection<InetAddress> locals = everywhere();
        for (InetAddress local : locals) {
            if (udp.containsKey(local)) {
                continue;
            }
            try {
                open(local);
                LOG.info("{} also listens on {}", server, local.getHostAddress());
            } catch (IOException e) {
                LOG.debug("{} cannot listen on {} yet: {}", server, local, e.getMessage());
            }
        }
        for (Iterator<Map.Entry<InetAddress, UdpListener>> it = udp.entrySet().iterator(); it.hasNext(); ) {
            Map.Entry<InetAddress, UdpListener> entry = it.next();
            if (!locals.isEmpty() && !locals.contains(entry.getKey())) {
                entry.getValue().closeNow();
                it.remove();
                LOG.info("{} no longer listens on {}", server, entry.getKey().getHostAddress());
            }
        }
    }

    private synchronized void open(InetAddress local) throws IOException {
        udp.put(local, new UdpListener(loops, new InetSocketAddress(local, port), server, runner, settings));
    }

    private static Set<InetAddress> localAddresses() {
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

    /** Queries that came since this was asked for the first time. */
    public long arrivals() {
        runner.arrivals().watch();
        return runner.arrivals().count();
    }

    /** Ends the connections there are, each when its client waits for nothing, so that clients connect to other servers. */
    public synchronized void sendAway() {
        tcp.sendAway();
    }

    /** Takes no more queries; those under way are still answered. */
    public synchronized void close() {
        closed = true;
        tcp.close();
        udp.values().forEach(DnsListener::close);
    }

    /** Waits until queries under way are answered, no longer than the time given; true if those of connections are. */
    public boolean awaitEnd(long nanos) {
        long deadlineNanos = System.nanoTime() + nanos;
        List<UdpListener> listeners;
        synchronized (this) {
            listeners = List.copyOf(udp.values());
        }
        listeners.forEach(listener -> listener.awaitEnd(deadlineNanos - System.nanoTime()));
        return tcp.awaitEnd(deadlineNanos - System.nanoTime());
    }

    /** Ends everything at once. */
    public synchronized void closeNow() {
        closed = true;
        tcp.closeNow();
        udp.values().forEach(DnsListener::closeNow);
    }
}
