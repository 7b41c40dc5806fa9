package org.cairndns.perf.faults.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writer of messages octet by octet, proper or not. */
final class MessageOctets {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    /** A header with these counts: questions, answers, authorities, additionals. */
    static MessageOctets header(int id, int flags, int... counts) {
        MessageOctets message = new MessageOctets().u16(id).u16(flags);
        for (int count : counts) {
            message.u16(count);
        }
        return message;
    }

    MessageOctets u8(int value) {
        out.write(value);
        return this;
    }

    MessageOctets u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    MessageOctets u32(int value) {
        return u16(value >>> 16).u16(value);
    }

    MessageOctets raw(byte... octets) {
        out.writeBytes(octets);
        return this;
    }

    /** A part of other octets. */
    MessageOctets raw(byte[] octets, int from, int to) {
        out.write(octets, from, to - from);
        return this;
    }

    /** A name from text without escapes; an empty text is the root. */
    MessageOctets name(String text) {
        for (String label : text.split("\\.")) {
            if (!label.isEmpty()) {
                byte[] octets = label.getBytes(StandardCharsets.ISO_8859_1);
                u8(octets.length).raw(octets);
            }
        }
        return u8(0);
    }

    /** A question of class IN. */
    MessageOctets question(String qname, int qtype) {
        return name(qname).u16(qtype).u16(1);
    }

    /** Octets so far. */
    int length() {
        return out.size();
    }

    byte[] toArray() {
        return out.toByteArray();
    }
}
