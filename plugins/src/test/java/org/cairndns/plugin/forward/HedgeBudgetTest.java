package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HedgeBudgetTest {
    private static int spendAll(HedgeBudget budget) {
        int spent = 0;
        while (budget.spend()) {
            spent++;
        }
        return spent;
    }

    @Test
    void spend_everyQueryLate_theShareAndTheStock() {
        HedgeBudget budget = new HedgeBudget(5);
        int spent = 0;
        for (int i = 0; i < 10_000; i++) {
            budget.earn();
            spent += budget.spend() ? 1 : 0;
        }

        assertThat(spent).isBetween(500, 550);
    }

    @Test
    void earn_nothingSpent_stockIsLimited() {
        HedgeBudget budget = new HedgeBudget(5);
        for (int i = 0; i < 100_000; i++) {
            budget.earn();
        }

        assertThat(spendAll(budget)).isEqualTo(50);
    }

    @Test
    void isUsedUp_stockIsSpent_untilMoreIsEarned() {
        HedgeBudget budget = new HedgeBudget(50);
        assertThat(budget.isUsedUp()).isFalse();
        spendAll(budget);

        assertThat(budget.isUsedUp()).isTrue();
        budget.earn();
        budget.earn();
        assertThat(budget.isUsedUp()).isFalse();
    }

    @Test
    void spend_off_never() {
        HedgeBudget budget = new HedgeBudget(0);
        budget.earn();

        assertThat(budget.has()).isFalse();
        assertThat(budget.spend()).isFalse();
        assertThat(budget.isUsedUp()).as("there is none to use up").isFalse();
    }
}
