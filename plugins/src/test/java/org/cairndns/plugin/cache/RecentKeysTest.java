package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.cairndns.plugin.testing.Queries;
import org.junit.jupiter.api.Test;

class RecentKeysTest {
    private static final int CAPACITY = 1024;

    @Test
    void add_again_isKnown() {
        RecentKeys recent = new RecentKeys(CAPACITY);

        assertThat(recent.add(key(1))).isFalse();
        assertThat(recent.add(key(1))).isTrue();
    }

    @Test
    void add_keysOfAFullTable_noneIsTakenForAnother() {
        RecentKeys recent = new RecentKeys(CAPACITY);
        int mistaken = 0;
        for (int i = 0; i < CAPACITY; i++) {
            mistaken += recent.add(key(i)) ? 1 : 0;
        }

        assertThat(mistaken).isZero();
    }

    @Test
    void add_manyOthersSince_isForgotten() {
        RecentKeys recent = new RecentKeys(CAPACITY);
        recent.add(key(0));
        for (int i = 1; i < 20 * CAPACITY; i++) {
            recent.add(key(i));
        }

        assertThat(recent.add(key(0))).isFalse();
    }

    @Test
    void add_hugeCapacity_takesLittleMemory() {
        RecentKeys recent = new RecentKeys(Integer.MAX_VALUE);

        assertThat(recent.add(key(1))).isFalse();
        assertThat(recent.add(key(1))).isTrue();
    }

    private static CacheKey key(int number) {
        return CacheKey.of(Queries.of("m" + number + ".example.", "A"));
    }
}
