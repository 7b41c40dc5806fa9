package org.cairndns.kubernetes.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writer of numbers and texts for an {@link OctetReader}.
 *
 * <p>Numbers have seven bits in an octet, the lowest first, the eighth bit saying that there is more. A text is what it has in common
 * with the beginning of the one before, in octets, then the number of the others, then those in Latin-1.
 */
final class OctetWriter {
    private static final int BUFFER_OCTETS = 8192;
    private static final int MAX_NUMBER_OCTETS = 5;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_OCTETS];
    private int size;
    private long flushed;
    private byte[] last = {};

    OctetWriter(OutputStream out) {
        this.out = out;
    }

    /** Octets written so far. */
    long octets() {
        return flushed + size;
    }

    /** A number, 0 or more. */
    void number(int number) throws IOException {
        reserve(MAX_NUMBER_OCTETS);
        int rest = number;
        while (rest > 0x7f) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    void octet(int octet) throws IOException {
        reserve(1);
        buffer[size++] = (byte) octet;
    }

    /** Octets from a place on. */
    void octets(byte[] octets, int from) throws IOException {
        int at = from;
        while (at < octets.length) {
            reserve(1);
            int some = Math.min(octets.length - at, buffer.length - size);
            System.arraycopy(octets, at, buffer, size, some);
            size += some;
            at += some;
        }
    }

    void text(String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        int common = 0;
        while (common < octets.length && common < last.length && octets[common] == last[common]) {
            common++;
        }
        number(common);
        number(octets.length - common);
        octets(octets, common);
        last = octets;
    }

    /** Hands on what is held back. */
    void flush() throws IOException {
        out.write(buffer, 0, size);
        flushed += size;
        size = 0;
    }

    private void reserve(int octets) throws IOException {
        if (size + octets > buffer.length) {
            flush();
        }
    }
}
