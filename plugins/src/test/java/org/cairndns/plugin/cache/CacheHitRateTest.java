package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.cairndns.plugin.testing.FakeServer;
import org.junit.jupiter.api.Test;

/** The budget beside a cache that keeps as many of the least recently used entries as take the same octets. */
class CacheHitRateTest {
    private static final int NAMES = 20_000;
    private static final int QUERIES = 200_000;
    private static final int MIN_OCTETS = 100;
    private static final int MAX_OCTETS = 4_000;
    private static final long BUDGET = 2 << 20;

    private final CacheCounters counters = CacheCounters.of(new FakeServer().meters(), "dns://:53", ".");
    private final TestEntries.Stored[] stored = new TestEntries.Stored[NAMES];
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void hits_zipf_noFewerThanLeastRecentlyUsed() {
        long octets = 0;
        for (int i = 0; i < NAMES; i++) {
            int size = MIN_OCTETS + random.nextInt(MAX_OCTETS - MIN_OCTETS);
            stored[i] = TestEntries.of(counters, "name" + i + ".example.com", size, false);
            octets += EntryOctets.of(stored[i].key(), stored[i].entry());
        }
        int lruEntries = (int) (BUDGET / (octets / NAMES));
        CacheTable table = new CacheTable(TestEntries.config(), BUDGET);
        Map<Integer, Boolean> lru = lru(lruEntries);
        int hits = 0;
        int lruHits = 0;
        for (int name : zipf()) {
            if (table.find(stored[name].key(), 0) != null) {
                hits++;
            } else {
                table.put(stored[name].key(), stored[name].entry(), 0);
            }
            lruHits += lru.put(name, true) == null ? 0 : 1;
        }
        System.out.printf(
                "seed %d: hits %.3f, least recently used of %d entries %.3f%n",
                seed, hits / (double) QUERIES, lruEntries, lruHits / (double) QUERIES);

        assertThat(hits).isGreaterThanOrEqualTo(lruHits);
    }

    private static Map<Integer, Boolean> lru(int entries) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
                return size() > entries;
            }
        };
    }

    /** Numbers of names, the n-th as often as 1/n. */
    private int[] zipf() {
        double[] sums = new double[NAMES];
        double sum = 0;
        for (int i = 0; i < NAMES; i++) {
            sum += 1.0 / (i + 1);
            sums[i] = sum;
        }
        int[] names = new int[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            int at = Arrays.binarySearch(sums, random.nextDouble() * sum);
            names[i] = at < 0 ? Math.min(-at - 1, NAMES - 1) : at;
        }
        return names;
    }
}
