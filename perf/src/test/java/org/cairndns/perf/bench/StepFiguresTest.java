package org.cairndns.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StepFiguresTest {
    private static final StepFigures BASELINE = figures(50, 100, 48);

    @Test
    void regressions_sameOnAMachineOfHalfTheSpeed_none() {
        assertThat(figures(100, 200, 48).regressionsSince(BASELINE)).isEmpty();
    }

    @Test
    void regressions_moreThanATenthSlower_namedWithBothFigures() {
        assertThat(figures(50, 111, 48).regressionsSince(BASELINE).values())
                .containsExactly("step: 111.0 ns, expected at most 110.0 ns");
        assertThat(figures(50, 109, 48).regressionsSince(BASELINE)).isEmpty();
    }

    @Test
    void regressions_oneMoreObject_namedWithBothFigures() {
        assertThat(figures(50, 100, 64).regressionsSince(BASELINE).values())
                .containsExactly("step: 64 octets, expected 48");
        assertThat(figures(50, 100, 52).regressionsSince(BASELINE)).isEmpty();
    }

    @Test
    void regressions_fewNanosecondsOfAShortStep_areNoise() {
        StepFigures shortStep = figures(50, 4, 0);

        assertThat(figures(50, 6, 0).regressionsSince(shortStep)).isEmpty();
    }

    @Test
    void bestOf_slowRunRepeated_takesTheFasterOne() {
        StepFigures again = figures(100, 204, 48);

        assertThat(figures(50, 150, 48).bestOf(again).regressionsSince(BASELINE))
                .isEmpty();
    }

    private static StepFigures figures(double references, double nanos, double octets) {
        return new StepFigures(references, Map.of("step", new StepFigures.Cost(nanos, octets)));
    }
}
