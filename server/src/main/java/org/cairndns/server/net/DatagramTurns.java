package org.cairndns.server.net;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import java.util.HashMap;
import java.util.Map;

/**
 * More turns for an event loop's UDP sockets among those of its connections: thousands of connections that ask all the time would
 * else have the loop get to UDP once a second. For that loop.
 */
final class DatagramTurns {
    /** Some milliseconds where each asks forty names. */
    private static final int TURNS_OF_CONNECTIONS = 64;

    private static final IoEvent LOOK = new IoEvent() {};

    private final Map<NativeDatagrams, IoRegistration> sockets = new HashMap<>();
    private int turns;

    /** A socket is read from now on, until it reads no more; on the loop. */
    void join(NativeDatagrams socket, IoRegistration registration) {
        sockets.put(socket, registration);
        socket.silent().thenRun(() -> sockets.remove(socket));
    }

    /** A connection had its turn. */
    void connection() {
        if (++turns >= TURNS_OF_CONNECTIONS) {
            turns = 0;
            sockets.forEach((socket, registration) -> socket.handle(registration, LOOK));
        }
    }
}
