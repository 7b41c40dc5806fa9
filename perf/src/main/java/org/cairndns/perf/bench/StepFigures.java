package org.cairndns.perf.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the steps of a query cost, by benchmark with its parameters.
 *
 * @param references nanoseconds of {@link ReferenceBenchmark} in the same run
 */
record StepFigures(double references, Map<String, Cost> steps) {
    /** More time than this is a regression. */
    private static final double MAX_GROWTH = 1.10;

    /** Less is no difference that can be measured. */
    private static final double LEAST_NANOS = 3;

    /** Half of the smallest object: as good as one more. */
    private static final double LEAST_OCTETS = 8;

    /**
     * Cost of one operation.
     *
     * @param nanos in one thread
     * @param octets allocated
     */
    record Cost(double nanos, double octets) {}

    StepFigures {
        steps = Map.copyOf(steps);
    }

    /** Steps that got worse since a baseline, each with a line that says how. */
    Map<String, String> regressionsSince(StepFigures baseline) {
        Map<String, String> found = new TreeMap<>();
        baseline.steps.forEach((name, before) -> {
            Cost now = steps.get(name);
            if (now != null) {
                List<String> reasons = reasons(before, now, references / baseline.references);
                if (!reasons.isEmpty()) {
                    found.put(name, name + ": " + String.join(", ", reasons));
                }
            }
        });
        return found;
    }

    private static List<String> reasons(Cost before, Cost now, double machine) {
        List<String> reasons = new ArrayList<>();
        double expectedNanos = before.nanos * machine;
        if (now.nanos > expectedNanos * MAX_GROWTH && now.nanos - expectedNanos > LEAST_NANOS) {
            reasons.add("%.1f ns, expected at most %.1f ns".formatted(now.nanos, expectedNanos * MAX_GROWTH));
        }
        if (now.octets - before.octets > LEAST_OCTETS) {
            reasons.add("%.0f octets, expected %.0f".formatted(now.octets, before.octets));
        }
        return reasons;
    }

    /** These figures, and the better of both where the other ones have the same step. */
    StepFigures bestOf(StepFigures again) {
        double machine = references / again.references;
        Map<String, Cost> best = new TreeMap<>(steps);
        again.steps.forEach((name, cost) -> best.merge(
                name,
                new Cost(cost.nanos * machine, cost.octets),
                (one, other) -> new Cost(Math.min(one.nanos, other.nanos), Math.min(one.octets, other.octets))));
        return new StepFigures(references, best);
    }
}
