package org.cairndns.plugin.health.status;

import java.util.ArrayList;
import java.util.List;

/**
 * The vertical axis of a plot: from 0 to a round number, in even steps.
 *
 * @param step between two marks; 1, 2 or 5 times a power of ten
 * @param steps 1 to {@link #MAX_STEPS}
 */
record Scale(double step, int steps) {
    static final int MAX_STEPS = 4;

    /** The one that has room for a value and the least above it. */
    static Scale of(double largest) {
        if (!(largest > 0) || !Double.isFinite(largest)) {
            return new Scale(1, 1);
        }
        double power = Math.pow(10, Math.floor(Math.log10(largest)) - 1);
        while (true) {
            for (double step : new double[] {power, 2 * power, 5 * power}) {
                if (step * MAX_STEPS >= largest) {
                    return new Scale(step, (int) Math.ceil(largest / step));
                }
            }
            power *= 10;
        }
    }

    double top() {
        return step * steps;
    }

    /** Values at the marks, the largest first. */
    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        for (int i = steps; i >= 0; i--) {
            marks.add(i * step);
        }
        return marks;
    }
}
