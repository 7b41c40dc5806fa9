package org.cairndns.perf.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopsReportTest {
    private static final List<LoopRound> ROUNDS = List.of(
            new LoopRound(1, 1, 100_000, 1, 100_000, List.of(1.0)),
            new LoopRound(2, 1, 180_000, 2, 150_000, List.of(1.1, 0.88)));

    @Test
    void markdown_loopsWithProcessorsOfTheirOwn_hasBothRatios() {
        assertThat(new LoopsReport(Map.of(), true, ROUNDS).markdown())
                .contains(
                        "| 1 | 100,000 | 100,000 | 1.00 |",
                        "| 2 | 90,000 | 150,000 | 0.80 |",
                        "1.80 times by processor time, 1.50 times by the wall clock");
    }

    @Test
    void markdown_loadOnAProcessorOfTheServer_saysThatTheClockIsNoMeasure() {
        assertThat(new LoopsReport(Map.of(), false, ROUNDS).markdown())
                .contains("the wall clock (1.50 times) is no measure");
    }
}
