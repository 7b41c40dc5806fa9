package org.cairndns.server.net;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.cairndns.plugin.spi.ShedCounts;

/** One UDP socket of a listener, bound and answering on its event loop; callers cannot tell its implementations apart. */
interface UdpSocket {
    /** Longest query taken; real ones are below 600 octets. */
    int MAX_QUERY_OCTETS = 2048;

    /** What the kernel is asked to hold for a socket in each direction; it may grant less. */
    int BUFFER_OCTETS = 4 << 20;

    /** Another processor may be about to put a datagram into a socket that was taken out of its group. */
    long LAST_LOOK_MILLIS = 20;

    /** The bound address with its real port. */
    InetSocketAddress localAddress();

    /** The kernel's number for it; empty where there is none. */
    OptionalInt descriptor();

    /** Changes whether load is shed; false if this implementation cannot, and another one has to take its place. */
    boolean shed(Optional<ShedCounts> counts);

    /** Begins to take no more queries; those under way are still answered where that can be. Done when none is read. */
    CompletableFuture<Void> end();

    /** Waits for the responses to queries under way, no longer than the time given, and closes the socket. */
    void awaitEnd(long nanos);

    /** Takes no more queries; those under way are not answered. Blocks briefly, not on an event loop. */
    void close();
}
