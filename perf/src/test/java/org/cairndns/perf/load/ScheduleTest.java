package org.cairndns.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void even_aRate_hasTheSameDistanceToTheEnd() {
        List<Long> due = due(new Pace(Arrivals.EVEN, 4, 2, 1));

        assertThat(due)
                .containsExactly(
                        0L,
                        250_000_000L,
                        500_000_000L,
                        750_000_000L,
                        1_000_000_000L,
                        1_250_000_000L,
                        1_500_000_000L,
                        1_750_000_000L);
    }

    @Test
    void even_aRateThatDoesNotDivideASecond_losesNoQueryOverTime() {
        assertThat(due(new Pace(Arrivals.EVEN, 30_001, 10, 1))).hasSizeBetween(300_010, 300_011);
    }

    @Test
    void poisson_aRate_hasThatRateAndGapsOfAllSizes() {
        List<Long> due = due(new Pace(Arrivals.POISSON, 10_000, 10, 42));

        assertThat((double) due.size()).isEqualTo(100_000, within(1500.0));
        // The exponential law: a tenth of the gaps is longer than ln 10 times the mean.
        long meanNanos = 100_000;
        long longGaps = 0;
        for (int i = 1; i < due.size(); i++) {
            longGaps += due.get(i) - due.get(i - 1) > meanNanos * Math.log(10) ? 1 : 0;
        }
        assertThat(longGaps / (double) due.size()).isEqualTo(0.1, within(0.01));
    }

    @Test
    void poisson_sameSeed_hasTheSameInstants() {
        assertThat(due(new Pace(Arrivals.POISSON, 100, 1, 7))).isEqualTo(due(new Pace(Arrivals.POISSON, 100, 1, 7)));
        assertThat(due(new Pace(Arrivals.POISSON, 100, 1, 7))).isNotEqualTo(due(new Pace(Arrivals.POISSON, 100, 1, 8)));
    }

    @Test
    void pace_outOfRange_saysTheRange() {
        assertThatThrownBy(() -> new Pace(Arrivals.EVEN, 0, 1, 1)).hasMessageContaining("1..1000000, not 0");
        assertThatThrownBy(() -> new Pace(Arrivals.EVEN, 1, 0, 1)).hasMessageContaining("1..86400, not 0");
    }

    private static List<Long> due(Pace pace) {
        Schedule schedule = pace.schedule();
        List<Long> due = new ArrayList<>();
        while (!schedule.isOver()) {
            due.add(schedule.dueNanos());
            schedule.take();
        }
        return due;
    }
}
