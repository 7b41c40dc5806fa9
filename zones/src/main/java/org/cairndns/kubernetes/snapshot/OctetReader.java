package org.cairndns.kubernetes.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reader of what an {@link OctetWriter} wrote, or something hostile. */
final class OctetReader {
    /** Longest text: a name of 255 octets each of which is written as four. */
    static final int MAX_TEXT_OCTETS = 1024;

    private static final int BUFFER_OCTETS = 8192;
    private static final int BITS = 7;

    private final InputStream in;
    private final long maxOctets;
    private final byte[] buffer = new byte[BUFFER_OCTETS];
    private int at;
    private int end;
    private long total;
    private final byte[] last = new byte[MAX_TEXT_OCTETS];
    private int lastLength;

    /**
     * A reader.
     *
     * @param maxOctets what comes behind is not read
     */
    OctetReader(InputStream in, long maxOctets) {
        this.in = in;
        this.maxOctets = maxOctets;
    }

    /** A number, 0 or more. */
    int number() throws IOException, SnapshotException {
        int number = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += BITS) {
            int octet = octet();
            number |= (octet & 0x7f) << shift;
            if (octet < 0x80) {
                if (number < 0 || shift == 4 * BITS && octet > 7) {
                    break;
                }
                return number;
            }
        }
        throw new SnapshotException("it has a number that is too large");
    }

    /** An octet, 0..255. */
    int octet() throws IOException, SnapshotException {
        if (at == end && !fill()) {
            throw new SnapshotException("it ends too early");
        }
        return buffer[at++] & 0xff;
    }

    /** True if nothing follows. */
    boolean isAtEnd() throws IOException, SnapshotException {
        return at == end && !fill();
    }

    byte[] octets(int count) throws IOException, SnapshotException {
        byte[] octets = new byte[count];
        octets(octets, 0, count);
        return octets;
    }

    /** Fills an array with numbers of 32 bits. */
    void ints(int[] target) throws IOException, SnapshotException {
        ByteBuffer.wrap(octets(target.length * Integer.BYTES)).asIntBuffer().get(target);
    }

    /** Fills an array with numbers of 64 bits. */
    void longs(long[] target) throws IOException, SnapshotException {
        ByteBuffer.wrap(octets(target.length * Long.BYTES)).asLongBuffer().get(target);
    }

    private void octets(byte[] target, int from, int count) throws IOException, SnapshotException {
        int missing = count;
        while (missing > 0) {
            if (at == end && !fill()) {
                throw new SnapshotException("it ends too early");
            }
            int some = Math.min(missing, end - at);
            System.arraycopy(buffer, at, target, from + count - missing, some);
            at += some;
            missing -= some;
        }
    }

    /** A text of 0 to {@link #MAX_TEXT_OCTETS} printable characters of ASCII. */
    String text() throws IOException, SnapshotException {
        int common = number();
        int rest = number();
        if (common > lastLength || rest > MAX_TEXT_OCTETS - common) {
            throw new SnapshotException("it has a text that is too long");
        }
        octets(last, common, rest);
        lastLength = common + rest;
        for (int i = common; i < lastLength; i++) {
            if (last[i] <= ' ' || last[i] == 0x7f) {
                throw new SnapshotException("it has a text with characters that no name has");
            }
        }
        return new String(last, 0, lastLength, StandardCharsets.ISO_8859_1);
    }

    private boolean fill() throws IOException, SnapshotException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        total += end;
        if (total > maxOctets) {
            throw new SnapshotException("it is larger than it says");
        }
        return end > 0;
    }
}
