package org.cairndns.perf.flame;

import java.util.Locale;

/**
 * A tree of calls as an SVG picture: the wider a box, the more samples; callers below, callees above.
 *
 * <p>Each box has a tooltip with its name and share. Boxes too narrow to be seen are left out.
 */
final class FlameGraph {
    private static final int WIDTH = 1200;
    private static final int ROW = 17;
    private static final int MARGIN = 10;
    private static final int HEADER = 34;
    private static final double LEAST_WIDTH = 0.6;
    private static final double CHARACTER_WIDTH = 6.2;

    private final Frame root;
    private final String title;
    private final int height;
    private final StringBuilder svg = new StringBuilder();

    private FlameGraph(Frame root, String title) {
        this.root = root;
        this.title = title;
        this.height = HEADER + root.depth((long) Math.ceil(LEAST_WIDTH / scale(root))) * ROW + MARGIN;
    }

    /** The picture as text of an SVG file. */
    static String svg(Frame root, String title) {
        return new FlameGraph(root, title).draw();
    }

    private static double scale(Frame root) {
        return (WIDTH - 2.0 * MARGIN) / Math.max(1, root.samples());
    }

    private String draw() {
        svg.append(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">
                <rect width="100%%" height="100%%" fill="#fffdf8"/>
                <text x="%d" y="21" font-size="14">%s</text>
                """, WIDTH, height, MARGIN, escaped(title)));
        draw(root, MARGIN, height - MARGIN - ROW);
        return svg.append("</svg>\n").toString();
    }

    private void draw(Frame frame, double x, int y) {
        double width = frame.samples() * scale(root);
        if (width < LEAST_WIDTH) {
            return;
        }
        int shown = (int) ((width - 4) / CHARACTER_WIDTH);
        String name = frame.name();
        String brief = brief(name);
        String label = shown < 3 ? "" : brief.length() <= shown ? brief : brief.substring(0, shown - 1) + "…";
        svg.append(String.format(
                Locale.ROOT,
                "<g><title>%s: %.1f %%, %d samples</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" "
                        + "fill=\"%s\" stroke=\"#fffdf8\" stroke-width=\"0.5\"/><text x=\"%.1f\" y=\"%d\">%s</text></g>%n",
                escaped(name),
                100.0 * frame.samples() / root.samples(),
                frame.samples(),
                x,
                y,
                width,
                ROW - 1,
                colour(name),
                x + 2,
                y + 12,
                escaped(label)));
        double at = x;
        for (Frame callee : frame.callees()) {
            draw(callee, at, y - ROW);
            at += callee.samples() * scale(root);
        }
    }

    /** Class and method without the package. */
    private static String brief(String name) {
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1);
    }

    /** Ours are orange, Netty's are green, what is the JDK's or the kernel's is blue, the rest is grey. */
    private static String colour(String name) {
        if (name.startsWith("org.cairndns.")) {
            return "#f5a34b";
        }
        if (name.startsWith("io.netty.")) {
            return "#9ccf78";
        }
        return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.") ? "#8fbbe6" : "#cccccc";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
