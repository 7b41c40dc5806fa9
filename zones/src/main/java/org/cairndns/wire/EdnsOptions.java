package org.cairndns.wire;

import java.util.Arrays;

/**
 * EDNS options in wire form: code, length, value, repeated (RFC 6891 6.1.2).
 *
 * <p>What is read is well-formed, as {@link QueryReader} and {@link ResponseReader} see to it. Any thread.
 */
public final class EdnsOptions {
    /** Name server identifier (RFC 5001). */
    public static final int NSID = 3;

    /** Padding (RFC 7830). */
    static final int PADDING = 12;

    /** Extended DNS error (RFC 8914). */
    public static final int EXTENDED_ERROR = 15;

    /** INFO-CODE of an extended error: none of the others (RFC 8914 4.1). */
    public static final int OTHER = 0;

    /** INFO-CODE of an extended error: from data that may be outdated (RFC 8914 4.4, RFC 8767). */
    public static final int STALE_ANSWER = 3;

    /** INFO-CODE of an extended error: a failure that was kept from an earlier query (RFC 8914 4.14). */
    public static final int CACHED_ERROR = 13;

    /** INFO-CODE of an extended error: the server is not up with all of its data yet (RFC 8914 4.15). */
    public static final int NOT_READY = 14;

    /** INFO-CODE of an extended error: blocked by the server's operator (RFC 8914 4.16). */
    public static final int BLOCKED = 15;

    /** INFO-CODE of an extended error: filtered as the client asked for (RFC 8914 4.18). */
    public static final int FILTERED = 17;

    /** INFO-CODE of an extended error: a name error that may be outdated (RFC 8914 4.20). */
    public static final int STALE_NAME_ERROR = 19;

    /** INFO-CODE of an extended error: no server that could answer is reachable (RFC 8914 4.23). */
    public static final int NO_REACHABLE_AUTHORITY = 22;

    /** INFO-CODE of an extended error: talking to another server failed (RFC 8914 4.24). */
    public static final int NETWORK_ERROR = 23;

    /** INFO-CODE of an extended error: what another server sent makes no sense (RFC 8914 4.25). */
    public static final int INVALID_DATA = 24;

    /** Code with length. */
    static final int HEAD_OCTETS = 4;

    private EdnsOptions() {}

    /** True if there is an option with this code. */
    public static boolean contains(byte[] options, int code) {
        for (int at = 0; at < options.length; at = next(options, at)) {
            if (unsignedShort(options, at) == code) {
                return true;
            }
        }
        return false;
    }

    /**
     * The options with one more in the place of all others with its code.
     *
     * @param value 0..65531 octets
     */
    public static byte[] with(byte[] options, int code, byte[] value) {
        byte[] result = new byte[options.length + HEAD_OCTETS + value.length];
        int end = 0;
        for (int at = 0; at < options.length; ) {
            int next = next(options, at);
            if (unsignedShort(options, at) != code) {
                System.arraycopy(options, at, result, end, next - at);
                end += next - at;
            }
            at = next;
        }
        result[end] = (byte) (code >> 8);
        result[end + 1] = (byte) code;
        result[end + 2] = (byte) (value.length >> 8);
        result[end + 3] = (byte) value.length;
        System.arraycopy(value, 0, result, end + HEAD_OCTETS, value.length);
        return Arrays.copyOf(result, end + HEAD_OCTETS + value.length);
    }

    /** An extended error without text; {@code infoCode} 0..65535. */
    public static byte[] extendedError(int infoCode) {
        return extendedError(infoCode, new byte[0]);
    }

    /** An extended error (RFC 8914 2); {@code infoCode} 0..65535, {@code text} in UTF-8, 0..65529 octets. */
    public static byte[] extendedError(int infoCode, byte[] text) {
        byte[] value = new byte[2 + text.length];
        value[0] = (byte) (infoCode >> 8);
        value[1] = (byte) infoCode;
        System.arraycopy(text, 0, value, 2, text.length);
        return with(Edns.NO_OPTIONS, EXTENDED_ERROR, value);
    }

    private static int next(byte[] options, int at) {
        return at + HEAD_OCTETS + unsignedShort(options, at + 2);
    }

    private static int unsignedShort(byte[] options, int at) {
        return (options[at] & 0xff) << 8 | options[at + 1] & 0xff;
    }
}
