package org.cairndns.kubernetes.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of a relay, to be cut all at once. Any thread. */
final class OpenSockets {
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    void add(Socket socket) {
        open.add(socket);
    }

    void remove(Socket socket) {
        open.remove(socket);
    }

    void closeAll() {
        open.forEach(OpenSockets::close);
    }

    static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
