package org.cairndns.server.query;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.cairndns.wire.WrittenResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Responses that one event loop sent, to be sent again to queries that are equal octet by octet.
 *
 * <p>Saves reading, routing, handlers and writing for what is asked again and again, and with them every object. How long a
 * response holds is up to the handlers, see {@link Repetition}. A response gets a place when its query comes for the
 * second time, and keeps it while it is asked for between the coming of rivals.
 */
public final class SentResponses {
    private static final Logger LOG = LoggerFactory.getLogger(SentResponses.class);

    /** Longest response kept; longer ones take long in any case. */
    public static final int MAX_RESPONSE_OCTETS = 1232;

    /** Places for a query, one behind the other; a hash chooses the first. */
    private static final int WAYS = 4;

    private static final int PLACES = 2048 * WAYS;
    private static final int NO_PLACE = -1;

    /** Most heap for all responses: room for all places where they are of the usual size, for a sixth of them at worst. */
    public static final int MAX_HEAP_OCTETS = 4 << 20;

    /** Places looked at for one that may leave for a new response; a power of two. */
    private static final int MAX_LOOKS = 64;

    /** Few, so that only what is asked often meets itself here before others come. */
    private static final int LATE_MISSES = 1024;

    /** Most queries to be answered anew before a response that never got to be repeated is kept once more. */
    private static final int MAX_PATIENCE = 255;

    /** A header, the shortest question: less is no query. */
    private static final int MIN_QUERY_OCTETS = 17;

    private static final int MAX_QUERY_OCTETS = 300;
    private static final int ID_OCTETS = 2;
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private final LongSupplier nanoTime;
    private final long seed;
    private final int maxHeapOctets;
    private final @Nullable SentResponse[] places = new @Nullable SentResponse[PLACES];

    /** Octets of heap of all that is at a place. */
    private int heldOctets;

    /** The place looked at last for one that may leave. */
    private int hand;

    /** Hash of the query whose response is at a place. */
    private final int[] hashes = new int[PLACES];

    /** Hashes of queries that had no response lately. */
    private final int[] misses = new int[LATE_MISSES];

    /** Hash of the query seen last, if it has the usual size. */
    private int hash;

    /** Where the response to the query seen last is to be kept, or {@link #NO_PLACE}. */
    private int place = NO_PLACE;

    /** Patience of the response to be kept there. */
    private int patience;

    /** The handlers' word for that response. */
    private Repetition watched = Repetition.NEVER;

    private long lastNanos;

    /** True if {@link #lastNanos} was before a query that handlers answered. */
    private boolean handledSince;

    /**
     * @param nanoTime the server's clock
     * @param seed a random number that nobody outside knows
     * @param maxHeapOctets heap for all responses, 0..{@link #MAX_HEAP_OCTETS}
     */
    public SentResponses(LongSupplier nanoTime, long seed, int maxHeapOctets) {
        this.nanoTime = nanoTime;
        this.seed = seed;
        this.maxHeapOctets = maxHeapOctets;
    }

    /** Starts the clock for queries that are there now. */
    public void begin() {
        lastNanos = nanoTime.getAsLong();
        handledSince = false;
    }

    /** Forgets all responses, which hold on to the handlers that made them. */
    public void clear() {
        Arrays.fill(places, null);
        heldOctets = 0;
        place = NO_PLACE;
    }

    /** Says that the next query was not shown to {@link #repeat}, so that its response is not kept. */
    public void skip() {
        place = NO_PLACE;
        watched = Repetition.NEVER;
        handledSince = true;
    }

    /**
     * Appends the response to a query if an equal one to the same listener was answered and that answer still holds.
     *
     * @return false if the query has to be answered
     */
    @SuppressWarnings("ReferenceEquality") // one listener is one object
    public boolean repeat(ByteBuf query, ListenerInfo listener, ByteBuf out) {
        place = NO_PLACE;
        patience = 0;
        watched = Repetition.NEVER;
        int octets = query.readableBytes();
        if (octets < MIN_QUERY_OCTETS || octets > MAX_QUERY_OCTETS) {
            handledSince = true;
            return false;
        }
        long mixed = mixed(query, octets);
        hash = (int) mixed;
        int first = (int) (mixed >>> 32) & PLACES - WAYS;
        for (int at = first; at < first + WAYS; at++) {
            SentResponse sent = places[at];
            if (hashes[at] == hash && sent != null && sent.isFor(query, octets, listener)) {
                boolean repeated = repeat(query, sent, at, out);
                handledSince = !repeated;
                return repeated;
            }
        }
        int missed = (int) (mixed >>> 46) & LATE_MISSES - 1;
        if (misses[missed] == hash) {
            place = free(first);
        }
        misses[missed] = hash;
        handledSince = true;
        return false;
    }

