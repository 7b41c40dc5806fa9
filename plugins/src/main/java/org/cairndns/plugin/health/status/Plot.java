package org.cairndns.plugin.health.status;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A plot of the last 15 minutes: lines in SVG that stretch with the page, the axes beside them in HTML, which does not.
 *
 * @param title what is plotted, in a few words
 * @param kind of its vertical axis
 * @param lines the most important one first; the others are drawn above it
 * @param unit how values are worded
 */
record Plot(String title, Scale.Kind kind, List<Line> lines, DoubleFunction<String> unit) {
    private static final int SECONDS = History.MAX_READINGS * History.INTERVAL_SECONDS;
    private static final int HEIGHT = 100;

    /** A gap as of a process that stood still is not drawn over. */
    private static final double GAP_SECONDS = 4 * History.INTERVAL_SECONDS;

    /**
     * One of its lines.
     *
     * @param style class of the line in the style sheet
     */
    record Line(String name, String style, ToDoubleFunction<Reading> value) {}

    /** Writes it. */
    void write(Status status, Markup out) {
        List<Reading> readings = status.traffic().history();
        Scale scale = kind.around(lines.stream()
                .flatMap(line -> readings.stream().map(line.value()::applyAsDouble))
                .toList());
        out.begin("figure", "class", "card plot");
        out.begin("figcaption").element("h2", title);
        out.begin("p", "class", "legend");
        lines.forEach(line -> out.element("span", line.name(), "class", "key " + line.style()));
        out.end().end();
        out.begin("div", "class", "grid");
        out.begin("div", "class", "scale", "aria-hidden", "true");
        scale.marks().forEach(mark -> out.element("span", unit.apply(mark)));
        out.end();
        drawing(status, scale, out);
        out.begin("div", "class", "times", "aria-hidden", "true");
        List.of("\u221215 min", "\u221210 min", "\u22125 min", "now").forEach(mark -> out.element("span", mark));
        out.end().end();
        out.element("p", latest(readings), "class", "readout");
        out.end();
    }

    private void drawing(Status status, Scale scale, Markup out) {
        List<Reading> readings = status.traffic().history();
        out.begin(
                "svg",
                "viewBox",
                "0 0 " + SECONDS + " " + HEIGHT,
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                description(readings),
                "data-readings",
                readings.stream().map(reading -> reading(status, reading)).collect(Collectors.joining("|")));
        for (int i = 0; i <= scale.steps(); i++) {
            String y = coordinate(HEIGHT * i / (double) scale.steps());
            line(out, "mark", "0", y, String.valueOf(SECONDS), y);
        }
        for (int x = 0; x <= SECONDS; x += SECONDS / 3) {
            line(out, "mark", String.valueOf(x), "0", String.valueOf(x), String.valueOf(HEIGHT));
        }
        Function<Reading, Double> across = reading -> SECONDS - status.moment().secondsSince(reading.atNanos());
        for (Line line : lines) {
            Stroke stroke = stroke(readings, across, line, scale);
            if (kind == Scale.Kind.LINEAR && line.equals(lines.getFirst())) {
                out.begin("path", "class", "area " + line.style(), "d", stroke.area())
                        .end();
            }
            if (isSeen(line, readings)) {
                out.begin("path", "class", "line " + line.style(), "d", stroke.line())
                        .end();
            }
        }
        line(out, "pointer", "-1", "0", "-1", String.valueOf(HEIGHT));
        out.end();
    }

    /** Along the axis it would only be in the way. */
    private static boolean isSeen(Line line, List<Reading> readings) {
        return readings.stream().anyMatch(reading -> line.value().applyAsDouble(reading) > 0);
    }

    private static void line(Markup out, String style, String x1, String y1, String x2, String y2) {
        out.begin("line", "class", style, "x1", x1, "y1", y1, "x2", x2, "y2", y2)
                .end();
    }

    private static Stroke stroke(List<Reading> readings, Function<Reading, Double> across, Line line, Scale scale) {
        Stroke stroke = new Stroke(HEIGHT);
        double before = Double.NaN;
        for (Reading reading : readings) {
            double x = across.apply(reading);
            double value = line.value().applyAsDouble(reading);
            if (x - before > GAP_SECONDS) {
                stroke.lift();
            }
            before = x;
            if (x < 0 || !Double.isFinite(value)) {
                stroke.lift();
            } else {
                stroke.to(x, HEIGHT - HEIGHT * scale.place(value));
            }
        }
        stroke.lift();
        return stroke;
    }

    /** Place, age and values of one reading for the script: {@code 850;50 s ago: 1,240/s}. */
    private String reading(Status status, Reading reading) {
        double age = status.moment().secondsSince(reading.atNanos());
        return coordinate(SECONDS - age) + ";" + Wording.age(age) + " ago: " + values(reading);
    }

    private String values(Reading reading) {
        return lines.stream()
                .map(line -> line.name() + " " + unit.apply(line.value().applyAsDouble(reading)))
                .collect(Collectors.joining(", "));
    }

    private String latest(List<Reading> readings) {
        return readings.isEmpty() ? "The first reading comes in a few seconds." : "Now: " + values(readings.getLast());
    }

    private String description(List<Reading> readings) {
        return title + " in the last 15 minutes. " + latest(readings) + ". The table below has all.";
    }

    static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
