package org.cairndns.perf.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a plot: what it measures, and which value lies where.
 *
 * @param label what and in which unit, such as {@code latency in ms}
 * @param logarithmic true if equal ratios have equal distances; then all values are positive
 * @param ticks values with a line and a number, in order
 */
public record Axis(String label, boolean logarithmic, double min, double max, List<Tick> ticks) {
    private static final int WANTED_TICKS = 6;

    public Axis {
        ticks = List.copyOf(ticks);
    }

    /** A marked value. */
    public record Tick(double value, String label) {}

    /** An axis from 0 to a round number that is not below the largest value. */
    public static Axis linear(String label, double largest) {
        double step = roundStep(Math.max(largest, 1e-9) / WANTED_TICKS);
        int steps = Math.max(1, (int) Math.ceil(largest / step - 1e-9));
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            ticks.add(new Tick(i * step, number(i * step)));
        }
        return new Axis(label, false, 0, steps * step, ticks);
    }

    /** An axis of whole powers of ten around all values, which are positive; smaller ones lie at its start. */
    public static Axis logarithmic(String label, double smallest, double largest) {
        int first = (int) Math.floor(Math.log10(smallest) + 1e-9);
        int last = Math.max(first + 1, (int) Math.ceil(Math.log10(largest) - 1e-9));
        List<Tick> ticks = new ArrayList<>();
        for (int power = first; power <= last; power++) {
            ticks.add(new Tick(Math.pow(10, power), number(Math.pow(10, power))));
        }
        return new Axis(label, true, Math.pow(10, first), Math.pow(10, last), ticks);
    }

    /** An axis of names at the values 0, 1, 2, with half a step of room on both sides. */
    public static Axis names(String label, List<String> names) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ticks.add(new Tick(i, names.get(i)));
        }
        return new Axis(label, false, -0.5, names.size() - 0.5, ticks);
    }

    private static double roundStep(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= atLeast * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** A number with as many digits as it needs, thousands apart. */
    static String number(double value) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, "%.4f", value).replaceFirst("0+$", "");
    }

    /** Where a value lies, 0 at the start of the axis and 1 at its end; values beyond lie at the end they are nearer to. */
    double part(double value) {
        double at =
                logarithmic ? Math.log(Math.max(value, min) / min) / Math.log(max / min) : (value - min) / (max - min);
        return Math.clamp(at, 0, 1);
    }
}
