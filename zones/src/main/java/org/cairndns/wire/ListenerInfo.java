package org.cairndns.wire;

import java.net.InetSocketAddress;

/**
 * Facts about the listening socket that a query arrived on, shared by all its queries.
 *
 * @param transport the transport spoken there
 * @param server name of the server in metrics, such as {@code dns://:53}
 * @param localAddress the address that was asked; answers leave from it
 */
public record ListenerInfo(Transport transport, String server, InetSocketAddress localAddress) {}
