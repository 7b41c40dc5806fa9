package org.cairndns.corefile;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations in the spelling that Go prints and CoreDNS therefore logs: {@code 300ms}, {@code 1.5s}, {@code 5m0s}. */
public final class DurationText {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private DurationText() {}

    /** The text of a duration of at most 292 years. */
    public static String of(Duration duration) {
        if (duration.isNegative()) {
            return "-" + of(duration.negated());
        }
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < NANOS_PER_SECOND) {
            return nanos < NANOS_PER_MICRO
                    ? nanos + "ns"
                    : nanos < NANOS_PER_MILLI ? decimal(nanos, 3) + "µs" : decimal(nanos, 6) + "ms";
        }
        long hours = duration.toHours();
        String larger = hours > 0 ? hours + "h" + duration.toMinutesPart() + "m" : "";
        if (hours == 0 && duration.toMinutes() > 0) {
            larger = duration.toMinutes() + "m";
        }
        return larger + decimal(duration.toSecondsPart() * NANOS_PER_SECOND + duration.toNanosPart(), 9) + "s";
    }

    private static String decimal(long nanos, int places) {
        return BigDecimal.valueOf(nanos, places).stripTrailingZeros().toPlainString();
    }
}
