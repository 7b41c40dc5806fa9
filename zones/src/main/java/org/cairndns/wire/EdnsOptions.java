package org.cairndns.wire;

import java.util.Arrays;
import java.util.function.IntPredicate;

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

    /** INFO-CODE of an extended error: DNSSEC says that the data is not genuine (RFC 8914 4.7). */
    public static final int BOGUS = 6;

    /** INFO-CODE of an extended error: a failure that was kept from an earlier query (RFC 8914 4.14). */
    public static final int CACHED_ERROR = 13;

    /** INFO-CODE of an extended error: the server is not up with all of its data yet (RFC 8914 4.15). */
    public static final int NOT_READY = 14;

    /** INFO-CODE of an extended error: blocked by the server's operator (RFC 8914 4.16). */
    public static final int BLOCKED = 15;

    /** INFO-CODE of an extended error: filtered as the client asked for (RFC 8914 4.18). */
    public static final int FILTERED = 17;

    /** INFO-CODE of an extended error: the client may not ask (RFC 8914 4.19). */
    public static final int PROHIBITED = 18;

    /** INFO-CODE of an extended error: a name error that may be outdated (RFC 8914 4.20). */
    public static final int STALE_NAME_ERROR = 19;

    /** INFO-CODE of an extended error: no server that could answer is reachable (RFC 8914 4.23). */
    public static final int NO_REACHABLE_AUTHORITY = 22;

    /** INFO-CODE of an extended error: talking to another server failed (RFC 8914 4.24). */
    public static final int NETWORK_ERROR = 23;

    /** INFO-CODE of an extended error: what another server sent makes no sense (RFC 8914 4.25). */
    public static final int INVALID_DATA = 24;

    /**
     * Options that are about the way of a message and not about its answer, a bit for each code: NSID, algorithms understood (RFC 6975),
     * EXPIRE, cookies, keepalive, padding, CHAIN, key tags, extended errors, report channels, zone versions.
     */
    private static final long OF_NO_ACCOUNT = 1L << NSID
            | 1L << 5
            | 1L << 6
            | 1L << 7
            | 1L << 9
            | 1L << 10
            | 1L << 11
            | 1L << PADDING
            | 1L << 13
            | 1L << 14
            | 1L << EXTENDED_ERROR
            | 1L << 18
            | 1L << 19;

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

    /**
     * Those of the options that may decide about an answer: client subnets (RFC 7871), and all that nobody knows to be of no account, such
     * as the device ids that some filtering resolvers take.
     *
     * @return {@link Edns#NO_OPTIONS} if there are none
     */
    public static byte[] deciding(byte[] options) {
        return selected(options, EdnsOptions::decides);
    }

    /** Those of the options with a code, {@link Edns#NO_OPTIONS} if there are none. */
    public static byte[] only(byte[] options, int code) {
        return selected(options, other -> other == code);
    }

    private static byte[] selected(byte[] options, IntPredicate wanted) {
        byte[] result = Edns.NO_OPTIONS;
        for (int at = 0; at < options.length; ) {
            int next = next(options, at);
            if (wanted.test(unsignedShort(options, at))) {
                int end = result.length;
                result = Arrays.copyOf(result, end + next - at);
                System.arraycopy(options, at, result, end, next - at);
            }
            at = next;
        }
        return result;
    }

    private static boolean decides(int code) {
        return code >= Long.SIZE || (OF_NO_ACCOUNT >>> code & 1) == 0;
    }

    /** The options followed by others. */
    public static byte[] joined(byte[] options, byte[] others) {
        byte[] result = Arrays.copyOf(options, options.length + others.length);
        System.arraycopy(others, 0, result, options.length, others.length);
        return result;
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

    /** True if an extended error among the options has an INFO-CODE like this. */
    public static boolean hasExtendedError(byte[] options, IntPredicate infoCode) {
        for (int at = 0; at < options.length; at = next(options, at)) {
            boolean error = unsignedShort(options, at) == EXTENDED_ERROR && unsignedShort(options, at + 2) >= 2;
            if (error && infoCode.test(unsignedShort(options, at + HEAD_OCTETS))) {
                return true;
            }
        }
        return false;
    }

    private static int next(byte[] options, int at) {
        return at + HEAD_OCTETS + unsignedShort(options, at + 2);
    }

    private static int unsignedShort(byte[] options, int at) {
        return (options[at] & 0xff) << 8 | options[at + 1] & 0xff;
    }
}
