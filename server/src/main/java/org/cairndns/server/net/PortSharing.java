package org.cairndns.server.net;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.OtherSockets;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.wire.Transport;

/**
 * What this process has to do with others that listen on the same ports.
 *
 * <p>Its sockets share their addresses with each other, and the kernel would let them share with those of another process of
 * the same user too: two servers that were started by mistake would get half of the queries each, and nobody would know.
 * So an address of another process is refused, unless that one is to be relieved.
 *
 * @param conditions takes addresses that others have and this process goes without
 * @param takesOver whether one of two processes on the same addresses is about to end, be it the other or this one
 */
public record PortSharing(Conditions conditions, boolean takesOver) {
    private static final PluginLog LOG = PluginLog.plain();
    private static final String CONDITION = "address_taken";

    /**
     * Looks whether the address is free, before any socket of this process is there.
     *
     * @throws IOException if another process has it, with a remedy; if it has some of all local addresses the rest is free
     */
    public void check(ServerAddress address) throws IOException {
        if (takesOver || address.port() == 0) {
            return;
        }
        check(address, "tcp");
        if (address.transport() == Transport.UDP) {
            check(address, "udp");
        }
    }

    private static void check(ServerAddress address, String transport) throws IOException {
        InetSocketAddress wanted = address.socketAddress();
        try {
            bind(wanted, transport);
        } catch (BindException | UnsupportedOperationException | UnsupportedAddressTypeException e) {
            IOException failure = BindFailure.of(transport, wanted, e);
            boolean partly = address.isEverywhere()
                    && LocalAddresses.all().stream()
                            .anyMatch(local -> isFree(new InetSocketAddress(local, address.port()), transport));
            if (BindFailure.isPortTaken(failure) && !partly) {
                throw failure;
            }
        }
    }

    private static boolean isFree(InetSocketAddress address, String transport) {
        try {
            bind(address, transport);
            return true;
        } catch (IOException | UnsupportedOperationException | UnsupportedAddressTypeException e) {
            return false;
        }
    }

    /** Binds as one who does not share, and lets go. */
    private static void bind(InetSocketAddress address, String transport) throws IOException {
        try (NetworkChannel channel = transport.equals("tcp") ? SocketChannel.open() : datagrams(address)) {
            if (channel instanceof SocketChannel) {
                // Connections of a process that ended may linger on the port.
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            channel.bind(address);
        }
    }

    private static DatagramChannel datagrams(InetSocketAddress address) throws IOException {
        return address.getAddress() instanceof Inet4Address
                ? DatagramChannel.open(StandardProtocolFamily.INET)
                : DatagramChannel.open(StandardProtocolFamily.INET6);
    }

    /** Says which local addresses a server on all of them goes without; none ends that. */
    void goWithout(String server, int port, Collection<InetAddress> taken) {
        if (taken.isEmpty()) {
            conditions.end(LOG, CONDITION, server, server + " listens on every local address now");
            return;
        }
        String names = taken.stream().map(InetAddress::getHostAddress).sorted().collect(Collectors.joining(", "));
        conditions.begin(
                LOG,
                CONDITION,
                server,
                server + " does not listen on " + names + ", where another process has port " + port
                        + "; on all other addresses it does, and tries these again every few seconds");
    }

    /**
     * True if a process that is to take over from this one receives queries wherever this one does, so that this one may go.
     *
     * @param own addresses of all UDP sockets of this process; without any, nobody can know
     */
    public boolean isRelieved(Collection<InetSocketAddress> own) {
        return takesOver && areShared(own, OtherSockets::addresses);
    }

    /** Others may well have some: a stub resolver of the node has the same port on an address that a wildcard leaves free. */
    static boolean areShared(Collection<InetSocketAddress> own, Supplier<Set<InetSocketAddress>> others) {
        return !own.isEmpty() && others.get().containsAll(own);
    }

    /** The server is gone. */
    void forget(String server) {
        conditions.drop(CONDITION, server);
    }
}
