package org.cairndns.server;

import java.util.function.IntConsumer;
import org.cairndns.server.net.SocketKind;

/**
 * What the command line says about the process.
 *
 * @param defaultPort port of {@code dns://} keys without one, 0..65535
 * @param eventLoops threads that answer queries, at least 1
 * @param sockets how the network is reached
 * @param exit ends the process with a code
 * @param start what a start does about things that are not as they should be
 */
public record ServerOptions(int defaultPort, int eventLoops, SocketKind sockets, IntConsumer exit, StartPolicy start) {
    public ServerOptions {
        if (defaultPort < 0 || defaultPort > 65535) {
            throw new IllegalArgumentException("default port " + defaultPort + ": expected 0 to 65535");
        }
        if (eventLoops < 1) {
            throw new IllegalArgumentException("event loops " + eventLoops + ": expected at least 1");
        }
    }

    /** Options of a server inside another program. */
    public ServerOptions(int defaultPort, int eventLoops, SocketKind sockets, IntConsumer exit) {
        this(defaultPort, eventLoops, sockets, exit, StartPolicy.EMBEDDED);
    }
}
