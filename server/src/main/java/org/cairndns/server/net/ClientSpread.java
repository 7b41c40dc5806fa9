package org.cairndns.server.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the kernel spreads the datagrams of an address over its sockets: by chance where it can, else by the client. */
final class ClientSpread {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSpread.class);

    private final boolean available;
    private final AtomicBoolean refused = new AtomicBoolean();

    /** @param available false to leave the kernel its own way */
    ClientSpread(boolean available) {
        this.available = available;
    }

    /**
     * Lets the first sockets of an address have all its datagrams, by chance.
     *
     * <p>The kernel numbers sockets as they are bound, and gives the last one the number of one that is closed. Where the
     * number of sockets is smaller than the program says, it goes by the client's port instead, so nothing is lost.
     *
     * @param one any of the sockets
     * @param sockets how many, 1 and up
     */
    void over(UdpSocket one, int sockets) {
        if (!available || refused.get() || one.descriptor().isEmpty()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            new SocketCalls(arena).spread(one.descriptor().getAsInt(), sockets);
        } catch (IOException e) {
            if (refused.compareAndSet(false, true)) {
                LOG.info("each client's port is served by one of the event loops: {}", e.getMessage());
            }
        }
    }
}
