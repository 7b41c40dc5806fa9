package org.cairndns.corefile;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and durations in the spelling of Go's {@code strconv} and {@code time} packages, which Corefiles use. */
final class GoNumbers {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern DURATION_PART = Pattern.compile("([0-9]*)(?:\\.([0-9]*))?(ns|us|µs|μs|ms|s|m|h)");

    private GoNumbers() {}

    /** Optional sign and decimal digits, within 64 bits. */
    static Optional<Long> integer(String text) {
        if (!INTEGER.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** An integer with a percent sign behind it. */
    static Optional<Long> percent(String text) {
        return text.endsWith("%") ? integer(text.substring(0, text.length() - 1)) : Optional.empty();
    }

    /** A duration, or digits that are seconds. */
    static Optional<Duration> secondsOrDuration(String text) {
        return integer(text)
                .filter(seconds -> Math.abs(seconds) <= DurationBounds.UNBOUNDED.toSeconds())
                .map(Duration::ofSeconds)
                .or(() -> duration(text));
    }

    /** Decimal digits without a sign, within 64 bits. */
    static Optional<Long> unsigned(String text) {
        return text.startsWith("+") || text.startsWith("-") ? Optional.empty() : integer(text);
    }

    /** Optional sign, decimal digits, perhaps with a point and an exponent. */
    static Optional<Double> decimal(String text) {
        return DECIMAL.matcher(text).matches() ? Optional.of(Double.parseDouble(text)) : Optional.empty();
    }

    /** A number without a needless fraction: {@code 0}, {@code 2.5}. */
    static String text(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** Optional sign, then {@code 0} or one or more decimal numbers with a unit, such as {@code 1h30m} or {@code 1.5s}. */
    static Optional<Duration> duration(String text) {
        boolean signed = text.startsWith("+") || text.startsWith("-");
        String digits = signed ? text.substring(1) : text;
        if (digits.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher part = DURATION_PART.matcher(digits);
        long nanos = 0;
        int end = 0;
        try {
            while (end < digits.length()) {
                if (!part.find() || part.start() != end || isBare(part)) {
                    return Optional.empty();
                }
                nanos = Math.addExact(nanos, nanos(part));
                end = part.end();
            }
            boolean negative = text.startsWith("-");
            return end == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(negative ? -nanos : nanos));
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The duration in the same spelling, without parts that are zero: {@code 1h30m}. */
    static String text(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        Duration rest = duration.abs();
        StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
        append(text, rest.toHours(), "h");
        append(text, rest.toMinutesPart(), "m");
        append(text, rest.toSecondsPart(), "s");
        append(text, rest.toMillisPart(), "ms");
        append(text, rest.toNanosPart() / 1_000 % 1_000, "us");
        append(text, rest.toNanosPart() % 1_000, "ns");
        return text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }

    private static boolean isBare(Matcher part) {
        return part.group(1).isEmpty()
                && (part.group(2) == null || part.group(2).isEmpty());
    }

    private static long nanos(Matcher part) {
        long unit = unitNanos(part.group(3));
        long whole = part.group(1).isEmpty() ? 0 : Long.parseLong(part.group(1));
        String fraction = part.group(2) == null ? "" : part.group(2);
        long nanos = Math.multiplyExact(whole, unit);
        return Math.addExact(nanos, fractionNanos(fraction, unit));
    }

    /** Digits that no longer fit 64 bits are ignored; the product is cut, in the same steps as Go takes. */
    private static long fractionNanos(String digits, long unit) {
        long value = 0;
        double scale = 1;
        for (int i = 0; i < digits.length() && value <= (Long.MAX_VALUE - 9) / 10; i++) {
            value = value * 10 + (digits.charAt(i) - '0');
            scale *= 10;
        }
        return (long) (value * (unit / scale));
    }

    private static long unitNanos(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us", "µs", "μs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }
}
