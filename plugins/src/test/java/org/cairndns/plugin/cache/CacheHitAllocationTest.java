package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.plugin.cache.CannedUpstream.answer;

import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.testing.Allocation;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;

class CacheHitAllocationTest {
    private static final int HITS = 10_000;
    private static final int MAX_OCTETS_PER_HIT = 200;

    @Test
    void handle_hit_allocatesNoMoreThanKeyResponseAndReply() {
        FakeServer server = new FakeServer();
        CannedUpstream upstream =
                new CannedUpstream().replies(answer(Rcode.NOERROR, "ANSWER a.example.org. 300 IN A 10.0.0.1", "AD"));
        Handler cache = new FakeBlock(server, ".:53 {\ncache\n}", new CacheTtlLimits(), new CacheStore())
                .start()
                .chain(upstream);
        Query query = Queries.of("A.example.org.", "A");

        long octetsPerHit = Math.round(Allocation.octetsPerQuery(cache, query, HITS));

        System.out.println("allocated per cache hit: " + octetsPerHit + " octets");
        assertThat(upstream.queries).hasSize(1);
        assertThat(octetsPerHit).isLessThanOrEqualTo(MAX_OCTETS_PER_HIT);
    }
}
