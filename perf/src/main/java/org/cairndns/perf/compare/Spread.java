package org.cairndns.perf.compare;

import java.util.Collection;
import java.util.List;

/** Median of some figures with the smallest and the largest of them. */
public record Spread(double median, double min, double max) {
    /** The spread of at least one figure. */
    public static Spread of(Collection<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }
}
