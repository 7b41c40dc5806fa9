package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private final AtomicInteger turn = new AtomicInteger();
    private final SplittableRandom random = new SplittableRandom(7);

    private List<Integer> order(Policy policy, int count) {
        List<Integer> order = new ArrayList<>();
        int first = policy.first(count, turn, random);
        order.add(first);
        long tried = 1L << first;
        for (int place = 1; place < count; place++) {
            int next = policy.next(place, first, tried, count, random);
            order.add(next);
            tried |= 1L << next;
        }
        return order;
    }

    @Test
    void sequential_everyQuery_orderOfTheCorefile() {
        assertThat(order(Policy.SEQUENTIAL, 3)).containsExactly(0, 1, 2);
        assertThat(order(Policy.SEQUENTIAL, 3)).containsExactly(0, 1, 2);
    }

    @Test
    void roundRobin_queryAfterQuery_startsOneFurther() {
        assertThat(order(Policy.ROUND_ROBIN, 3)).containsExactly(1, 0, 2);
        assertThat(order(Policy.ROUND_ROBIN, 3)).containsExactly(2, 0, 1);
        assertThat(order(Policy.ROUND_ROBIN, 3)).containsExactly(0, 1, 2);
        assertThat(order(Policy.ROUND_ROBIN, 3)).containsExactly(1, 0, 2);
    }

    @Test
    void roundRobin_counterOverflows_staysInRange() {
        turn.set(Integer.MAX_VALUE);

        assertThat(order(Policy.ROUND_ROBIN, 3)).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void random_manyQueries_everyOrderComes() {
        Set<List<Integer>> orders = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            List<Integer> order = order(Policy.RANDOM, 4);
            assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3);
            orders.add(order);
        }

        assertThat(orders).hasSize(24);
    }

    @Test
    void random_64Upstreams_areAllTried() {
        assertThat(new HashSet<>(order(Policy.RANDOM, 64))).hasSize(64);
        assertThat(order(Policy.RANDOM, 1)).containsExactly(0);
    }
}
