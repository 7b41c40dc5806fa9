package org.cairndns.kubernetes.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalLong;

/** Points in time as the API writes them (RFC 3339). */
final class Timestamps {
    private static final String SHAPE = "0000-00-00T00:00:00";
    private static final long MILLIS_PER_DAY = 86_400_000;

    private Timestamps() {}

    /** Unix time in milliseconds; empty when the text is no time. */
    static OptionalLong millis(String text) {
        try {
            // Every slice has one, and the JDK's reader of all formats takes longer than the rest of the slice.
            return OptionalLong.of(
                    isUtc(text) ? utcMillis(text) : Instant.parse(text).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    // 2026-11-01T08:15:30Z, or with up to nine digits of a fraction.
    private static boolean isUtc(String text) {
        int end = text.length() - 1;
        if (end < SHAPE.length() || end > SHAPE.length() + 10 || text.charAt(end) != 'Z') {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char expected = i < SHAPE.length() ? SHAPE.charAt(i) : i == SHAPE.length() ? '.' : '0';
            char c = text.charAt(i);
            if (expected == '0' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        return end != SHAPE.length() + 1 && two(text, 11) < 24 && two(text, 14) < 60 && two(text, 17) < 60;
    }

    private static long utcMillis(String text) {
        long day = LocalDate.of(100 * two(text, 0) + two(text, 2), two(text, 5), two(text, 8))
                .toEpochDay();
        long seconds = 3600L * two(text, 11) + 60L * two(text, 14) + two(text, 17);
        int millis = 0;
        for (int i = 0, at = SHAPE.length() + 1; i < 3; i++, at++) {
            millis = 10 * millis + (at < text.length() - 1 ? text.charAt(at) - '0' : 0);
        }
        return day * MILLIS_PER_DAY + 1000 * seconds + millis;
    }

    private static int two(String text, int at) {
        return 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
    }
}
