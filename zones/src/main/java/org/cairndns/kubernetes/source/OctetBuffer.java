package org.cairndns.kubernetes.source;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Octets that grow up to a limit. */
final class OctetBuffer {
    private static final int INITIAL_OCTETS = 1024;
    // More than this is given back when the buffer is cleared.
    private static final int KEPT_OCTETS = 64 << 10;
    private static final byte[] NONE = {};

    private final int maxOctets;
    private byte[] octets = NONE;
    private int length;

    OctetBuffer(int maxOctets) {
        this.maxOctets = maxOctets;
    }

    /**
     * Adds {@code source[from..to)}.
     *
     * @throws MalformedBodyException beyond the limit
     */
    void append(byte[] source, int from, int to) {
        makeRoom(to - from);
        System.arraycopy(source, from, octets, length, to - from);
        length += to - from;
    }

    /**
     * Moves the next {@code count} octets of the source, which has as many, to the end.
     *
     * @throws MalformedBodyException beyond the limit
     */
    void append(ByteBuffer source, int count) {
        makeRoom(count);
        source.get(octets, length, count);
        length += count;
    }

    private void makeRoom(int more) {
        if (more < 0 || more > maxOctets - length) {
            throw new MalformedBodyException("more than " + maxOctets + " octets");
        }
        int wanted = length + more;
        if (wanted > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(wanted, Math.max(INITIAL_OCTETS, octets.length * 2)));
        }
    }

    /** The array behind; only the first {@link #length()} octets count. */
    byte[] octets() {
        return octets;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
        if (octets.length > KEPT_OCTETS) {
            octets = NONE;
        }
    }
}
