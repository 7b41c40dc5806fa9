package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.junit.jupiter.api.Test;

class ClientsUnderWayTest {
    private static final Query FLOODER = from("10.1.0.1");
    private static final Query OTHER = from("10.1.0.2");

    private final ClientsUnderWay clients = new ClientsUnderWay(1_000, 4711);

    private static Query from(String client) {
        return Queries.of("a.example.", "A", new InetSocketAddress(client, 4000), Queries.UDP);
    }

    private void enter(Query client, int count) {
        for (int i = 0; i < count; i++) {
            clients.enter(client);
        }
    }

    @Test
    void isGreedy_halfIsFree_nobodyIs() {
        enter(OTHER, 1);
        enter(FLOODER, 499);

        assertThat(clients.isGreedy(FLOODER)).isFalse();
    }

    @Test
    void isGreedy_moreThanHalfTaken_onlyWhoHasMoreThanAnEqualPart() {
        enter(OTHER, 10);
        enter(FLOODER, 500);

        assertThat(clients.isGreedy(FLOODER)).isTrue();
        assertThat(clients.isGreedy(OTHER)).isFalse();
    }

    @Test
    void isGreedy_oneClientAlone_mayUseAll() {
        enter(FLOODER, 1_000);

        assertThat(clients.isGreedy(FLOODER)).isFalse();
        assertThat(clients.isFull()).isFalse();
        clients.enter(FLOODER);
        assertThat(clients.isFull()).isTrue();
    }

    @Test
    void enter_longNames_countForWhatTheyHold() {
        String label = "x".repeat(60);
        Query longName = Queries.of(String.join(".", label, label, label, label) + ".", "A");
        for (int i = 0; i < 333; i++) {
            clients.enter(longName);
        }

        assertThat(clients.isFull()).isFalse();
        clients.enter(longName);
        assertThat(clients.isFull()).isTrue();
    }

    @Test
    void leave_all_isAsAtTheStart() {
        enter(FLOODER, 1_001);
        enter(OTHER, 1);
        for (int i = 0; i < 1_001; i++) {
            clients.leave(FLOODER);
        }
        clients.leave(OTHER);

        assertThat(clients.isFull()).isFalse();
        enter(FLOODER, 501);
        assertThat(clients.isGreedy(FLOODER)).isFalse();
    }
}
