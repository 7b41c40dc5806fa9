package org.cairndns.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {
    @Test
    void take_answerOfAQuery_hasItsTimesOnce() {
        InFlight inFlight = new InFlight(2, 4);
        int id = inFlight.nextId(1);
        inFlight.add(1, 100, 110);

        assertThat(inFlight.take(0, id)).as("another socket").isNegative();
        int slot = inFlight.take(1, id);
        assertThat(inFlight.dueNanos(slot)).isEqualTo(100);
        assertThat(inFlight.sentNanos(slot)).isEqualTo(110);
        assertThat(inFlight.take(1, id)).as("the same answer again").isNegative();
        assertThat(inFlight.waiting()).isZero();
    }

    @Test
    void take_answerWhoseSlotHasTheNextTurn_isUnknown() {
        InFlight inFlight = new InFlight(1, 4);
        for (int i = 0; i < 5; i++) {
            inFlight.add(0, i, i);
        }

        assertThat(inFlight.take(0, 0)).isNegative();
        assertThat(inFlight.dueNanos(inFlight.take(0, 4))).isEqualTo(4);
        assertThat(inFlight.waiting()).isEqualTo(3);
    }

    @Test
    void nextId_afterTheLast_beginsAgain() {
        InFlight inFlight = new InFlight(1, 4);
        for (int i = 0; i < 65_536; i++) {
            inFlight.add(0, i, i);
        }

        assertThat(inFlight.nextId(0)).isZero();
        assertThat(inFlight.dueNanos(inFlight.take(0, 65_535))).isEqualTo(65_535);
    }
}
