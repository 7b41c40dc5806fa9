package org.cairndns.perf.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.cairndns.perf.plot.BarChart.Bar;
import org.cairndns.perf.plot.BarChart.Group;
import org.junit.jupiter.api.Test;

class BarChartTest {
    @Test
    void svg_bars_areAsLongAsTheirValues() throws Exception {
        Picture picture = Picture.of(new BarChart(
                        "Speed",
                        "answers/s",
                        List.of(new Group("cluster", List.of(Bar.of("cairn", 300), Bar.of("coredns", 100)))))
                .svg());

        List<Double> lengths = picture.numbers("rect", "width");
        assertThat(lengths.get(0) / lengths.get(1)).isEqualTo(3, within(0.001));
        assertThat(picture.texts()).contains("Speed", "answers/s", "cluster", "cairn", "300", "coredns", "100");
    }

    @Test
    void svg_barWithASpread_hasAWhiskerFromTheSmallestToTheLargest() throws Exception {
        Bar bar = new Bar("cairn", 50, 25, 100);
        Picture picture =
                Picture.of(new BarChart("Speed", "answers/s", List.of(new Group("cluster", List.of(bar)))).svg());

        List<String> styles = picture.attributes("line", "class");
        int whisker = styles.indexOf("whisker");
        double start = picture.numbers("rect", "x").getFirst();
        double length = picture.numbers("rect", "width").getFirst();
        assertThat(picture.numbers("line", "x1").get(whisker) - start).isEqualTo(length / 2, within(0.02));
        assertThat(picture.numbers("line", "x2").get(whisker) - start).isEqualTo(length * 2, within(0.02));
    }

    @Test
    void svg_anyNumberOfBars_endsBelowTheLast() throws Exception {
        List<Bar> bars = List.of(Bar.of("a", 1), Bar.of("b", 2), Bar.of("c", 3));
        Picture picture =
                Picture.of(new BarChart("Speed", "s", List.of(new Group("x", bars), new Group("y", bars))).svg());

        double height = picture.numbers("svg", "height").getFirst();
        assertThat(picture.numbers("rect", "y")).hasSize(6).isSorted().allMatch(y -> y < height - 40);
    }
}
