package org.cairndns.wire;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.UNKRecord;

/**
 * RDATA between presentation format (RFC 1035 5.1) and wire format, by dnsjava.
 *
 * <p>Not for the path of a query: for zone data, configuration and explanations. Any thread.
 */
public final class Rdata {
    /** Owner of one octet, type, class, TTL, RDLENGTH. */
    private static final int ROOT_RECORD_OCTETS = 1 + 10;

    private static final int SPF = 99;

    private Rdata() {}

    /**
     * Wire octets of class IN RDATA, names uncompressed.
     *
     * @param text as in a zone file whose origin is the root, also {@code \# length hex} (RFC 3597 5)
     * @throws IllegalArgumentException if the text is no RDATA of the type; says why
     */
    public static byte[] fromText(int type, String text) {
        try {
            byte[] octets = Record.fromString(Name.root, type, DClass.IN, 0, text, Name.root)
                    .toWire(org.xbill.DNS.Section.ANSWER);
            return Arrays.copyOfRange(octets, ROOT_RECORD_OCTETS, octets.length);
        } catch (IOException | RuntimeException e) {
            String reason = String.valueOf(e.getMessage()).replaceFirst("^<none>:\\d+: ", "");
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no RDATA of type " + RecordType.text(type) + ": " + reason, e);
        }
    }

    /**
     * Text that {@link #fromText} turns into these octets; {@code \# length hex} where the type has no other.
     *
     * <p>As dig prints it: character-strings of TXT quoted, IPv6 addresses as in RFC 5952.
     */
    public static String toText(int type, byte[] rdata) {
        try {
            String text = typed(type, rdata);
            return Arrays.equals(fromText(type, text), rdata) ? text : generic(rdata);
        } catch (IOException | IllegalArgumentException e) {
            // Octets of someone else that do not follow the type's format are shown as they are.
            return generic(rdata);
        }
    }

    private static String typed(int type, byte[] rdata) throws IOException {
        return switch (type) {
            case RecordType.AAAA -> address(rdata);
            case RecordType.TXT, SPF -> rdata.length == 0 ? generic(rdata) : strings(rdata);
            default -> {
                Record record = Record.newRecord(Name.root, type, DClass.IN, 0, rdata);
                yield record == null || record instanceof UNKRecord ? generic(rdata) : record.rdataToString();
            }
        };
    }

    private static String address(byte[] rdata) throws UnknownHostException {
        return NetUtil.toAddressString(Inet6Address.getByAddress(null, rdata, -1));
    }

    private static String strings(byte[] rdata) {
        StringBuilder text = new StringBuilder(rdata.length + 8);
        for (int at = 0; at < rdata.length; ) {
            int end = Math.min(at + 1 + (rdata[at] & 0xff), rdata.length);
            text.append(at == 0 ? "\"" : " \"");
            for (at++; at < end; at++) {
                appendQuoted(text, rdata[at] & 0xff);
            }
            text.append('"');
        }
        return text.toString();
    }

    private static void appendQuoted(StringBuilder text, int octet) {
        if (octet < ' ' || octet > '~') {
            text.append('\\').append((char) ('0' + octet / 100)).append((char) ('0' + octet / 10 % 10));
            text.append((char) ('0' + octet % 10));
            return;
        }
        if (octet == '"' || octet == '\\') {
            text.append('\\');
        }
        text.append((char) octet);
    }

    private static String generic(byte[] rdata) {
        String text = "\\# " + rdata.length + " " + HexFormat.of().formatHex(rdata);
        return text.strip();
    }
}
