package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.cairndns.kubernetes.testing.HeapWeights;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heap of the cache, weighed in a process of its own with the server's collector and object headers. */
class CacheHeapTest {
    private static final long BUDGET = 16 << 20;
    private static final long MAX_GROWTH = 17 << 20;

    private static final Map<String, Long> weights = new HashMap<>();

    @BeforeAll
    static void weigh(@TempDir Path folder) throws IOException, InterruptedException {
        weights.putAll(HeapWeights.of(CacheHeapProbe.class, folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "small-ad", "large"})
    void entry_heap_isWhatTheBudgetCounts(String kind) {
        assertThat(weights.get(kind + ".estimate"))
                .isCloseTo(weights.get(kind + ".real"), Percentage.withPercentage(10));
    }

    @Test
    void million_namesOfAllSizes_heapStaysWithinTheBudget() {
        assertThat(weights.get("flood.most")).isBetween(BUDGET * 9 / 10, BUDGET);
        assertThat(weights.get("flood.real")).isLessThan(MAX_GROWTH);
    }
}
