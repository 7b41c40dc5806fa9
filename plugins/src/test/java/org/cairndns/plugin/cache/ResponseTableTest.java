package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.Test;

class ResponseTableTest {
    private static final int CAPACITY = 1024;

    private final CacheCounters counters = CacheCounters.of(new FakeServer().meters(), "dns://:53", ".");
    private long now;
    private final OctetBudget budget = new OctetBudget(1 << 30);
    private final ResponseTable table = new ResponseTable(CAPACITY, budget);

    @Test
    void put_fullTable_whatWasHitSurvivesAFloodOfOtherNames() {
        for (int i = 0; i < 2 * CAPACITY; i++) {
            put(i);
        }
        put(-1);
        table.get(key(-1));
        for (int i = 2 * CAPACITY; i < 20 * CAPACITY; i++) {
            put(i);
        }

        assertThat(table.get(key(-1))).isNotNull();
        assertThat(table.count()).isLessThanOrEqualTo(CAPACITY);
    }

    @Test
    void put_fullTable_newcomerIsThereUntilOthersCome() {
        for (int i = 0; i < 2 * CAPACITY; i++) {
            put(i);
        }
        CachedResponse newcomer = put(-1);

        assertThat(table.get(key(-1))).isSameAs(newcomer);
    }

    @Test
    void put_secondTimeWithinAWhile_isTakenIn() {
        for (int i = 0; i < 2 * CAPACITY; i++) {
            put(i);
        }
        put(-1);
        for (int i = 0; i < CAPACITY / 4; i++) {
            put(3 * CAPACITY + i);
        }
        put(-1);
        for (int i = 0; i < CAPACITY / 4; i++) {
            put(4 * CAPACITY + i);
        }

        assertThat(table.get(key(-1))).isNotNull();
    }

    @Test
    void put_sameKey_replacesWhereverItIs() {
        put(0);
        CachedResponse second = put(0);
        assertThat(table.get(key(0))).isSameAs(second);
        for (int i = 1; i < 2 * CAPACITY; i++) {
            put(i);
        }
        put(-1);
        CachedResponse newer = put(-1);

        assertThat(table.get(key(-1))).isSameAs(newer);
    }

    @Test
    void remove_newcomerOrNot_isGone() {
        put(0);
        table.remove(key(0));
        assertThat(table.get(key(0))).isNull();
        for (int i = 1; i < 2 * CAPACITY; i++) {
            put(i);
        }
        put(-1);
        table.remove(key(-1));

        assertThat(table.get(key(-1))).isNull();
    }

    @Test
    void put_moreThanFits_everyEntryThatLeavesIsCounted() {
        for (int i = 0; i < 5 * CAPACITY; i++) {
            put(i);
        }

        assertThat(table.count() + (long) counters.successEvictions().all().get())
                .isEqualTo(5L * CAPACITY);
    }

    @Test
    void put_full_neverMoreThanTheCapacity() {
        for (int i = 0; i < 3 * CAPACITY; i++) {
            put(i);
            table.get(key(i));

            assertThat(table.count()).isLessThanOrEqualTo(CAPACITY);
        }
        assertThat(table.count()).isEqualTo(CAPACITY);
    }

    @Test
    void put_full_whatHasExpiredLeavesBeforeWhatHasNot() {
        put(0, 60, 100);
        put(1, 10, 100);
        for (int i = 2; i < CAPACITY; i++) {
            put(i, 60, 100);
        }
        now = TimeUnit.SECONDS.toNanos(11);
        put(CAPACITY);

        assertThat(table.get(key(0))).isNotNull();
        assertThat(table.get(key(1))).isNull();
    }

    @Test
    void put_full_whatWasHitStaysBeforeWhatWasNot() {
        for (int i = 0; i < CAPACITY; i++) {
            put(i);
        }
        for (int i = 0; i < CAPACITY; i += 2) {
            table.get(key(i));
        }
        for (int i = 0; i < CAPACITY / 4; i++) {
            put(CAPACITY + i);
            put(CAPACITY + i);
            table.get(key(CAPACITY + i));
        }
        int left = 0;
        for (int i = 0; i < CAPACITY; i += 2) {
            left += table.get(key(i)) == null ? 0 : 1;
        }

        assertThat(left).isEqualTo(CAPACITY / 2);
    }

    @Test
    void evict_manyLargeNewcomers_theyLeaveFirst() {
        for (int i = 0; i < 2 * CAPACITY; i++) {
            put(i);
        }
        long known = table.count();
        put(-1, 60, 100_000);
        assertThat(table.evict(0)).isTrue();
        while (table.octets() > 100 * known) {
            assertThat(table.evict(0)).isTrue();
        }

        assertThat(table.get(key(-1))).isNull();
        assertThat(table.count()).isGreaterThan(known * 9 / 10);
    }

    @Test
    void evict_empty_saysSo() {
        assertThat(table.evict(0)).isFalse();
    }

    @Test
    void anyOrder_octetsAreThoseOfWhatIsThere() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            int number = random.nextInt(4 * CAPACITY);
            switch (random.nextInt(8)) {
                case 0 -> table.remove(key(number));
                case 1, 2, 3 -> table.get(key(number));
                case 4 -> table.evict(now);
                default -> put(number, random.nextInt(60), 100 + random.nextInt(4_000));
            }
            now += random.nextInt(10_000_000);
        }
        AtomicLong octets = new AtomicLong();
        table.places().forEachRemaining(slot -> octets.addAndGet(slot.octets()));

        assertThat(table.octets()).isEqualTo(octets.get()).isEqualTo(budget.taken());
        table.clear();
        assertThat(budget.taken()).isZero();
        assertThat(table.octets()).isZero();
    }

    @Test
    void manyThreads_octetsAreThoseOfWhatIsThereAndWithinTheBudget() throws Exception {
        long maxOctets = 1 << 20;
        CacheTable cache = new CacheTable(TestEntries.config(), maxOctets);
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        AtomicBoolean exceeded = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                Random random = new Random(seed + thread);
                threads.submit(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        String name = "n" + random.nextInt(5_000) + ".example";
                        TestEntries.Stored stored = TestEntries.of(counters, name, 12 + random.nextInt(4_000), false);
                        cache.find(stored.key(), 0);
                        cache.put(stored.key(), stored.entry(), 0);
                        if (cache.successOctets() > maxOctets) {
                            exceeded.set(true);
                        }
                    }
                });
            }
        }
        double full = cache.successOctets();
        cache.close();

        assertThat(exceeded).isFalse();
        assertThat(full).isBetween(maxOctets * 0.9, (double) maxOctets);
        assertThat(cache.successOctets()).isZero();
        assertThat(cache.successCount()).isZero();
    }

    private CachedResponse put(int number) {
        return put(number, 60, 100);
    }

    private CachedResponse put(int number, int ttlSeconds, int octets) {
        CachedResponse entry = new CachedResponse(
                Response.bare(Rcode.NOERROR), new CachedResponse.Origin(false, true, counters, null), ttlSeconds, now);
        budget.take(octets);
        table.put(key(number), entry, octets, now);
        return entry;
    }

    private static CacheKey key(int number) {
        return CacheKey.of(Queries.of("m" + number + ".example.", "A"));
    }
}
