package org.cairndns.perf.flame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlameGraphTest {
    @Test
    void svg_twoCallees_widthsByTheirSamples() {
        Frame root = Frame.root("all");
        for (int i = 0; i < 3; i++) {
            root.add(List.of("main", "org.cairndns.Often"));
        }
        root.add(List.of("main", "io.netty.Seldom"));

        String svg = FlameGraph.svg(root, "title <1>");

        assertThat(svg)
                .contains("title &lt;1&gt;")
                .contains("<title>org.cairndns.Often: 75.0 %, 3 samples</title>", "width=\"885.0\"")
                .contains("<title>io.netty.Seldom: 25.0 %, 1 samples</title>", "width=\"295.0\"");
    }

    @Test
    void svg_boxesTooNarrowToSee_leftOut() {
        Frame root = Frame.root("all");
        for (int i = 0; i < 10_000; i++) {
            root.add(List.of("main"));
        }
        root.add(List.of("main", "rare"));

        assertThat(FlameGraph.svg(root, "")).contains("main: 100.0 %").doesNotContain("rare");
    }
}
