package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientSharesTest {
    private static final int PLACES = 900;

    private final ClientShares shares = new ClientShares(PLACES, 4711);

    @Test
    void take_oneClient_getsHalf() {
        assertThat(takeAll(1)).isEqualTo(PLACES / 2);
    }

    @Test
    void take_threeClientsInTurns_getAQuarterEachAndOneIsLeft() {
        int taken = 0;
        for (int i = 0; i < PLACES; i++) {
            for (int client = 1; client <= 3; client++) {
                taken += shares.take(client) ? 1 : 0;
            }
        }

        assertThat(taken).isBetween(PLACES * 3 / 4 - 3, PLACES * 3 / 4 + 3);
        assertThat(shares.take(4)).isTrue();
    }

    @Test
    void release_all_nothingIsTaken() {
        int taken = takeAll(1);
        for (int i = 0; i < taken; i++) {
            shares.release(1);
        }

        assertThat(shares.taken()).isZero();
        assertThat(shares.count(1)).isZero();
        assertThat(takeAll(2)).isEqualTo(PLACES / 2);
    }

    @Test
    void of_neighbours_areToldApart() {
        Set<Integer> found = new HashSet<>();
        for (int i = 1; i <= 100; i++) {
            int share = shares.of(new InetSocketAddress("10.1.2." + i, 4000));
            assertThat(shares.of(new InetSocketAddress("10.1.2." + i, 4001))).isEqualTo(share);
            found.add(share);
        }

        assertThat(found).hasSizeGreaterThan(85);
    }

    private int takeAll(int client) {
        int taken = 0;
        for (int i = 0; i < PLACES; i++) {
            taken += shares.take(client) ? 1 : 0;
        }
        return taken;
    }
}
