package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class WaitingPlacesTest {
    private static final int PLACES = 900;

    private final WaitingPlaces places = new WaitingPlaces(PLACES, 4711);

    @Test
    void take_oneClient_getsHalf() {
        assertThat(takeAll(1)).isEqualTo(PLACES / 2);
    }

    @Test
    void take_threeClientsInTurns_getAQuarterEachAndOneIsLeft() {
        int taken = 0;
        for (int i = 0; i < PLACES; i++) {
            for (int client = 1; client <= 3; client++) {
                taken += places.take(client, 1) ? 1 : 0;
            }
        }

        assertThat(taken).isBetween(PLACES * 3 / 4 - 3, PLACES * 3 / 4 + 3);
        assertThat(places.take(4, 1)).isTrue();
    }

    @Test
    void take_largeQueries_getsFewer() {
        int taken = 0;
        for (int i = 0; i < PLACES; i++) {
            taken += places.take(1, 9) ? 1 : 0;
        }

        assertThat(taken).isEqualTo(PLACES / 2 / 9);
    }

    @Test
    void release_all_nothingIsTaken() {
        int taken = takeAll(1);
        for (int i = 0; i < taken; i++) {
            places.release(1, 1);
        }

        assertThat(places.taken()).isZero();
        assertThat(places.count(1)).isZero();
        assertThat(takeAll(2)).isEqualTo(PLACES / 2);
    }

    @Test
    void of_ports_areOneClient() {
        assertThat(places.of(new InetSocketAddress("10.1.2.3", 4000)))
                .isEqualTo(places.of(new InetSocketAddress("10.1.2.3", 4001)))
                .isNotEqualTo(places.of(new InetSocketAddress("10.1.2.4", 4000)));
    }

    private int takeAll(int client) {
        int taken = 0;
        for (int i = 0; i < PLACES; i++) {
            taken += places.take(client, 1) ? 1 : 0;
        }
        return taken;
    }
}
