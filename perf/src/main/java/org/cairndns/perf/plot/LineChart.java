package org.cairndns.perf.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Lines over a common axis, with a legend.
 *
 * @param marked true if each point has a dot, for few points
 */
public record LineChart(String title, Axis x, Axis y, List<Series> series, boolean marked) {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 380;
    private static final int LEFT = 72;
    private static final int RIGHT = WIDTH - 24;
    private static final int TOP = 68;
    private static final int BOTTOM = HEIGHT - 56;
    private static final int LETTER = 7;
    private static final int LEGEND_GAP = 36;

    public LineChart {
        series = List.copyOf(series);
    }

    /** The plot as an SVG document. */
    public String svg() {
        Svg svg = new Svg(WIDTH, HEIGHT, title);
        svg.text(LEFT, 24, Svg.Anchor.START, "title", title);
        legend(svg);
        axes(svg);
        for (int i = 0; i < series.size(); i++) {
            draw(svg, series.get(i), Palette.colour(series.get(i).name(), i));
        }
        return svg.end();
    }

    private void legend(Svg svg) {
        double at = LEFT;
        for (int i = 0; i < series.size(); i++) {
            String name = series.get(i).name();
            svg.box(at, 41, 18, 4, Palette.colour(name, i));
            svg.text(at + 24, 47, Svg.Anchor.START, "", name);
            at += LEGEND_GAP + 12 + LETTER * name.length();
        }
    }

    private void axes(Svg svg) {
        for (Axis.Tick tick : y.ticks()) {
            double at = yOf(tick.value());
            svg.line(LEFT, at, RIGHT, at, "grid");
            svg.text(LEFT - 8, at + 4, Svg.Anchor.END, "", tick.label());
        }
        for (Axis.Tick tick : x.ticks()) {
            double at = xOf(tick.value());
            svg.line(at, BOTTOM, at, BOTTOM + 5, "axis");
            svg.text(at, BOTTOM + 19, Svg.Anchor.MIDDLE, "", tick.label());
        }
        svg.line(LEFT, BOTTOM, RIGHT, BOTTOM, "axis");
        svg.text((LEFT + RIGHT) / 2.0, HEIGHT - 14, Svg.Anchor.MIDDLE, "", x.label());
        svg.textUpwards(16, (TOP + BOTTOM) / 2.0, y.label());
    }

    private void draw(Svg svg, Series line, String colour) {
        svg.path(
                line.points().stream()
                        .map(point -> String.format(Locale.ROOT, "%.2f,%.2f", xOf(point.x()), yOf(point.y())))
                        .collect(Collectors.joining(" ")),
                colour);
        if (marked) {
            line.points().forEach(point -> svg.dot(xOf(point.x()), yOf(point.y()), colour));
        }
    }

    private double xOf(double value) {
        return LEFT + x.part(value) * (RIGHT - LEFT);
    }

    private double yOf(double value) {
        return BOTTOM - y.part(value) * (BOTTOM - TOP);
    }
}
