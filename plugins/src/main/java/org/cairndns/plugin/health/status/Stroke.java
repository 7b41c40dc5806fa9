package org.cairndns.plugin.health.status;

/** A line of a plot in the making, with the area below it, as path data of SVG. Not thread-safe. */
final class Stroke {
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder area = new StringBuilder();
    private final int base;
    private double lastX = Double.NaN;

    /**
     * Nothing drawn yet.
     *
     * @param base where areas end at the bottom
     */
    Stroke(int base) {
        this.base = base;
    }

    /** Draws to a point, or begins there. */
    void to(double x, double y) {
        boolean begins = Double.isNaN(lastX);
        String point = Plot.coordinate(x) + " " + Plot.coordinate(y);
        line.append(begins ? 'M' : 'L').append(point);
        // Without a length a line that has one point would not be seen.
        line.append(begins ? "h0" : "");
        if (begins) {
            area.append('M').append(Plot.coordinate(x)).append(' ').append(base);
        }
        area.append('L').append(point);
        lastX = x;
    }

    /** Ends the line, so that the next point begins another one. */
    void lift() {
        if (!Double.isNaN(lastX)) {
            area.append('L')
                    .append(Plot.coordinate(lastX))
                    .append(' ')
                    .append(base)
                    .append('Z');
            lastX = Double.NaN;
        }
    }

    String line() {
        return line.toString();
    }

    String area() {
        return area.toString();
    }
}
