package org.cairndns.server.http;

import java.time.Duration;

/**
 * What the clients of one address may take of it.
 *
 * @param connections connections open at a time, at least 1; for one more another one ends, see {@link HttpConnections}
 * @param unsentOctets octets of pages that may wait for their clients to take them when another page is sent
 * @param read time from the beginning of a connection to the last octet of its request's head
 * @param write time from a response's first octet to its last
 */
public record HttpLimits(int connections, int unsentOctets, Duration read, Duration write) {
    public static final HttpLimits DEFAULT =
            new HttpLimits(200, 4 << 20, Duration.ofSeconds(5), Duration.ofSeconds(30));
}
