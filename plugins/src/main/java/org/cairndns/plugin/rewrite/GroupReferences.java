package org.cairndns.plugin.rewrite;

import com.google.re2j.Matcher;
import org.jspecify.annotations.Nullable;

/** References such as {@code {1}} in a replacement to the groups of a regular expression, 0 being all that matched. */
final class GroupReferences {
    private static final int MAX_DIGITS = 4;

    private GroupReferences() {}

    /** The replacement with each reference replaced by what its group matched, nothing for one that took no part. */
    static String expand(String replacement, Matcher match) {
        StringBuilder text = new StringBuilder(replacement.length() + 32);
        int at = 0;
        while (at < replacement.length()) {
            int end = referenceEnd(replacement, at);
            if (end < 0) {
                text.append(replacement.charAt(at++));
                continue;
            }
            @Nullable String group = match.group(number(replacement, at, end));
            text.append(group == null ? "" : group);
            at = end;
        }
        return text.toString();
    }

    /** The highest number that is referred to, -1 without a reference. */
    static int highest(String replacement) {
        int highest = -1;
        for (int at = 0; at < replacement.length(); at++) {
            int end = referenceEnd(replacement, at);
            if (end >= 0) {
                highest = Math.max(highest, number(replacement, at, end));
            }
        }
        return highest;
    }

    private static int number(String text, int start, int end) {
        return Integer.parseInt(text, start + 1, end - 1, 10);
    }

    /** Position behind the reference that starts at {@code start}, -1 if none does. */
    private static int referenceEnd(String text, int start) {
        if (text.charAt(start) != '{') {
            return -1;
        }
        int at = start + 1;
        while (at < text.length() && at - start <= MAX_DIGITS && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at > start + 1 && at < text.length() && text.charAt(at) == '}' ? at + 1 : -1;
    }
}
