package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPlacesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4711, -1, Integer.MIN_VALUE})
    void of_neighbours_areToldApart(int seed) {
        ClientPlaces places = new ClientPlaces(10, seed);
        Set<Integer> found = new HashSet<>();
        for (int i = 1; i <= 100; i++) {
            found.add(places.of(InetAddress.ofLiteral("10.1.2." + i)));
        }

        assertThat(found).hasSizeGreaterThan(85).allMatch(place -> place >= 0 && place < places.count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "2001:db8::1"})
    void of_sameAddress_isTheSamePlace(String address) {
        ClientPlaces places = new ClientPlaces(12, 4711);

        assertThat(places.of(InetAddress.ofLiteral(address))).isEqualTo(places.of(InetAddress.ofLiteral(address)));
    }
}
