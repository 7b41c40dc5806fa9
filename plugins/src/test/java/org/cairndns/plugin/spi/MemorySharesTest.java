package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.cairndns.plugin.testing.Queries;
import org.junit.jupiter.api.Test;

class MemorySharesTest {
    private static final long MIB = 1 << 20;

    /** What the server is delivered with, see server/jvm.options. */
    private static final MemoryShares DELIVERED = new MemoryShares(64 * MIB, 24 * MIB);

    @Test
    void shares_ofTheDeliveredHeap_holdTenThousandMissesASecondThatTakeASecond() {
        assertThat(DELIVERED.forwarded(1)).isBetween(10_000, 11_000).isEqualTo(DELIVERED.forwarded(8));
        assertThat(DELIVERED.waiting()).isBetween(6_000, 7_000);
    }

    @Test
    void shares_ofAllTables_leaveAQuarterOfTheHeap() {
        long queries = 1_250L * DELIVERED.forwarded(4) + 640L * DELIVERED.waiting();
        long tables = queries + DELIVERED.cacheOctets() + DELIVERED.repeatedOctets() + DELIVERED.connectionOctets();

        assertThat(tables).isLessThanOrEqualTo(DELIVERED.heapOctets() * 3 / 4);
    }

    @Test
    void shares_ofAGibibyte_areWhatTimeAndFairnessAllow() {
        MemoryShares large = new MemoryShares(1024 * MIB, 256 * MIB);

        assertThat(large.forwarded(4)).isEqualTo(80_000);
        assertThat(large.waiting()).isEqualTo(20_000);
    }

    @Test
    void shares_ofHardlyAnyHeap_letOneQueryThrough() {
        assertThat(new MemoryShares(1, 1).forwarded(1)).isEqualTo(1);
        assertThat(new MemoryShares(1, 1).waiting()).isEqualTo(1);
    }

    @Test
    void places_ofUsualQueries_areOne() {
        assertThat(MemoryShares.places(Queries.of("www.example.org.", "AAAA"))).isEqualTo(1);
        assertThat(MemoryShares.places(Queries.of(("x".repeat(60) + ".").repeat(3), "A")))
                .isEqualTo(2);
    }
}
