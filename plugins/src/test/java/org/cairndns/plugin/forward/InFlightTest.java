package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightTest {
    /** @param idBound few ids make long runs of taken slots */
    @ParameterizedTest
    @ValueSource(ints = {20, 300, 65_536})
    void table_addsAndRemovesAtRandom_isWhatAMapIs(int idBound) {
        long seed = System.nanoTime();
        System.out.println("InFlightTest seed " + seed);
        Random random = new Random(seed);
        InFlight table = new InFlight();
        Map<Integer, Exchange> map = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            int id = random.nextInt(idBound);
            Exchange there = map.get(id);
            assertThat(table.find(id)).isSameAs(there);
            if (there == null && map.size() < 2_000) {
                Exchange added = exchange(id);
                table.add(added);
                map.put(id, added);
            } else if (there != null) {
                table.remove(there);
                map.remove(id);
            }
            assertThat(table.size()).isEqualTo(map.size());
        }
        map.forEach((id, exchange) -> assertThat(table.find(id)).isSameAs(exchange));
        assertThat(List.of(table.all())).containsExactlyInAnyOrderElementsOf(new ArrayList<>(map.values()));
        table.clear();
        assertThat(table.size()).isZero();
        map.keySet().forEach(id -> assertThat(table.find(id)).isNull());
    }

    private static Exchange exchange(int id) {
        Exchange exchange = new Exchange() {
            @Override
            Query query() {
                throw new UnsupportedOperationException();
            }

            @Override
            void onResponse(Response response, long nanos) {}

            @Override
            void onFailure(String reason) {}
        };
        exchange.id = id;
        return exchange;
    }
}
