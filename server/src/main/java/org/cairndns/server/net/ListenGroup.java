package org.cairndns.server.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
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
    private final PortSharing sharing;
    private final LocalListeners<TcpListener> tcp;
    private final LocalListeners<UdpListener> udp;
    private final int port;
    private ListenerSettings settings;
    private boolean closed;

    /** True where another process has some local address, so that there is a listener for each of the others. */
    private boolean tcpScattered;

    private boolean udpScattered;

    private ListenGroup(
            EventLoops loops, ServerAddress address, QueryRunner runner, ListenerSettings settings, PortSharing sharing)
            throws IOException {
        this.loops = loops;
        this.address = address;
        this.server = address.server();
        this.runner = runner;
        this.settings = settings;
        this.sharing = sharing;
        this.connections = connections(settings);
        this.tcp = new LocalListeners<>(server, this::openTcp);
        this.udp = new LocalListeners<>(server, this::openUdp);
        try {
            tcpScattered =
                    openOrScatter(tcp, () -> tcp.open(address.socketAddress().getAddress()));
            port = tcp.all().iterator().next().localAddress().getPort();
            if (address.transport() == Transport.UDP) {
                udpScattered = openOrScatter(udp, this::openDatagrams);
            }
        } catch (IOException | RuntimeException e) {
            closeNow();
            throw e;
        }
        reportTaken();
    }

    private TcpListener openTcp(InetAddress local) throws IOException {
        return new TcpListener(loops, new InetSocketAddress(local, address.port()), connections);
    }

    private UdpListener openUdp(InetAddress local) throws IOException {
        return new UdpListener(loops, new InetSocketAddress(local, port()), server, runner, settings);
    }

    /** Of all local addresses some may be missing for now, a single one may not. */
    private void openDatagrams() throws IOException {
        if (address.isEverywhere()) {
            udp.openAll(everywhere());
        } else {
            udp.open(address.address().orElseThrow());
        }
    }

    /** Opens what listens on the address as a whole. */
    @FunctionalInterface
    private interface Whole {
        void open() throws IOException;
    }

    /**
     * Opens listeners; where another process has a port on one of all local addresses, those on the others one by one.
     *
     * @return true if it came to that
     */
    private <L extends DnsListener> boolean openOrScatter(LocalListeners<L> listeners, Whole whole) throws IOException {
        try {
            whole.open();
            return false;
        } catch (IOException e) {
            if (!address.isEverywhere() || address.port() == 0 || !BindFailure.isPortTaken(e)) {
                throw e;
            }
            listeners.closeNow();
            if (!listeners.openFree(ownAddresses())) {
                throw e;
            }
            return true;
        }
    }

    /** A server on all addresses goes without those that others have. */
    private void reportTaken() {
        if (tcpScattered || udpScattered) {
            Set<InetAddress> taken = new LinkedHashSet<>(tcp.taken());
            taken.addAll(udp.taken());
            sharing.goWithout(server, port(), taken);
        }
    }

    /**
     * Opens the sockets.
     *
     * @throws IOException naming address and remedy; nothing stays open then
     */
    public static ListenGroup open(
            EventLoops loops, ServerAddress address, QueryRunner runner, ListenerSettings settings, PortSharing sharing)
            throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return new ListenGroup(loops, address, runner, settings, sharing);
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
            case UDP, TCP -> new DnsConnections(Transport.TCP, server, runner, loops, settings);
            case TLS -> new DnsConnections(Transport.TLS, server, runner, loops, settings);
            case HTTPS -> new HttpsConnections(server, runner, loops, settings);
        };
    }

    /** Takes over what a new configuration says; open connections stay as they are. */
    public synchronized void apply(ListenerSettings settings) {
        this.settings = settings;
        connections.apply(settings);
        // Shedding takes sockets of another kind, which may take other addresses.
        rescan();
        for (UdpListener listener : udp.all()) {
            try {
                listener.apply(settings);
            } catch (IOException e) {
                LOG.warn("{} goes on with fewer sockets: {}", server, e.getMessage());
            }
        }
    }

    /** The addresses to listen on that are all local ones together. */
    private Collection<InetAddress> everywhere() {
        return loops.hasNativeUdp() && settings.shed().isEmpty() && !udpScattered ? WILDCARDS : ownAddresses();
    }

    /** The local addresses without those that other server blocks have listeners of their own on. */
    private Collection<InetAddress> ownAddresses() {
        Set<InetAddress> own = LocalAddresses.all();
        own.removeAll(settings.elsewhere());
        return own;
    }

    /** The port that is open on every address. */
    public int port() {
        return port;
    }

    /** Opens sockets on addresses that have come, closes those on addresses that have gone. */
    public synchronized void rescan() {
        if (!address.isEverywhere() || closed) {
            return;
        }
        if (tcpScattered) {
            tcp.follow(ownAddresses());
        }
        if (address.transport() == Transport.UDP) {
            udp.follow(everywhere());
        }
        reportTaken();
    }

    /** Queries that came since this was asked for the first time. */
    public long arrivals() {
        runner.arrivals().watch();
        return runner.arrivals().count();
    }

    /** Ends the connections there are, each when its client waits for nothing, so that clients connect to other servers. */
    public synchronized void sendAway() {
        tcp.all().forEach(TcpListener::sendAway);
    }

    /** Where the UDP sockets receive, wildcards as such; none for a server of streams. */
    public synchronized List<InetSocketAddress> datagramAddresses() {
        return udp.all().stream().map(UdpListener::localAddress).toList();
    }

    /** Lets a successor have new connections; those on their way here are to come before {@link #close}. */
    public synchronized void handOver() {
        tcp.all().forEach(TcpListener::handOver);
    }

    /** Takes no more queries; those under way are still answered. */
    public synchronized void close() {
        closed = true;
        tcp.all().forEach(DnsListener::close);
        udp.all().forEach(DnsListener::close);
    }

    /** Waits until queries under way are answered, no longer than the time given; true if those of connections are. */
    public boolean awaitEnd(long nanos) {
        long deadlineNanos = System.nanoTime() + nanos;
        List<UdpListener> datagrams;
        List<TcpListener> streams;
        synchronized (this) {
            datagrams = List.copyOf(udp.all());
            streams = List.copyOf(tcp.all());
        }
        datagrams.forEach(listener -> listener.awaitEnd(deadlineNanos - System.nanoTime()));
        boolean ended = true;
        for (TcpListener listener : streams) {
            ended &= listener.awaitEnd(deadlineNanos - System.nanoTime());
        }
        return ended;
    }

    /** Ends everything at once. */
    public synchronized void closeNow() {
        closed = true;
        tcp.closeNow();
        udp.closeNow();
        sharing.forget(server);
    }
}
