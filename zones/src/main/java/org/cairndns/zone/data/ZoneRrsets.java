package org.cairndns.zone.data;

import java.util.Arrays;
import org.cairndns.wire.RecordType;

/**
 * The RRsets of a zone by node, as numbered rows of a few arrays.
 *
 * <p>The rows of a node follow each other in the order of their types. Signatures (RFC 4034 3) make a row of their own
 * behind the RRset that they cover, so that each row has one TTL. Never changed, any thread.
 */
final class ZoneRrsets {
    /** The number of no RRset. */
    static final int NONE = -1;

    /** First row of each node, with the number of rows at the end. */
    private final int[] firstRows;

    /** See {@link #key}. */
    private final int[] keys;

    private final int[] ttls;

    /** Where the RDATA of each row starts, with the end at the end. */
    private final int[] starts;

    /** Each RDATA behind two octets of its length. */
    private final byte[] rdata;

    ZoneRrsets(int[] firstRows, int[] keys, int[] ttls, int[] starts, byte[] rdata) {
        this.firstRows = firstRows;
        this.keys = keys;
        this.ttls = ttls;
        this.starts = starts;
        this.rdata = rdata;
    }

    /** What rows are sorted by: the type, or for signatures the type covered plus a half. */
    static int key(int type, byte[] rdata) {
        if (type != RecordType.RRSIG) {
            return type << 1;
        }
        return (rdata[0] & 0xff) << 9 | (rdata[1] & 0xff) << 1 | 1;
    }

    int count() {
        return keys.length;
    }

    /** First row of a node; its rows end where those of the next node begin. */
    int first(int node) {
        return firstRows[node];
    }

    boolean isEmpty(int node) {
        return firstRows[node] == firstRows[node + 1];
    }

    /** The row with a node's records of a type, or {@link #NONE}; RRSIG has none of its own. */
    int find(int node, int type) {
        return row(node, type << 1);
    }

    /** The row with the signatures over a node's records of a type, or {@link #NONE}. */
    int findSignatures(int node, int type) {
        return row(node, type << 1 | 1);
    }

    private int row(int node, int key) {
        for (int row = firstRows[node]; row < firstRows[node + 1]; row++) {
            if (keys[row] == key) {
                return row;
            }
        }
        return NONE;
    }

    int type(int row) {
        return isSignature(row) ? RecordType.RRSIG : keys[row] >>> 1;
    }

    boolean isSignature(int row) {
        return (keys[row] & 1) != 0;
    }

    int ttlSeconds(int row) {
        return ttls[row];
    }

    /** Where the first RDATA of a row stands, to be passed on to {@link #rdata} and {@link #next}. */
    int start(int row) {
        return starts[row];
    }

    /** Where the RDATA of a row end. */
    int end(int row) {
        return starts[row + 1];
    }

    /** Where the RDATA behind the one at {@code at} stands. */
    int next(int at) {
        return at + 2 + length(at);
    }

    byte[] rdata(int at) {
        return Arrays.copyOfRange(rdata, at + 2, next(at));
    }

    private int length(int at) {
        return (rdata[at] & 0xff) << 8 | rdata[at + 1] & 0xff;
    }

    /** Size of the arrays in octets. */
    long octets() {
        return rdata.length + 4L * (firstRows.length + keys.length + ttls.length + starts.length);
    }
}
