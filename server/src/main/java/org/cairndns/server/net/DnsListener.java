package org.cairndns.server.net;

import java.net.InetSocketAddress;

/** Open DNS socket of one address and transport; UDP has several implementations, which callers cannot tell apart. */
public interface DnsListener {
    /** The bound address with its real port. */
    InetSocketAddress localAddress();

    /** Takes no more queries; those under way are still answered. Blocks briefly, a second call is harmless. */
    void close();

    /** Ends everything at once. */
    void closeNow();
}
