package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.cairndns.kubernetes.testing.HeapWeights;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Heap of the index per object, weighed in a process of its own with the server's collector and object headers.
 *
 * <p>What counts as one of a service: its name, its EndpointSlice with its name, its cluster IP with the reverse entry. What counts as
 * one of an endpoint: its address with the reverse entry, its hostname where it has one. A pod counts where pods are verified.
 */
class IndexHeapTest {
    private static final int MAX_OCTETS_PER_SERVICE = 600;
    private static final int MAX_OCTETS_PER_ENDPOINT = 120;
    private static final int MAX_OCTETS_PER_POD = 300;

    private static final Map<String, Long> weights = new HashMap<>();

    @BeforeAll
    static void weigh(@TempDir Path folder) throws IOException, InterruptedException {
        weights.putAll(HeapWeights.of(HeapProbe.class, folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "stateful", "stateful-with-pod-names"})
    void object_heap_isWithinBounds(String kind) {
        assertThat(weights.get(kind + ".service")).isBetween(1L, (long) MAX_OCTETS_PER_SERVICE);
        assertThat(weights.get(kind + ".pod")).isBetween(1L, (long) MAX_OCTETS_PER_POD);
        assertThat(weights.get(kind + ".endpoint")).isBetween(1L, (long) MAX_OCTETS_PER_ENDPOINT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8000/75000", "10000/100000", "10000/100000-stateful"})
    void cluster_heap_isWithinBounds(String cluster) {
        long bound = MAX_OCTETS_PER_SERVICE * weights.get(cluster + ".services")
                + MAX_OCTETS_PER_ENDPOINT * weights.get(cluster + ".endpoints");

        assertThat(weights.get(cluster + ".index")).isBetween(1L, bound);
        assertThat(weights.get(cluster + ".asked")).as("with all answers kept").isBetween(1L, bound);
    }
}
