package org.cairndns.server.net;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Octets that connections have in buffers and cannot get rid of, with a bound for all connections together: responses that
 * clients do not take, queries that are not whole.
 *
 * <p>Beyond the bound those end that hold most and have got rid of nothing for longest. So clients that ask and do not read take
 * no buffers from the sockets of others. What a connection has sent since it was noted is found out before any ends. Thread-safe.
 */
final class HeldOctets {
    private final long maxOctets;

    /** Holders in the order in which they began to hold, or held half as much as before. */
    private final Map<Holder, Share> shares = new LinkedHashMap<>();

    private long sum;

    /** A connection. */
    interface Holder {
        /** What it holds now, about; any thread. */
        long heldOctets();

        /** Ends it for want of room, soon; any thread. */
        void endForRoom();
    }

    private static final class Share {
        private long octets;

        /** The most since the holder took its place in the order. */
        private long most;
    }

    /** @param maxOctets of all connections together */
    HeldOctets(long maxOctets) {
        this.maxOctets = maxOctets;
    }

    /**
     * Notes what a connection holds; may end it, or others.
     *
     * @return true if there is something to {@link #forget}
     */
    boolean note(Holder holder, long octets) {
        List<Holder> ended = List.of();
        synchronized (this) {
            put(holder, octets);
            if (sum > maxOctets) {
                recount();
                ended = makeRoom();
            }
        }
        ended.forEach(Holder::endForRoom);
        return octets > 0;
    }

    /** A connection is gone. */
    synchronized void forget(Holder holder) {
        put(holder, 0);
    }

    /** Octets that were noted. */
    synchronized long sum() {
        return sum;
    }

    private void put(Holder holder, long octets) {
        Share share = shares.get(holder);
        if (share == null) {
            if (octets == 0) {
                return;
            }
            share = new Share();
            shares.put(holder, share);
        }
        sum += octets - share.octets;
        share.octets = octets;
        if (octets == 0) {
            shares.remove(holder);
        } else if (octets > share.most) {
            share.most = octets;
        } else if (octets <= share.most / 2) {
            share.most = octets;
            shares.remove(holder);
            shares.put(holder, share);
        }
    }

    private void recount() {
        for (Holder holder : new ArrayList<>(shares.keySet())) {
            put(holder, holder.heldOctets());
        }
    }

    /** Takes out holders until a quarter of the room is free, so that the next one is not counted for again at once. */
    private List<Holder> makeRoom() {
        List<Holder> ended = new ArrayList<>();
        if (sum <= maxOctets) {
            return ended;
        }
        while (sum > maxOctets / 4 * 3 && !shares.isEmpty()) {
            long equalPart = sum / shares.size();
            Iterator<Map.Entry<Holder, Share>> oldest = shares.entrySet().iterator();
            while (oldest.hasNext() && sum > maxOctets / 4 * 3) {
                Map.Entry<Holder, Share> next = oldest.next();
                if (next.getValue().octets >= equalPart) {
                    sum -= next.getValue().octets;
                    ended.add(next.getKey());
                    oldest.remove();
                }
            }
        }
        return ended;
    }
}
