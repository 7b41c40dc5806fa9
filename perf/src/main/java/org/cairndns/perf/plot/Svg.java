package org.cairndns.perf.plot;

import java.util.Locale;

/**
 * A picture in the making: elements of SVG with coordinates in pixels, to two decimals.
 *
 * <p>There is no background, and text and lines are of a middle grey, so that a picture can be read on a light page and
 * on a dark one. Text stays text. One thread.
 */
final class Svg {
    private final StringBuilder text = new StringBuilder();

    /** Where a text has its place: at its start, its middle or its end. */
    enum Anchor {
        START,
        MIDDLE,
        END;

        private String attribute() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Svg(int width, int height, String title) {
        text.append(String.format(Locale.ROOT, """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
            <title>%3$s</title>
            <style>
            text { font: 12px system-ui, "DejaVu Sans", sans-serif; fill: #7a7f87 }
            .title { font-size: 15px; font-weight: 600 }
            .strong { font-weight: 600 }
            .grid { stroke: #7a7f87; stroke-opacity: 0.25 }
            .axis { stroke: #7a7f87; stroke-opacity: 0.8 }
            .whisker { stroke: #7a7f87; stroke-width: 1.5 }
            .line { fill: none; stroke-width: 2; stroke-linejoin: round }
            </style>
            """, width, height, escaped(title)));
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        text.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\" class=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                style));
    }

    void box(double x, double y, double width, double height, String colour) {
        text.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" rx=\"2\" fill=\"%s\"/>%n",
                x,
                y,
                width,
                height,
                colour));
    }

    void dot(double x, double y, String colour) {
        text.append(
                String.format(Locale.ROOT, "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"3.5\" fill=\"%s\"/>%n", x, y, colour));
    }

    /**
     * Draws a line through points.
     *
     * @param points such as {@code 0,10 5,12}
     */
    void path(String points, String colour) {
        text.append(
                String.format(Locale.ROOT, "<polyline points=\"%s\" class=\"line\" stroke=\"%s\"/>%n", points, colour));
    }

    /**
     * Writes a text.
     *
     * @param style {@code title}, {@code strong} or nothing
     */
    void text(double x, double y, Anchor anchor, String style, String words) {
        text.append(String.format(
                Locale.ROOT,
                "<text x=\"%.2f\" y=\"%.2f\" text-anchor=\"%s\"%s>%s</text>%n",
                x,
                y,
                anchor.attribute(),
                style.isEmpty() ? "" : " class=\"" + style + "\"",
                escaped(words)));
    }

    /** Writes a text upwards around its middle. */
    void textUpwards(double x, double y, String words) {
        text.append(String.format(
                Locale.ROOT,
                "<text transform=\"translate(%.2f %.2f) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                x,
                y,
                escaped(words)));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The whole picture; nothing may be drawn after that. */
    String end() {
        return text.append("</svg>\n").toString();
    }
}
