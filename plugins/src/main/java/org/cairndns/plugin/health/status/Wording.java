package org.cairndns.plugin.health.status;

import java.util.Locale;

/** Numbers as people read them: three digits that matter, with a unit. */
final class Wording {
    /** What stands for a number that there is none of. */
    static final String NONE = "\u2013";

    private static final double THOUSAND = 1_000;
    private static final double KIBI = 1_024;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final String[] SCALES = {"", "\u00a0k", "\u00a0M", "\u00a0G", "\u00a0T"};
    private static final String[] OCTETS = {"\u00a0B", "\u00a0KiB", "\u00a0MiB", "\u00a0GiB", "\u00a0TiB"};

    private Wording() {}

    /** {@code 0.25}, {@code 42}, {@code 1,240}, {@code 12.4 k}. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        return Math.abs(value) < 10 * THOUSAND ? digits(value) : scaled(value, THOUSAND, SCALES);
    }

    /** The same for what is counted. */
    static String number(long count) {
        return number((double) count);
    }

    /** {@code 512 B}, {@code 1.4 MiB}. */
    static String octets(long octets) {
        return scaled((double) octets, KIBI, OCTETS);
    }

    private static String scaled(double value, double step, String[] units) {
        int scale = 0;
        double rest = value;
        while (Math.abs(rest) >= step && scale < units.length - 1) {
            rest /= step;
            scale++;
        }
        return digits(rest) + units[scale];
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        if (size == Math.rint(size) || size >= 100) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }

    /** {@code 99.4 %}; what is hardly anything is not said to be nothing, nor what is nearly all to be all. */
    static String percent(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        if (value > 0 && value < 0.01) {
            return "<\u00a00.01\u00a0%";
        }
        if (value < 100 && value > 99.9) {
            return ">\u00a099.9\u00a0%";
        }
        return digits(value) + "\u00a0%";
    }

    /** A short time: {@code 0.31 ms}, {@code 1.2 s}. */
    static String time(double seconds) {
        if (!Double.isFinite(seconds)) {
            return NONE;
        }
        double millis = seconds * THOUSAND;
        return millis < THOUSAND ? millis(millis) : digits(seconds) + "\u00a0s";
    }

    private static String millis(double millis) {
        return millis > 0 && millis < 0.1 ? digits(millis * THOUSAND) + "\u00a0\u00b5s" : digits(millis) + "\u00a0ms";
    }

    /** A long time: {@code 0.8 s}, {@code 45 s}, {@code 3 min}, {@code 5 h 12 min}, {@code 3 d 4 h}. */
    static String age(double seconds) {
        if (!Double.isFinite(seconds)) {
            return NONE;
        }
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f\u00a0s", seconds);
        }
        long whole = (long) seconds;
        if (whole < MINUTE) {
            return whole + "\u00a0s";
        }
        if (whole < HOUR) {
            return whole / MINUTE + "\u00a0min";
        }
        return whole < DAY
                ? whole / HOUR + "\u00a0h " + whole % HOUR / MINUTE + "\u00a0min"
                : whole / DAY + "\u00a0d " + whole % DAY / HOUR + "\u00a0h";
    }

    /** {@code 1 thing}, {@code 2 things}. */
    static String count(long count, String one, String many) {
        return number(count) + "\u00a0" + (count == 1 ? one : many);
    }
}
