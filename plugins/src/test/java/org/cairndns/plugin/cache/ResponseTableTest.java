package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.Test;

class ResponseTableTest {
    private static final int CAPACITY = 1024;

    private final CacheCounters counters = CacheCounters.of(new FakeServer().meters(), "dns://:53", ".");
    private final ResponseTable table = new ResponseTable(CAPACITY);

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

        assertThat(table.count() + (long) counters.successEvictions().get()).isEqualTo(5L * CAPACITY);
    }

    private CachedResponse put(int number) {
        CachedResponse entry = new CachedResponse(
                Response.bare(Rcode.NOERROR), new CachedResponse.Origin(false, true, counters, null), 60, 0);
        table.put(key(number), entry);
        return entry;
    }

    private static CacheKey key(int number) {
        return CacheKey.of(Queries.of("m" + number + ".example.", "A"));
    }
}
