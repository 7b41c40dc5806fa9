package org.cairndns.perf.plot;

import java.util.List;

/**
 * Groups of bars that lie one below the other, each named and with its figure, so no legend is needed.
 *
 * @param unit what the bars measure, such as {@code answers per CPU second}
 */
public record BarChart(String title, String unit, List<Group> groups) {
    private static final int WIDTH = 760;
    private static final int LEFT = 136;
    private static final int RIGHT = WIDTH - 84;
    private static final int TOP = 44;
    private static final int GROUP_HEAD = 26;
    private static final int BAR = 13;
    private static final int ROW = 18;
    private static final int FOOT = 52;

    public BarChart {
        groups = List.copyOf(groups);
    }

    /** Bars that are compared with each other. */
    public record Group(String name, List<Bar> bars) {
        public Group {
            bars = List.copyOf(bars);
        }
    }

    /**
     * One bar.
     *
     * @param low the start of its whisker, {@code value} without one
     * @param high the end of its whisker, {@code value} without one
     */
    public record Bar(String name, double value, double low, double high) {
        /** A bar without a whisker. */
        public static Bar of(String name, double value) {
            return new Bar(name, value, value, value);
        }
    }

    /** The plot as an SVG document. */
    public String svg() {
        int bars = groups.stream().mapToInt(group -> group.bars().size()).sum();
        int bottom = TOP + groups.size() * GROUP_HEAD + bars * ROW;
        Svg svg = new Svg(WIDTH, bottom + FOOT, title);
        svg.text(12, 24, Svg.Anchor.START, "title", title);
        Axis axis = axis();
        for (Axis.Tick tick : axis.ticks()) {
            double at = xOf(axis, tick.value());
            svg.line(at, TOP, at, bottom, "grid");
            svg.text(at, bottom + 18, Svg.Anchor.MIDDLE, "", tick.label());
        }
        svg.text((LEFT + RIGHT) / 2.0, bottom + 40, Svg.Anchor.MIDDLE, "", unit);
        int top = TOP;
        for (Group group : groups) {
            top = draw(svg, axis, group, top);
        }
        svg.line(LEFT, TOP, LEFT, bottom, "axis");
        return svg.end();
    }

    private Axis axis() {
        double largest = groups.stream()
                .flatMap(group -> group.bars().stream())
                .mapToDouble(Bar::high)
                .max()
                .orElse(1);
        return Axis.linear(unit, largest);
    }

    private static int draw(Svg svg, Axis axis, Group group, int top) {
        svg.text(12, top + 17.0, Svg.Anchor.START, "strong", group.name());
        int at = top + GROUP_HEAD;
        for (int i = 0; i < group.bars().size(); i++) {
            Bar bar = group.bars().get(i);
            double end = xOf(axis, bar.value());
            svg.text(LEFT - 8, at + BAR - 2, Svg.Anchor.END, "", bar.name());
            svg.box(LEFT, at, end - LEFT, BAR, Palette.colour(bar.name(), i));
            double middle = at + BAR / 2.0;
            if (bar.high() > bar.low()) {
                svg.line(xOf(axis, bar.low()), middle, xOf(axis, bar.high()), middle, "whisker");
                for (double value : new double[] {bar.low(), bar.high()}) {
                    double x = xOf(axis, value);
                    svg.line(x, middle - 4, x, middle + 4, "whisker");
                }
            }
            double behind = Math.max(end, xOf(axis, bar.high())) + 8;
            svg.text(behind, at + BAR - 2, Svg.Anchor.START, "", Axis.number(rounded(bar.value())));
            at += ROW;
        }
        return at;
    }

    /** A figure of three digits or more without those that say nothing. */
    private static double rounded(double value) {
        return value >= 100 ? Math.rint(value) : Math.rint(value * 100) / 100;
    }

    private static double xOf(Axis axis, double value) {
        return LEFT + axis.part(value) * (RIGHT - LEFT);
    }
}
