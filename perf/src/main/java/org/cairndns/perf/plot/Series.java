package org.cairndns.perf.plot;

import java.util.List;

/** A named line of points in the order of their x. */
public record Series(String name, List<Point> points) {
    public Series {
        points = List.copyOf(points);
    }

    /** A point in the units of the two axes. */
    public record Point(double x, double y) {}
}
