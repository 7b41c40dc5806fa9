package org.cairndns.kubernetes;

import java.nio.charset.StandardCharsets;
import org.cairndns.wire.DomainName;
import org.jspecify.annotations.Nullable;

/** Names of cluster objects as labels of domain names. */
final class Labels {
    private Labels() {}

    /** True if the name fits into a label: 1 to 63 octets, ASCII, without blanks. Names of real objects do. */
    static boolean isLabel(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= DomainName.MAX_LABEL_OCTETS;
    }

    static byte[] octets(String label) {
        return label.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] label) {
        return new String(label, StandardCharsets.ISO_8859_1);
    }

    /** True if the name's label at {@code position} equals the text, whatever the case. */
    static boolean equal(DomainName name, int position, String text) {
        return equal(name, position + 1, name.octet(position), text);
    }

    /** True if {@code length} octets of the name from {@code from} on equal the text, whatever the case. */
    static boolean equal(DomainName name, int from, int length, String text) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            int lower = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
            if (name.lowerOctet(from + i) != lower) {
                return false;
            }
        }
        return true;
    }

    /** The label in front of the suffix, or null where the name would be too long. */
    static @Nullable DomainName prepend(String label, DomainName suffix) {
        boolean fits = isLabel(label) && label.length() + 1 + suffix.length() <= DomainName.MAX_OCTETS;
        return fits ? DomainName.prepend(label, suffix) : null;
    }
}
