package org.cairndns.server.net;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Watch over the receive queue of a socket, which names the client that keeps it from getting empty.
 *
 * <p>Once that client has a queue of its own, what it has left in this one is thrown away if others wait for it too long.
 *
 * <p>For one event loop. Costs nothing as long as each turn of it empties the queue.
 */
final class Backlog {
    /** Who has so many datagrams of a full batch, some one in eight, is one that others have to be kept from. */
    private static final int MANY = 5;

    /** A queue that a pause of ours has filled is empty by then: only who goes on sending more than is answered keeps it longer. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Talkers talkers;
    private Consumer<InetAddress> taker = client -> {};
    private LaneClients elsewhere = LaneClients.NONE;

    /** True while turns leave datagrams behind. */
    private boolean lasts;

    private long beganNanos;
    private boolean late;

    /** @param ipv6 whether the socket is an IPv6 one */
    Backlog(boolean ipv6) {
        this.talkers = new Talkers(ipv6);
    }

    /**
     * Begins to name clients.
     *
     * @param other takes each, also one that was named already; must not block
     */
    void onCrowding(Consumer<InetAddress> other) {
        taker = other;
    }

    /** Clients whose datagrams go to queues of their own from now on. */
    void goElsewhere(LaneClients clients) {
        elsewhere = clients;
    }

    /**
     * A turn is over.
     *
     * @param remains true if it has left datagrams behind; else it has received all there was
     * @param last what it received last, which is full if some are left
     */
    void turned(boolean remains, ReceiveBatch last) {
        if (remains) {
            remains(last);
        } else {
            lasts = false;
            late = false;
        }
    }

    private void remains(ReceiveBatch last) {
        long now = System.nanoTime();
        if (!lasts) {
            lasts = true;
            beganNanos = now;
        }
        late = now - beganNanos > PATIENCE_NANOS;
        for (int i = 0; i < ReceiveBatch.DATAGRAMS; i++) {
            long at = MessageHeaders.nameAt(i);
            if (!elsewhere.has(last.headers().peers(), at)) {
                talkers.count(last.headers().peers(), at);
            }
        }
        talkers.top(MANY).ifPresent(taker);
        talkers.clear();
    }

    /** True if what is in the queue has waited too long. */
    boolean isLate() {
        return late;
    }

    /** True for a datagram of a client that others should not wait for. */
    boolean isLeftOver(ReceiveBatch batch, int index) {
        return elsewhere.has(batch.headers().peers(), MessageHeaders.nameAt(index));
    }
}
