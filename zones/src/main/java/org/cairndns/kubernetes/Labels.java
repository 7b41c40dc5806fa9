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

    /** The name that a text of the API is, the root where it is none. */
    static DomainName name(String text) {
        try {
            return text.isEmpty() ? DomainName.ROOT : DomainName.of(text);
        } catch (IllegalArgumentException e) {
            return DomainName.ROOT;
        }
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
            if (name.lowerOctet(from + i) != lower(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The octet or character in lower case if it is an ASCII letter. */
    static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    /** True if the labels of a name from {@code from} to {@code to} are the last ones, or all, of {@code labels}. */
    static boolean areLastOf(DomainName labels, DomainName name, int from, int to) {
        int start = labels.length() - 1 - (to - from);
        int at = 0;
        while (at < start) {
            at += labels.octet(at) + 1;
        }
        if (at != start) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (name.lowerOctet(i) != labels.lowerOctet(start + i - from)) {
                return false;
            }
        }
        return true;
    }

    /** All the labels in front of the suffix, or null where the name would be too long. */
    static @Nullable DomainName prependAll(DomainName labels, DomainName suffix) {
        if (labels.equals(DomainName.ROOT)) {
            return suffix;
        }
        DomainName rest = prependAll(labels.parent(), suffix);
        return rest == null ? null : prepend(labels.lowerLabelAt(0), rest);
    }

    /** The label in front of the suffix, or null where the name would be too long. */
    static @Nullable DomainName prepend(String label, DomainName suffix) {
        boolean fits = isLabel(label) && label.length() + 1 + suffix.length() <= DomainName.MAX_OCTETS;
        return fits ? DomainName.prepend(label, suffix) : null;
    }
}
