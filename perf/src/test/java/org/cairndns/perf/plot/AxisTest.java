package org.cairndns.perf.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void linear_aLargestValue_endsAtARoundNumberNotBelowIt() {
        Axis axis = Axis.linear("answers", 184_241);

        assertThat(labels(axis)).containsExactly("0", "50,000", "100,000", "150,000", "200,000");
        assertThat(axis.part(100_000)).isEqualTo(0.5);
    }

    @Test
    void linear_smallValues_haveTicksWithDigits() {
        assertThat(labels(Axis.linear("s", 0.9))).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
    }

    @Test
    void linear_nothing_isStillAnAxis() {
        Axis axis = Axis.linear("s", 0);

        assertThat(axis.part(0)).isZero();
        assertThat(axis.max()).isPositive();
    }

    @Test
    void logarithmic_values_haveWholePowersOfTenAround() {
        Axis axis = Axis.logarithmic("ms", 0.03, 12);

        assertThat(labels(axis)).containsExactly("0.01", "0.1", "1", "10", "100");
        assertThat(axis.part(1)).isEqualTo(0.5, within(1e-9));
        assertThat(axis.part(0)).as("below the start").isZero();
    }

    @Test
    void logarithmic_oneValueOnATick_hasOnePower() {
        assertThat(labels(Axis.logarithmic("ms", 10, 10))).containsExactly("10", "100");
    }

    @Test
    void names_someNames_haveEqualPartsOfTheAxis() {
        Axis axis = Axis.names("percentile", List.of("p50", "p99"));

        assertThat(axis.part(0)).isEqualTo(0.25);
        assertThat(axis.part(1)).isEqualTo(0.75);
    }

    private static List<String> labels(Axis axis) {
        return axis.ticks().stream().map(Axis.Tick::label).toList();
    }
}
