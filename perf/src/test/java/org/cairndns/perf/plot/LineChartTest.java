package org.cairndns.perf.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cairndns.perf.plot.Series.Point;
import org.junit.jupiter.api.Test;

class LineChartTest {
    private static final Series CAIRN = new Series("cairn", List.of(new Point(0, 1), new Point(1, 10)));
    private static final Series COREDNS = new Series("coredns", List.of(new Point(0, 10), new Point(1, 100)));

    @Test
    void svg_seriesOnALogarithmicAxis_haveEqualDistancesForEqualRatios() throws Exception {
        Picture picture = Picture.of(new LineChart(
                        "Latency",
                        Axis.names("percentile", List.of("p50", "p99")),
                        Axis.logarithmic("latency in ms", 1, 100),
                        List.of(CAIRN, COREDNS),
                        true)
                .svg());

        assertThat(picture.attributes("polyline", "points"))
                .containsExactly("238.00,324.00 570.00,196.00", "238.00,196.00 570.00,68.00");
        assertThat(picture.numbers("circle", "cy")).hasSize(4);
        assertThat(picture.texts())
                .contains("Latency", "percentile", "latency in ms", "p50", "p99", "cairn", "coredns", "1", "10", "100");
    }

    @Test
    void svg_lineOfAServer_hasTheSameColourInEveryPlot() throws Exception {
        assertThat(stroke(List.of(COREDNS))).isEqualTo(stroke(List.of(CAIRN, COREDNS)));
        assertThat(stroke(List.of(CAIRN))).isNotEqualTo(stroke(List.of(COREDNS)));
    }

    @Test
    void svg_namesWithMarkup_stayText() throws Exception {
        Series series = new Series("a<b> & \"c\"", CAIRN.points());
        Picture picture =
                Picture.of(new LineChart("t", Axis.linear("x", 1), Axis.linear("y", 10), List.of(series), false).svg());

        assertThat(picture.texts()).contains("a<b> & \"c\"");
    }

    private static String stroke(List<Series> series) throws Exception {
        Picture picture =
                Picture.of(new LineChart("t", Axis.linear("x", 1), Axis.linear("y", 100), series, false).svg());
        return picture.attributes("polyline", "stroke").getLast();
    }
}
