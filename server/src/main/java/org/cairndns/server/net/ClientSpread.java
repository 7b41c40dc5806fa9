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
     * Lets a program choose the socket of each datagram to an address.
     *
     * <p>The kernel numbers sockets as they are bound, and gives the last one the number of one that is closed. Where the
     * program names a number that there is not, it goes by the client's port instead, so nothing is lost.
     *
     * @param one any of the sockets
     * @return false if the kernel goes its own way
     */
    boolean over(UdpSocket one, SpreadProgram program) {
        if (!available || refused.get() || one.descriptor().isEmpty()) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            new SocketCalls(arena).spread(one.descriptor().getAsInt(), program);
            return true;
        } catch (IOException e) {
            if (refused.compareAndSet(false, true)) {
                LOG.info("each client's port is served by one of the event loops: {}", e.getMessage());
            }
            return false;
        }
    }
}
