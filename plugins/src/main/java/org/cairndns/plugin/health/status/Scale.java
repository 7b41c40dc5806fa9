package org.cairndns.plugin.health.status;

import java.util.ArrayList;
import java.util.List;

/**
 * The vertical axis of a plot, with marks at even distances.
 *
 * @param kind how values grow from mark to mark
 * @param first value of the lowest mark
 * @param step between two marks: what is added, or multiplied by
 * @param steps at least 1
 */
record Scale(Kind kind, double first, double step, int steps) {
    /** How values grow from mark to mark. */
    enum Kind {
        /** By as much each time, from zero on. */
        LINEAR,
        /** Tenfold each time: for what may be a thousand times as much now and then. */
        LOGARITHMIC;

        /** The one that has room for all values, and little more. */
        Scale around(List<Double> values) {
            List<Double> positive = values.stream()
                    .filter(value -> value > 0 && Double.isFinite(value))
                    .sorted()
                    .toList();
            if (positive.isEmpty()) {
                return new Scale(LINEAR, 0, 1, 1);
            }
            return switch (this) {
                case LINEAR -> linear(positive.getLast());
                case LOGARITHMIC -> logarithmic(positive.getFirst(), positive.getLast());
            };
        }
    }

    static final int MAX_LINEAR_STEPS = 4;
    private static final double TEN = 10;

    private static Scale linear(double largest) {
        double power = Math.pow(TEN, Math.floor(Math.log10(largest)) - 1);
        while (true) {
            for (double step : new double[] {power, 2 * power, 5 * power}) {
                if (step * MAX_LINEAR_STEPS >= largest) {
                    return new Scale(Kind.LINEAR, 0, step, (int) Math.ceil(largest / step));
                }
            }
            power *= TEN;
        }
    }

    private static Scale logarithmic(double least, double largest) {
        int lowest = (int) Math.floor(Math.log10(least));
        int highest = Math.max(lowest + 1, (int) Math.ceil(Math.log10(largest)));
        return new Scale(Kind.LOGARITHMIC, Math.pow(TEN, lowest), TEN, highest - lowest);
    }

    /** Where a value lies: 0 at the bottom, 1 at the top. */
    double place(double value) {
        return switch (kind) {
            case LINEAR -> value / (step * steps);
            case LOGARITHMIC -> Math.max(0, Math.log10(value / first) / steps);
        };
    }

    /** Values at the marks, the largest first. */
    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        for (int i = steps; i >= 0; i--) {
            marks.add(
                    switch (kind) {
                        case LINEAR -> i * step;
                        case LOGARITHMIC -> first * Math.pow(step, i);
                    });
        }
        return marks;
    }
}
