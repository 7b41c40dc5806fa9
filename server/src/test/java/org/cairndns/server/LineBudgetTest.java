package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
    private final AtomicLong nowNanos = new AtomicLong(-5);
    private final LineBudget budget = new LineBudget(nowNanos::get);

    private int admitted(String part, int lines) {
        int count = 0;
        for (int i = 0; i < lines; i++) {
            count += budget.take(part) < 0 ? 0 : 1;
        }
        return count;
    }

    @Test
    void take_flood_isBoundedAndSaysHowManyWereLeftOut() {
        assertThat(admitted("plugin/errors", 10_000)).isEqualTo(LineBudget.BURST);

        nowNanos.addAndGet(1_000_000_000L);

        assertThat(budget.take("plugin/errors")).isEqualTo(10_000 - LineBudget.BURST);
        assertThat(admitted("plugin/errors", 10_000)).isEqualTo(LineBudget.PER_SECOND - 1);
    }

    @Test
    void take_otherParts_haveTheirOwn() {
        admitted("plugin/errors", 10_000);

        assertThat(budget.take("plugin/forward")).isZero();
    }

    @Test
    void take_moreThanThereIs_aPauseFillsIt() {
        admitted("plugin/errors", LineBudget.BURST);
        nowNanos.addAndGet(60_000_000_000L);

        assertThat(admitted("plugin/errors", 10_000)).isEqualTo(LineBudget.BURST);
    }

    @Test
    void take_namesWithoutEnd_shareOne() {
        for (int i = 0; i < 1_000; i++) {
            budget.take("part " + i);
        }

        assertThat(admitted("another", 10_000)).isLessThanOrEqualTo(LineBudget.BURST);
    }
}