    private boolean repeat(ByteBuf query, SentResponse sent, int at, ByteBuf out) {
        if (handledSince) {
            lastNanos = nanoTime.getAsLong();
        }
        long now = nanoTime.getAsLong();
        int ttlSeconds = again(sent, now, now - lastNanos);
        lastNanos = now;
        if (ttlSeconds != Repetition.OVER) {
            sent.wanted = true;
            sent.useful = true;
            sent.response.writeTo(out, query.getUnsignedShort(query.readerIndex()), ttlSeconds);
            return true;
        }
        if (sent.patience > 0) {
            sent.patience--;
        } else {
            // What is outdated before it is asked for again, as in a cluster that changes all the time, is not worth
            // keeping.
            patience = sent.useful ? 0 : Math.min(2 * sent.firstPatience + 1, MAX_PATIENCE);
            place = at;
        }
        return false;
    }

    /** As a handler must not be able to stop a server by failing, a repetition must not. */
    private static int again(SentResponse sent, long now, long tookNanos) {
        try {
            return sent.repetition.again(now, tookNanos);
        } catch (Throwable e) {
            LOG.error("Recovered from failure of a repetition: {}", e.toString());
            return Repetition.OVER;
        }
    }

    /** A place without a response, or with one that was not asked for since the last rival came; each has to be. */
    private int free(int first) {
        for (int at = first; at < first + WAYS; at++) {
            SentResponse sent = places[at];
            if (sent == null || !sent.wanted) {
                return at;
            }
        }
        for (int at = first; at < first + WAYS; at++) {
            SentResponse sent = places[at];
            if (sent != null) {
                sent.wanted = false;
            }
        }
        return NO_PLACE;
    }

    /** To be called before a query is answered that {@link #repeat} had no response for. */
    public void watch(QueryRunner runner, Query query) {
        if (place != NO_PLACE) {
            watched = runner.repetition(query);
        }
    }

    /**
     * Keeps the response to the query that {@link #repeat} saw last, if it is one to be kept.
     *
     * @param start where in {@code out} the response was written, which ends at the writer index
     */
    public void keep(ByteBuf octets, Query query, Reply reply, ByteBuf out, int start) {
        if (watched.isNever()
                || place == NO_PLACE
                || !(reply instanceof Reply.Answered answered)
                || out.writerIndex() - start > MAX_RESPONSE_OCTETS
                || !WrittenResponse.isWhole(out, start)) {
            return;
        }
        Repetition ofResponse = of(watched, query, answered.response());
        if (!ofResponse.isNever()) {
            WrittenResponse response = WrittenResponse.copyOf(query, answered.response(), out, start);
            byte[] key = new byte[octets.readableBytes()];
            octets.getBytes(octets.readerIndex(), key);
            put(new SentResponse(query.listener(), key, ofResponse, response, patience));
        }
    }

    /** Keeps a response at {@link #place}, unless those that are asked for leave no room for it. */
    private void put(SentResponse response) {
        drop(place);
        int before = hand;
        while (heldOctets + response.heapOctets() > maxHeapOctets) {
            hand = hand + 1 & PLACES - 1;
            SentResponse rival = places[hand];
            if (rival != null && !rival.wanted) {
                drop(hand);
            } else if (rival != null) {
                rival.wanted = false;
            }
            if ((hand - before & MAX_LOOKS - 1) == 0) {
                return;
            }
        }
        hashes[place] = hash;
        places[place] = response;
        heldOctets += response.heapOctets();
    }

    private void drop(int at) {
        SentResponse gone = places[at];
        if (gone != null) {
            places[at] = null;
            heldOctets -= gone.heapOctets();
        }
    }

    /** Octets of heap that the responses take, about. */
    long heldOctets() {
        return heldOctets;
    }

    private static Repetition of(Repetition repetition, Query query, Response response) {
        try {
            return repetition.of(query, response);
        } catch (Throwable e) {
            LOG.error("Recovered from failure of a repetition: {}", e.toString());
            return Repetition.NEVER;
        }
    }

    private long mixed(ByteBuf query, int octets) {
        int last = query.readerIndex() + octets - Long.BYTES;
        long mixed = seed ^ octets;
        for (int at = query.readerIndex() + ID_OCTETS; at < last; at += Long.BYTES) {
            mixed = (mixed ^ query.getLong(at)) * MULTIPLIER;
            mixed ^= mixed >>> 29;
        }
        mixed = (mixed ^ query.getLong(last)) * MULTIPLIER;
        return mixed ^ mixed >>> 32;
    }
}
