package org.cairndns.plugin.loop;

import java.net.InetSocketAddress;
import java.util.function.IntSupplier;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;

/**
 * Query for a random name that one upstream is asked: if the server sees it, the upstream has brought it back.
 *
 * <p>Sent again after 1, 2, 4, 8 and 16 seconds until it is answered or seen, then anew after a while. Under the lock of its
 * owner.
 */
final class LoopProbe {
    /** Way to an upstream. */
    interface Socket extends AutoCloseable {
        /** No response so far. */
        int NONE = -1;

        /** Sends the query; a failure is as if it was lost. */
        void send(InetSocketAddress upstream);

        /** RCODE of the response, or {@link #NONE}. */
        int rcode();

        @Override
        void close();
    }

    /** Maker of sockets. */
    @FunctionalInterface
    interface Sockets {
        Socket of(Query query, int id);
    }

    /** What became of a probe. */
    enum Finding {
        /** The server saw it. */
        LOOPS,
        /** Somebody else answered it. */
        ENDS,
        /** Nothing is known: not answered yet, or by a failure, which a server that was seen to loop would give as well. */
        UNKNOWN
    }

    private static final int MAX_TRIES = 6;
    private static final long FIRST_GAP_NANOS = 1_000_000_000L;
    private static final int MAX_ID = 0xffff;

    private final InetSocketAddress upstream;
    private final Query query;
    private final Socket socket;
    private Finding finding = Finding.UNKNOWN;
    private int tries;
    private long nextNanos;
    private boolean over;

    LoopProbe(InetSocketAddress upstream, Query query, Sockets sockets, IntSupplier ids, long nowNanos) {
        this.upstream = upstream;
        this.query = query;
        this.socket = sockets.of(query, ids.getAsInt() & MAX_ID);
        this.nextNanos = nowNanos;
    }

    DomainName qname() {
        return query.qname();
    }

    Finding finding() {
        return finding;
    }

    /** True once nothing more is sent and waited for. */
    boolean isOver() {
        return over;
    }

    /** Looks for the response, sends when it is time. */
    void step(long nowNanos) {
        if (over) {
            return;
        }
        int rcode = socket.rcode();
        if (rcode != Socket.NONE) {
            finding = rcode == Rcode.SERVFAIL || rcode == Rcode.REFUSED ? Finding.UNKNOWN : Finding.ENDS;
            end();
        } else if (nowNanos - nextNanos >= 0) {
            if (tries == MAX_TRIES) {
                end();
                return;
            }
            socket.send(upstream);
            nextNanos = nowNanos + (FIRST_GAP_NANOS << tries++);
        }
    }

    /** The server saw it. */
    void seen() {
        finding = Finding.LOOPS;
        over = true;
    }

    /** Gives the socket back. */
    void end() {
        over = true;
        socket.close();
    }
}
