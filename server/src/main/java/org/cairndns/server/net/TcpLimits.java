package org.cairndns.server.net;

/**
 * What the clients of one listening address may take of it over TCP.
 *
 * @param connections connections open at a time, at least 1; one more is closed at once
 * @param idleMillis time without a query or a response after which a connection is closed (RFC 7766 6.2.3); octets that
 *     do not become a query do not count
 */
record TcpLimits(int connections, long idleMillis) {
    static final TcpLimits DEFAULT = new TcpLimits(10_000, 10_000);
}
