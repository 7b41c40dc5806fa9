package org.cairndns.plugin.health.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.cairndns.plugin.health.status.Scale.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
    @Test
    void linear_marksAreRoundAndReachAboveTheLargest() {
        assertThat(linear(87).marks()).isEqualTo(List.of(100.0, 50.0, 0.0));
        assertThat(linear(316).marks()).isEqualTo(List.of(400.0, 300.0, 200.0, 100.0, 0.0));
        assertThat(linear(4).marks()).isEqualTo(List.of(4.0, 3.0, 2.0, 1.0, 0.0));
        assertThat(linear(87).place(50)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.0031, 0.9, 1, 1.0001, 19, 99, 1_000, 12_345, 9.99e11})
    void linear_topIsAboveTheLargestAndNotFar(double largest) {
        Scale scale = linear(largest);

        assertThat(scale.marks().getFirst()).isGreaterThanOrEqualTo(largest).isLessThan(2 * largest + 1e-12);
        assertThat(scale.steps()).isBetween(1, Scale.MAX_LINEAR_STEPS);
        assertThat(scale.place(largest)).isBetween(0.5, 1.0);
    }

    @Test
    void logarithmic_marksArePowersOfTenAroundAllValues() {
        Scale scale = Kind.LOGARITHMIC.around(List.of(0.00031, Double.NaN, 2.9, 0.0));

        assertThat(scale.marks()).hasSize(6);
        assertThat(scale.marks().getFirst()).isCloseTo(10, within(1e-9));
        assertThat(scale.marks().getLast()).isCloseTo(0.0001, within(1e-9));
        assertThat(scale.place(0.01)).isCloseTo(0.4, within(1e-9));
        assertThat(scale.place(0)).isZero();
    }

    @Test
    void logarithmic_oneValue_hasTwoMarks() {
        assertThat(Kind.LOGARITHMIC.around(List.of(1.0)).marks()).isEqualTo(List.of(10.0, 1.0));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nothing_hasAScaleAllTheSame(Kind kind) {
        for (List<Double> values : List.of(
                List.<Double>of(), List.of(0.0), List.of(-1.0), List.of(Double.NaN, Double.POSITIVE_INFINITY))) {
            assertThat(kind.around(values).marks()).isEqualTo(List.of(1.0, 0.0));
        }
    }

    private static Scale linear(double largest) {
        return Kind.LINEAR.around(List.of(largest / 3, largest));
    }
}
