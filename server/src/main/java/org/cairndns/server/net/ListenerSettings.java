package org.cairndns.server.net;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.cairndns.plugin.spi.ServerTls;
import org.cairndns.plugin.spi.ShedCounts;
import org.cairndns.plugin.spi.StreamTimeouts;

/**
 * What the server blocks of one address say about its sockets and connections.
 *
 * @param tls identity of an encrypted server
 * @param sockets of each address, 1 to 1024; empty for one per event loop
 * @param shed there if UDP sockets shall drop what they cannot send in time
 * @param elsewhere addresses that a server on every address leaves to others on the same port
 */
public record ListenerSettings(
        Optional<ServerTls> tls,
        StreamTimeouts timeouts,
        OptionalInt sockets,
        Optional<ShedCounts> shed,
        Set<InetAddress> elsewhere) {
    public static final ListenerSettings DEFAULT = new ListenerSettings(
            Optional.empty(), StreamTimeouts.NONE, OptionalInt.empty(), Optional.empty(), Set.of());

    public ListenerSettings {
        elsewhere = Set.copyOf(elsewhere);
    }

    /** With addresses that other servers on the same port listen on. */
    public ListenerSettings withElsewhere(Set<InetAddress> others) {
        return new ListenerSettings(tls, timeouts, sockets, shed, others);
    }
}
