package org.cairndns.wire;

import java.util.Arrays;

/**
 * Where domain names stand in the RDATA of the types that may hold compressed ones (RFC 3597 4, RFC 1035 3.3).
 *
 * <p>A layout has a character per field: a digit is so many octets, {@code S} a character-string, {@code N} a name,
 * {@code *} any octets up to the end. RDATA without a {@code *} ends with its last field.
 */
final class RdataNames {
    private static final String OPAQUE = "*";

    private RdataNames() {}

    /** Formats hold for every class (RFC 1035 3.3), but addresses are those of the Internet (3.4). */
    private static String layout(int type, int dnsClass) {
        return switch (type) {
            case RecordType.A -> dnsClass == DnsClass.IN ? "4" : OPAQUE;
            case RecordType.AAAA -> dnsClass == DnsClass.IN ? "88" : OPAQUE;
            case RecordType.NS, RecordType.CNAME, RecordType.PTR, RecordType.DNAME, 3, 4, 7, 8, 9, 23 -> "N";
            case RecordType.SOA -> "NN992";
            case 14, 17 -> "NN";
            case RecordType.MX, 18, 21, 36 -> "2N";
            case RecordType.SRV -> "6N";
            case RecordType.RRSIG, 24 -> "99N*";
            case 26 -> "2NN";
            case 30, 47 -> "N*";
            case RecordType.NAPTR -> "4SSSN";
            case RecordType.HTTPS, 64 -> "2N*";
            default -> OPAQUE;
        };
    }

    /** RDATA from {@code from} to {@code to} with all names uncompressed. */
    static byte[] expand(MessageView view, int type, int dnsClass, int from, int to) {
        String layout = layout(type, dnsClass);
        if (layout.indexOf('N') < 0) {
            return view.copy(from, to);
        }
        byte[] out = new byte[to - from + 2 * DomainName.MAX_OCTETS];
        int at = from;
        int length = 0;
        for (int i = 0; i < layout.length(); i++) {
            if (layout.charAt(i) == 'N') {
                length = view.expandName(at, out, length);
                at = view.skipName(at);
                continue;
            }
            int next = afterPlain(view, layout.charAt(i), at, to);
            for (; at < next; at++) {
                out[length++] = (byte) view.octet(at);
            }
        }
        return Arrays.copyOf(out, length);
    }

    /** True if the RDATA from {@code from} to {@code to} is as long as its fields and has proper names. */
    static boolean isProper(MessageView view, NameCheck names, int type, int dnsClass, int from, int to) {
        String layout = layout(type, dnsClass);
        int at = from;
        for (int i = 0; i < layout.length(); i++) {
            char field = layout.charAt(i);
            if (at >= to && field != '*') {
                return false;
            }
            at = field == 'N' ? names.after(at) : afterPlain(view, field, at, to);
            if (at == NameCheck.IMPROPER || at > to) {
                return false;
            }
        }
        return at == to;
    }

    /** Where the name starts that uncompressed RDATA leads to, or -1 for a type that leads nowhere. */
    static int targetStart(int type, byte[] rdata) {
        boolean leads = switch (type) {
            case RecordType.NS,
                    RecordType.CNAME,
                    RecordType.PTR,
                    RecordType.DNAME,
                    RecordType.SOA,
                    RecordType.MX,
                    RecordType.SRV,
                    RecordType.NAPTR -> true;
            default -> false;
        };
        if (!leads) {
            return -1;
        }
        String layout = layout(type, DnsClass.IN);
        int at = 0;
        for (int i = 0; layout.charAt(i) != 'N'; i++) {
            at += layout.charAt(i) == 'S' ? 1 + (rdata[at] & 0xff) : layout.charAt(i) - '0';
        }
        return at;
    }

    /** The uncompressed name at {@code start}. */
    static DomainName nameAt(byte[] rdata, int start) {
        int end = start;
        while (rdata[end] != 0) {
            end += rdata[end] + 1;
        }
        return DomainName.ofOwned(Arrays.copyOfRange(rdata, start, end + 1));
    }

    private static int afterPlain(MessageView view, char field, int at, int to) {
        return switch (field) {
            case '*' -> to;
            case 'S' -> at + 1 + view.octet(at);
            default -> at + field - '0';
        };
    }
}
