package org.cairndns.server.net;

import java.time.Duration;
import org.cairndns.plugin.spi.MemoryShares;
import org.cairndns.plugin.spi.StreamTimeouts;
import org.cairndns.wire.Transport;

/**
 * What the clients of one listening address may take of it over TCP.
 *
 * @param connections connections open at a time, at least 1; for one more another one ends, see {@link ConnectionTable}
 * @param readMillis time to the first whole query, to the end of a TLS handshake before it, and from the first octet of
 *     any other query to its last
 * @param writeMillis time that responses may wait for a client to take them
 * @param idleMillis time without a query or a response after which a connection is closed (RFC 7766 6.2.3); octets that
 *     do not become a query do not count
 * @param maxQueries queries after which a connection is closed, or {@link StreamTimeouts#UNLIMITED}
 */
record TcpLimits(int connections, long readMillis, long writeMillis, long idleMillis, int maxQueries) {
    private static final int DNS_CONNECTIONS = 10_000;
    private static final int TLS_CONNECTIONS = 2_000;

    /** As in CoreDNS. */
    private static final int HTTPS_CONNECTIONS = 200;

    private static final Duration READ = Duration.ofSeconds(3);
    private static final Duration WRITE = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** The part of all connections that one client may have: an ingress or a node's cache may be the only one. */
    private static final int PART_OF_CLIENT = 2;

    /** Octets of heap that a connection takes: idle, or with TLS in the middle of its handshake. */
    static int octetsEach(Transport transport) {
        return switch (transport) {
            case UDP, TCP -> 1_700;
            case TLS -> 10_000;
            case HTTPS -> 20_000;
        };
    }

    /**
     * The limits of a server, with CoreDNS's values where the Corefile sets none.
     *
     * @param memory in which its connections have to find room
     */
    static TcpLimits of(Transport transport, StreamTimeouts timeouts, MemoryShares memory) {
        int most = switch (transport) {
            case UDP, TCP -> DNS_CONNECTIONS;
            case TLS -> TLS_CONNECTIONS;
            case HTTPS -> HTTPS_CONNECTIONS;
        };
        return new TcpLimits(
                Math.clamp(memory.connectionOctets() / octetsEach(transport), 1, most),
                timeouts.read().orElse(READ).toMillis(),
                timeouts.write().orElse(WRITE).toMillis(),
                timeouts.idle().orElse(IDLE).toMillis(),
                timeouts.maxQueries().orElse(StreamTimeouts.UNLIMITED));
    }

    /** Connections that one client may have open. */
    int connectionsOfClient() {
        return Math.max(1, connections / PART_OF_CLIENT);
    }
}
