package org.cairndns.wire;

import java.util.Arrays;

/**
 * Where domain names stand in the RDATA of the types that may hold compressed ones (RFC 3597 4, RFC 1035 3.3).
 *
 * <p>A layout has a character per field: a digit skips so many octets, {@code S} is a character-string, {@code N} a
 * name. What follows the last field is plain octets.
 */
final class RdataNames {
    private RdataNames() {}

    private static String layout(int type) {
        return switch (type) {
            case RecordType.NS, RecordType.CNAME, RecordType.PTR, 3, 4, 7, 8, 9, 39 -> "N";
            case RecordType.SOA, 14, 17 -> "NN";
            case RecordType.MX, 18, 21, 36 -> "2N";
            case RecordType.SRV -> "6N";
            case 26 -> "2NN";
            case 35 -> "4SSSN";
            default -> "";
        };
    }

    /** RDATA from {@code from} to {@code to} with all names uncompressed. */
    static byte[] expand(MessageView view, int type, int from, int to) {
        String layout = layout(type);
        if (layout.isEmpty()) {
            return view.copy(from, to);
        }
        byte[] out = new byte[to - from + 2 * DomainName.MAX_OCTETS];
        int at = from;
        int length = 0;
        for (int i = 0; i < layout.length(); i++) {
            int next;
            if (layout.charAt(i) == 'N') {
                length = view.expandName(at, out, length);
                at = view.skipName(at);
                continue;
            }
            next = layout.charAt(i) == 'S' ? at + 1 + view.octet(at) : at + layout.charAt(i) - '0';
            for (; at < next; at++) {
                out[length++] = (byte) view.octet(at);
            }
        }
        for (; at < to; at++) {
            out[length++] = (byte) view.octet(at);
        }
        return Arrays.copyOf(out, length);
    }

    /** True if the RDATA from {@code from} to {@code to} is as long as its fields and has proper names. */
    static boolean isProper(MessageView view, int type, int from, int to) {
        String layout = layout(type);
        int at = from;
        for (int i = 0; i < layout.length(); i++) {
            char field = layout.charAt(i);
            if (at >= to) {
                return false;
            }
            at = field == 'N' ? view.checkName(at) : field == 'S' ? at + 1 + view.octet(at) : at + field - '0';
            if (at < 0 || at > to) {
                return false;
            }
        }
        return switch (type) {
            case RecordType.A -> to - from == 4;
            case RecordType.AAAA -> to - from == 16;
            case RecordType.SOA -> to - at == 20;
            case RecordType.NS, RecordType.CNAME, RecordType.PTR, RecordType.MX, RecordType.SRV -> at == to;
            default -> true;
        };
    }
}
