package org.cairndns.server.query;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.WrittenResponse;

/** A response with all that tells which queries it is for; for the event loop that sent it. */
final class SentResponse {
    /** Objects and headers beside the octets of the messages. */
    private static final int OBJECT_OCTETS = 300;

    private static final int ID_OCTETS = 2;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final ListenerInfo listener;
    private final byte[] query;
    final Repetition repetition;
    final WrittenResponse response;

    /** True if it was asked for since a rival for its place came. */
    boolean wanted;

    /** True if it was asked for. */
    boolean useful;

    /** Queries to come before another response takes the place of this one once it is over. */
    int patience;

    final int firstPatience;

    SentResponse(ListenerInfo listener, byte[] query, Repetition repetition, WrittenResponse response, int patience) {
        this.listener = listener;
        this.query = query;
        this.repetition = repetition;
        this.response = response;
        this.patience = patience;
        this.firstPatience = patience;
    }

    /** Octets of heap, about; the records count twice, for the message is made of some that handlers keep for its sake. */
    int heapOctets() {
        return OBJECT_OCTETS + query.length + 2 * response.length();
    }

    @SuppressWarnings("ReferenceEquality") // each socket for itself
    boolean isFor(ByteBuf other, int octets, ListenerInfo asked) {
        if (octets != query.length || asked != listener) {
            return false;
        }
        int start = other.readerIndex();
        int last = octets - Long.BYTES;
        for (int at = ID_OCTETS; at < last; at += Long.BYTES) {
            if ((long) LONGS.get(query, at) != other.getLong(start + at)) {
                return false;
            }
        }
        return (long) LONGS.get(query, last) == other.getLong(start + last);
    }
}
