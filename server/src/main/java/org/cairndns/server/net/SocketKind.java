package org.cairndns.server.net;

/** Ways to reach the network, fastest first. */
public enum SocketKind {
    /** UDP by the kernel's calls for batches, the rest as {@link #EPOLL}; Linux on x86-64 and aarch64. */
    NATIVE,

    /** Netty's native transport; Linux. */
    EPOLL,

    /** The JDK's own; everywhere. */
    NIO
}
