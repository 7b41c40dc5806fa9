package org.cairndns.corefile;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Domain names in presentation format (RFC 1035 5.1), checked without being turned into wire form. */
final class NameSyntax {
    private static final int MAX_LABEL_OCTETS = 63;
    private static final int MAX_NAME_OCTETS = 255;
    private static final int ESCAPED_DIGITS = 3;
    private static final int MAX_OCTET = 255;

    private NameSyntax() {}

    /** The name with a final dot; an escaped final dot is part of the last label and does not count. */
    static String absolute(String name) {
        int backslashes = 0;
        int index = name.length() - 2;
        while (index >= 0 && name.charAt(index) == '\\') {
            backslashes++;
            index--;
        }
        return name.endsWith(".") && backslashes % 2 == 0 ? name : name + ".";
    }

    /**
     * Accepts {@code .} and names of labels of 1 to 63 octets, at most 255 octets in wire form.
     *
     * @throws IllegalArgumentException with what was expected and found
     */
    static void check(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("expected a zone name, got nothing");
        }
        if (name.equals(".")) {
            return;
        }
        byte[] octets = absolute(name).getBytes(StandardCharsets.UTF_8);
        int nameOctets = 1;
        int labelOctets = 0;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '.') {
                checkLabel(labelOctets);
                nameOctets += 1 + labelOctets;
                labelOctets = 0;
            } else {
                i += octets[i] == '\\' ? escapedLength(octets, i) : 0;
                labelOctets++;
            }
        }
        if (labelOctets > 0) {
            throw new IllegalArgumentException("expected a character after '\\', got the end of the name");
        }
        if (nameOctets > MAX_NAME_OCTETS) {
            throw new IllegalArgumentException(
                    "expected a name of at most " + MAX_NAME_OCTETS + " octets, got " + nameOctets);
        }
    }

    /**
     * The same name in ASCII: octets of UTF-8 as decimal escapes, and no escape of a digit alone, which means that digit.
     *
     * @param name one that {@link #check} accepts
     */
    static String escaped(String name) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(octets.length);
        for (int i = 0; i < octets.length; i++) {
            boolean escape = octets[i] == '\\';
            int length = escape ? escapedLength(octets, i) : 0;
            if (length == ESCAPED_DIGITS) {
                text.append(new String(octets, i, 1 + length, StandardCharsets.US_ASCII));
            } else if (octets[i + length] < 0) {
                text.append(String.format(Locale.ROOT, "\\%03d", octets[i + length] & MAX_OCTET));
            } else {
                boolean digit = octets[i + length] >= '0' && octets[i + length] <= '9';
                text.append(escape && !digit ? "\\" : "").append((char) octets[i + length]);
            }
            i += length;
        }
        return text.toString();
    }

    private static void checkLabel(int octets) {
        if (octets < 1 || octets > MAX_LABEL_OCTETS) {
            throw new IllegalArgumentException(
                    "expected labels of 1 to " + MAX_LABEL_OCTETS + " octets, got " + octets);
        }
    }

    /** How many octets after a backslash belong to the escape: three for a decimal octet, else one. */
    private static int escapedLength(byte[] octets, int backslash) {
        int value = 0;
        for (int i = backslash + 1; i <= backslash + ESCAPED_DIGITS; i++) {
            if (i >= octets.length || octets[i] < '0' || octets[i] > '9') {
                return 1;
            }
            value = value * 10 + octets[i] - '0';
        }
        if (value > MAX_OCTET) {
            throw new IllegalArgumentException("expected an escaped octet of at most " + MAX_OCTET + ", got " + value);
        }
        return ESCAPED_DIGITS;
    }
}
