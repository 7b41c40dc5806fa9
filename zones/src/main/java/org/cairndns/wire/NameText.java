package org.cairndns.wire;

import java.util.Arrays;

/** Presentation format of domain names (RFC 1035 5.1) to wire octets, with the way back. */
final class NameText {
    private NameText() {}

    static byte[] toWire(String text) {
        byte[] out = new byte[DomainName.MAX_OCTETS];
        int labelStart = 0;
        int at = 1;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '.') {
                endLabel(text, out, labelStart, at);
                labelStart = at++;
                i++;
                continue;
            }
            int octet = c == '\\' ? escaped(text, i) : c;
            i += c != '\\' ? 1 : isDigit(text, i + 1) ? 4 : 2;
            if (at >= DomainName.MAX_OCTETS - 1 || octet > 255) {
                throw bad(text, octet > 255 ? "holds a character over octet 255" : "is over 255 octets");
            }
            out[at++] = (byte) octet;
        }
        if (at == labelStart + 1) {
            if (labelStart == 0) {
                throw bad(text, "is empty");
            }
            return Arrays.copyOf(out, at);
        }
        endLabel(text, out, labelStart, at);
        return Arrays.copyOf(out, at + 1);
    }

    private static void endLabel(String text, byte[] out, int labelStart, int at) {
        int length = at - labelStart - 1;
        if (length == 0 || length > DomainName.MAX_LABEL_OCTETS) {
            throw bad(text, length == 0 ? "has an empty label" : "has a label over 63 octets");
        }
        out[labelStart] = (byte) length;
    }

    private static int escaped(String text, int at) {
        if (!isDigit(text, at + 1)) {
            if (at + 1 >= text.length()) {
                throw bad(text, "ends in a backslash");
            }
            return text.charAt(at + 1);
        }
        if (!isDigit(text, at + 2) || !isDigit(text, at + 3)) {
            throw bad(text, "has an escape without three digits");
        }
        return Integer.parseInt(text, at + 1, at + 4, 10);
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static IllegalArgumentException bad(String text, String reason) {
        return new IllegalArgumentException("domain name \"" + text + "\" " + reason);
    }

    static String toText(byte[] octets) {
        if (octets[0] == 0) {
            return ".";
        }
        StringBuilder text = new StringBuilder(octets.length + 8);
        for (int at = 0; octets[at] != 0; at += octets[at] + 1) {
            for (int i = at + 1; i <= at + octets[at]; i++) {
                append(text, octets[i] & 0xff);
            }
            text.append('.');
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int octet) {
        if (octet <= ' ' && octet != ' ' || octet > '~') {
            text.append('\\').append((char) ('0' + octet / 100)).append((char) ('0' + octet / 10 % 10));
            text.append((char) ('0' + octet % 10));
            return;
        }
        if (".();@\"'\\ ".indexOf(octet) >= 0) {
            text.append('\\');
        }
        text.append((char) octet);
    }
}
