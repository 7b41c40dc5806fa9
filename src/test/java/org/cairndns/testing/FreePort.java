package org.cairndns.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port for what can't take port 0. */
public final class FreePort {
    private FreePort() {}

    /** A port of 127.0.0.1 on which nothing listened over TCP a moment ago. */
    public static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            return socket.getLocalPort();
        }
    }
}
