/**
 * Netty listeners.
 *
 * <p>One epoll (else NIO) event loop per core. Each UDP address has one {@code SO_REUSEPORT} socket per loop; a query
 * is read, answered and written on the loop that received it.
 */
package org.cairndns.server.net;
