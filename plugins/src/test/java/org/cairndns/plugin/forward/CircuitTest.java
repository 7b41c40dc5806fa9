package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CircuitTest {
    private final Circuit circuit = new Circuit(2);

    private void suspect() {
        for (int i = 0; i < 3; i++) {
            circuit.missed();
        }
        assertThat(circuit.state()).isEqualTo(Circuit.State.SUSPECT);
    }

    private void open() {
        suspect();
        circuit.checkFailed();
        circuit.queryFailed();
        assertThat(circuit.queryFailed()).isTrue();
        assertThat(circuit.state()).isEqualTo(Circuit.State.OPEN);
    }

    @Test
    void missed_threeInARow_isSuspect() {
        assertThat(circuit.missed()).isFalse();
        assertThat(circuit.missed()).isFalse();
        assertThat(circuit.isClosed()).isTrue();

        assertThat(circuit.missed()).isTrue();

        assertThat(circuit.state()).isEqualTo(Circuit.State.SUSPECT);
        assertThat(circuit.missed()).isFalse();
    }

    @Test
    void missed_anAnswerBetween_staysClosed() {
        circuit.missed();
        circuit.missed();
        circuit.answered();

        assertThat(circuit.missed()).isFalse();
        assertThat(circuit.isClosed()).isTrue();
    }

    @Test
    void queryFailed_noCheckFailed_staysClosed() {
        for (int i = 0; i < 10; i++) {
            assertThat(circuit.queryFailed()).isFalse();
        }

        assertThat(circuit.isClosed()).isTrue();
    }

    @Test
    void checkFailed_moreThanAllowed_opensOnce() {
        assertThat(circuit.checkFailed()).isFalse();
        assertThat(circuit.checkFailed()).isFalse();
        assertThat(circuit.checkFailed()).isTrue();
        assertThat(circuit.checkFailed()).isFalse();

        assertThat(circuit.state()).isEqualTo(Circuit.State.OPEN);
    }

    @Test
    void checkWorked_wasOpen_oneQueryIsTried() {
        open();

        assertThat(circuit.checkWorked()).isTrue();

        assertThat(circuit.state()).isEqualTo(Circuit.State.HALF_OPEN);
        assertThat(circuit.takeTrial()).isTrue();
        assertThat(circuit.takeTrial()).isFalse();
    }

    @Test
    void answered_halfOpen_isClosed() {
        open();
        circuit.checkWorked();

        assertThat(circuit.answered()).isFalse();

        assertThat(circuit.isClosed()).isTrue();
        assertThat(circuit.isDoubtful()).isFalse();
    }

    @Test
    void answered_wasOpen_saysSo() {
        open();

        assertThat(circuit.answered()).isTrue();
        assertThat(circuit.isClosed()).isTrue();
    }

    @Test
    void missed_halfOpen_isSuspectAtOnce() {
        suspect();
        circuit.checkWorked();

        assertThat(circuit.missed()).isTrue();
        assertThat(circuit.state()).isEqualTo(Circuit.State.SUSPECT);
    }

    @Test
    void anything_checksOff_staysClosed() {
        Circuit unchecked = new Circuit(0);
        for (int i = 0; i < 10; i++) {
            unchecked.missed();
            unchecked.queryFailed();
        }

        assertThat(unchecked.isClosed()).isTrue();
        assertThat(unchecked.isDoubtful()).isFalse();
    }

    @Test
    void holdOut_answersMeanwhile_lastsUntilTakenBack() {
        circuit.holdOut("leads back");
        circuit.answered();
        suspect(circuit);
        assertThat(circuit.state()).isEqualTo(Circuit.State.HELD_OUT);
        assertThat(circuit.heldOut()).isEqualTo("leads back");

        circuit.takeBack();

        assertThat(circuit.state()).isEqualTo(Circuit.State.SUSPECT);
        assertThat(circuit.heldOut()).isEmpty();
    }

    private static void suspect(Circuit circuit) {
        for (int i = 0; i < 3; i++) {
            circuit.missed();
        }
    }
}
