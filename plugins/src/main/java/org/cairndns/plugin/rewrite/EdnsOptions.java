package org.cairndns.plugin.rewrite;

import java.util.Arrays;

/** Well-formed EDNS options as octets: code, length, value, repeated (RFC 6891 6.1.2). Arrays given are never changed. */
final class EdnsOptions {
    private static final int HEADER_OCTETS = 4;

    private EdnsOptions() {}

    /** Position of the first option with a code, or -1. */
    static int find(byte[] options, int code) {
        for (int at = 0; at < options.length; at = next(options, at)) {
            if (unsignedShort(options, at) == code) {
                return at;
            }
        }
        return -1;
    }

    static byte[] valueAt(byte[] options, int at) {
        return Arrays.copyOfRange(options, at + HEADER_OCTETS, next(options, at));
    }

    /** The options with this value for a code: in place of the first one with the code, else behind all others. */
    static byte[] with(byte[] options, int code, byte[] value) {
        int found = find(options, code);
        int start = found < 0 ? options.length : found;
        int rest = found < 0 ? options.length : next(options, found);
        int valueStart = start + HEADER_OCTETS;
        byte[] changed = new byte[valueStart + value.length + options.length - rest];
        System.arraycopy(options, 0, changed, 0, start);
        putShort(changed, start, code);
        putShort(changed, start + 2, value.length);
        System.arraycopy(value, 0, changed, valueStart, value.length);
        System.arraycopy(options, rest, changed, valueStart + value.length, options.length - rest);
        return changed;
    }

    /** The options but for all with a code. */
    static byte[] without(byte[] options, int code) {
        byte[] left = new byte[options.length];
        int length = 0;
        for (int at = 0; at < options.length; at = next(options, at)) {
            if (unsignedShort(options, at) != code) {
                int octets = next(options, at) - at;
                System.arraycopy(options, at, left, length, octets);
                length += octets;
            }
        }
        return Arrays.copyOf(left, length);
    }

    private static int next(byte[] options, int at) {
        return at + HEADER_OCTETS + unsignedShort(options, at + 2);
    }

    private static int unsignedShort(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    private static void putShort(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >> 8);
        octets[at + 1] = (byte) value;
    }
}
