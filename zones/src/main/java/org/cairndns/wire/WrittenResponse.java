package org.cairndns.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A response message as it was written for one query, to be sent again to queries that differ in their id only.
 *
 * <p>Not thread-safe: TTLs are changed in place.
 */
public final class WrittenResponse {
    private static final int ID_OCTETS = 2;

    private final Response response;
    private final ByteBuf octets;
    private final int recordsStart;
    private final boolean shuffled;

    /** TTL that all records have, or one of their own each as long as it is negative. */
    private int ttlSeconds;

    private WrittenResponse(Response response, ByteBuf octets, int recordsStart) {
        this.response = response;
        this.octets = octets;
        this.recordsStart = recordsStart;
        this.shuffled = response.shufflesAddresses();
        this.ttlSeconds = response.commonTtlSeconds();
    }

    /** The message that {@link ResponseWriter#write} has just written to the end of a buffer; its octets are copied. */
    public static WrittenResponse copyOf(Query query, Response response, ByteBuf written, int start) {
        byte[] octets = new byte[written.writerIndex() - start];
        written.getBytes(start, octets);
        return new WrittenResponse(response, Unpooled.wrappedBuffer(octets), ResponseWriter.recordsStart(query));
    }

    /** False if records are missing in a message that was written, so that others might be there in another order. */
    public static boolean isWhole(ByteBuf written, int start) {
        return !ResponseWriter.isTruncated(written, start);
    }

    /** Size of the message. */
    public int length() {
        return octets.writerIndex();
    }

    /**
     * Appends the message for another query, its addresses in a new order where the response wants that.
     *
     * @param id the query's id
     * @param newTtlSeconds TTL of all records, or a negative number for no change
     */
    public void writeTo(ByteBuf out, int id, int newTtlSeconds) {
        if (newTtlSeconds >= 0 && newTtlSeconds != ttlSeconds) {
            ttlSeconds = newTtlSeconds;
            RecordScan.setTtls(octets, recordsStart, response.recordCount(), newTtlSeconds);
        }
        int start = out.writerIndex();
        out.writeShort(id);
        out.writeBytes(octets, ID_OCTETS, octets.writerIndex() - ID_OCTETS);
        if (shuffled) {
            ResponseWriter.shuffle(response, start + recordsStart, out);
        }
    }
}
