package org.cairndns.plugin.health.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
    @Test
    void marks_areRoundAndReachAboveTheLargest() {
        assertThat(Scale.of(87).marks()).isEqualTo(List.of(100.0, 50.0, 0.0));
        assertThat(Scale.of(316).marks()).isEqualTo(List.of(400.0, 300.0, 200.0, 100.0, 0.0));
        assertThat(Scale.of(4).marks()).isEqualTo(List.of(4.0, 3.0, 2.0, 1.0, 0.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.0031, 0.9, 1, 1.0001, 19, 99, 1_000, 12_345, 9.99e11})
    void top_isAboveTheLargestAndNotFar(double largest) {
        Scale scale = Scale.of(largest);

        assertThat(scale.top()).isGreaterThanOrEqualTo(largest).isLessThan(2 * largest + 1e-12);
        assertThat(scale.steps()).isBetween(1, Scale.MAX_STEPS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void nothing_hasAScaleAllTheSame(double largest) {
        assertThat(Scale.of(largest)).isEqualTo(new Scale(1, 1));
    }
}
