package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeldOctetsTest {
    private static final int ROOM = 1_000;

    private final HeldOctets held = new HeldOctets(ROOM);
    private final List<Connection> ended = new ArrayList<>();

    /** What the test says it holds. */
    private final class Connection implements HeldOctets.Holder {
        private long octets;

        private Connection holds(long now) {
            octets = now;
            held.note(this, now);
            return this;
        }

        /** Its client takes octets, which nobody is told. */
        private void sends(long sent) {
            octets -= sent;
        }

        @Override
        public long heldOctets() {
            return octets;
        }

        @Override
        public void endForRoom() {
            ended.add(this);
        }
    }

    private List<Connection> holding(int count, long octets) {
        return Stream.generate(() -> new Connection().holds(octets))
                .limit(count)
                .toList();
    }

    @Test
    void connections_beyondTheRoom_thoseEndThatHaveHeldLongest() {
        List<Connection> all = holding(10, 100);
        assertThat(ended).isEmpty();

        Connection last = new Connection().holds(100);

        assertThat(ended).containsExactlyElementsOf(all.subList(0, 4)).doesNotContain(last);
        assertThat(held.sum()).isEqualTo(700);
    }

    @Test
    void connections_thatHoldLittle_areSpared() {
        List<Connection> small = holding(100, 2);
        Connection large = new Connection().holds(700);
        new Connection().holds(150);

        assertThat(ended).containsExactly(large).doesNotContainAnyElementsOf(small);
    }

    @Test
    void connections_whoseClientsTakeWhatWaits_areCountedAgainBeforeAnyEnds() {
        List<Connection> all = holding(10, 100);
        all.forEach(connection -> connection.sends(90));

        new Connection().holds(100);

        assertThat(ended).isEmpty();
        assertThat(held.sum()).isEqualTo(200);
    }

    @Test
    void connection_thatHasHalfTaken_isNotTheOldestAnyMore() {
        Connection reading = new Connection().holds(200);
        List<Connection> others = holding(4, 200);
        reading.holds(100);
        reading.holds(200);

        new Connection().holds(200);

        assertThat(ended).containsExactly(others.get(0), others.get(1), others.get(2));
    }

    @Test
    void connection_thatTakesAnOctetAtATime_staysTheOldest() {
        Connection dribbling = new Connection().holds(200);
        holding(4, 200);
        for (int left = 199; left > 150; left--) {
            dribbling.holds(left);
        }

        new Connection().holds(300);

        assertThat(ended).first().isNotEqualTo(dribbling);
        assertThat(held.sum()).isLessThanOrEqualTo(ROOM);
    }

    @Test
    void connection_thatIsGone_holdsNothing() {
        Connection gone = new Connection().holds(ROOM);
        held.forget(gone);
        held.forget(gone);

        assertThat(held.sum()).isZero();
        holding(1, ROOM);
        assertThat(ended).isEmpty();
    }

    @Test
    void connection_thatAloneHoldsTooMuch_ends() {
        Connection huge = new Connection().holds(ROOM + 1);

        assertThat(ended).containsExactly(huge);
        assertThat(held.sum()).isZero();
    }
}
