package org.cairndns.zone;

import org.jspecify.annotations.Nullable;

/** Text forms of IP addresses. */
final class IpText {
    private static final int GROUPS = 8;

    private IpText() {}

    static @Nullable IpAddress parse(String text) {
        return text.indexOf(':') >= 0 ? parseIpv6(text) : parseIpv4(text);
    }

    private static @Nullable IpAddress parseIpv4(String text) {
        long bits = ipv4Bits(text, 0);
        return bits < 0 ? null : IpAddress.ofIpv4((int) bits);
    }

    /** The 32 bits of the dotted octets from {@code from} to the end, or -1. */
    private static long ipv4Bits(String text, int from) {
        long bits = 0;
        int at = from;
        for (int i = 0; i < 4; i++) {
            int value = 0;
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - start < 3) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            boolean ends = i < 3 ? at < text.length() && text.charAt(at) == '.' : at == text.length();
            if (at == start || leadingZero || value > 255 || !ends) {
                return -1;
            }
            bits = bits << 8 | value;
            at++;
        }
        return bits;
    }

    private static @Nullable IpAddress parseIpv6(String text) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            if (count == GROUPS) {
                return null;
            }
            int end = text.indexOf(':', at);
            if (end < 0 && text.indexOf('.', at) >= 0) {
                long bits = count <= GROUPS - 2 ? ipv4Bits(text, at) : -1;
                if (bits < 0) {
                    return null;
                }
                groups[count++] = (int) (bits >>> 16);
                groups[count++] = (int) bits & 0xffff;
                break;
            }
            int group = group(text, at, end < 0 ? text.length() : end);
            if (group < 0) {
                return null;
            }
            groups[count++] = group;
            if (end < 0) {
                break;
            }
            at = end + 1;
            if (at < text.length() && text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                at++;
            } else if (at == text.length()) {
                return null;
            }
        }
        return ofGroups(groups, count, gap);
    }

    private static @Nullable IpAddress ofGroups(int[] groups, int count, int gap) {
        if (gap < 0 ? count != GROUPS : count == GROUPS) {
            return null;
        }
        int[] full = new int[GROUPS];
        int before = gap < 0 ? count : gap;
        System.arraycopy(groups, 0, full, 0, before);
        System.arraycopy(groups, before, full, GROUPS - (count - before), count - before);
        return new IpAddress(number(full, 0), number(full, 4));
    }

    private static long number(int[] groups, int from) {
        return (long) groups[from] << 48
                | (long) groups[from + 1] << 32
                | (long) groups[from + 2] << 16
                | groups[from + 3];
    }

    private static int group(String text, int from, int to) {
        if (to == from || to - from > 4) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    static String format(IpAddress address) {
        if (address.isIpv4()) {
            int bits = address.ipv4Bits();
            return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            long half = i < 4 ? address.high() : address.low();
            groups[i] = (int) (half >>> 48 - 16 * (i & 3)) & 0xffff;
        }
        return formatGroups(groups);
    }

    private static String formatGroups(int[] groups) {
        // RFC 5952 4.2: "::" stands for the longest run of two or more zero groups, the first one when they tie.
        int gapStart = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = 0;
            while (i + length < GROUPS && groups[i + length] == 0) {
                length++;
            }
            if (length > gapLength) {
                gapStart = i;
                gapLength = length;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == gapStart) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
