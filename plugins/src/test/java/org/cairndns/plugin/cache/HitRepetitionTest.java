package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.plugin.cache.CannedUpstream.answer;

import java.time.Duration;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;

class HitRepetitionTest {
    private static final Query QUERY = Queries.of("a.example.org.", "A");

    private final FakeServer server = new FakeServer();
    private final CannedUpstream upstream =
            new CannedUpstream().replies(answer(Rcode.NOERROR, "ANSWER a.example.org. 30 IN A 10.0.0.1"));

    private Handler cache(String directive) {
        return new FakeBlock(server, ".:53 {\n" + directive + "\n}", new CacheTtlLimits(), new CacheStore())
                .start()
                .chain(upstream);
    }

    private int again(Repetition repetition) {
        return repetition.again(server.nanoTime(), 0);
    }

    @Test
    void again_untilTheTtlIsOver_countsDownAndIsAHitEachTime() {
        Handler cache = cache("cache");
        assertThat(cache.repetition(QUERY)).as("nothing there yet").isSameAs(Repetition.NEVER);
        cache.handle(QUERY);
        Repetition repetition = cache.repetition(QUERY);

        assertThat(again(repetition)).isEqualTo(30);
        server.scheduler().pass(Duration.ofMillis(999));
        assertThat(again(repetition)).isEqualTo(30);
        server.scheduler().pass(Duration.ofMillis(1));
        assertThat(again(repetition)).isEqualTo(29);
        server.scheduler().pass(Duration.ofSeconds(28));
        assertThat(again(repetition)).isEqualTo(1);
        server.scheduler().pass(Duration.ofSeconds(1));
        assertThat(again(repetition)).isEqualTo(Repetition.OVER);

        String labels = "view=\"\",zones=\".\"}";
        assertThat(server.metrics("coredns_cache_hits_total"))
                .contains("coredns_cache_hits_total{server=\"dns://:53\",type=\"success\"," + labels + " 4.0");
        assertThat(server.metrics("coredns_cache_requests_total"))
                .containsExactly("coredns_cache_requests_total{server=\"dns://:53\"," + labels + " 5.0");
    }

    @Test
    void again_keepTtl_leavesTheTtlAlone() {
        Handler cache = cache("cache {\nkeepttl\n}");
        cache.handle(QUERY);
        Repetition repetition = cache.repetition(QUERY);
        server.scheduler().pass(Duration.ofSeconds(10));

        assertThat(again(repetition)).isEqualTo(Repetition.SAME_TTLS);
        server.scheduler().pass(Duration.ofSeconds(20));
        assertThat(again(repetition)).isEqualTo(Repetition.OVER);
    }

    @Test
    void again_entryThatLeftTheCache_isOverWithinASecond() {
        Handler cache = cache("cache {\nsuccess 1024\n}");
        cache.handle(QUERY);
        Repetition seen = cache.repetition(QUERY);
        assertThat(again(seen)).isEqualTo(30);
        Repetition unseen = cache.repetition(QUERY);
        for (int i = 0; i < 20_000; i++) {
            upstream.replies(answer(Rcode.NOERROR, "ANSWER n" + i + ".example.org. 30 IN A 10.0.0.1"));
            Query other = Queries.of("n" + i + ".example.org.", "A");
            cache.handle(other);
            cache.handle(other);
        }
        assertThat(cache.repetition(QUERY)).as("evicted").isSameAs(Repetition.NEVER);

        assertThat(again(unseen)).isEqualTo(Repetition.OVER);
        server.scheduler().pass(Duration.ofSeconds(1));
        assertThat(again(seen)).isEqualTo(Repetition.OVER);
    }

    @Test
    void repetition_staleEntry_isOver() {
        Handler cache = cache("cache {\nserve_stale\n}");
        cache.handle(QUERY);
        server.scheduler().pass(Duration.ofSeconds(31));

        assertThat(again(cache.repetition(QUERY))).isEqualTo(Repetition.OVER);
    }

    @Test
    void repetition_prefetch_seesEachHit() {
        Handler cache = cache("cache {\nprefetch 2\n}");
        cache.handle(QUERY);
        assertThat(cache.repetition(QUERY)).isSameAs(Repetition.NEVER);
    }

    @Test
    void repetition_dnssecOk_isNotThatOfThePlainQuery() {
        Handler cache = cache("cache");
        cache.handle(QUERY);
        assertThat(cache.repetition(Queries.withEdns("a.example.org.", "A", 1232, true)))
                .isSameAs(Repetition.NEVER);
    }

    @Test
    void repetition_nameOutsideTheZones_isThatOfTheHandlersBelow() {
        Handler cache = cache("cache 30 example.com");
        assertThat(cache.repetition(QUERY)).isSameAs(Repetition.NEVER);
        Handler always = new FakeBlock(
                        server, ".:53 {\ncache 30 example.com\n}", new CacheTtlLimits(), new CacheStore())
                .chain(new Handler() {
                    @Override
                    public org.cairndns.plugin.spi.Reply handle(Query query) {
                        return upstream.handle(query);
                    }

                    @Override
                    public Repetition repetition(Query query) {
                        return Repetition.ALWAYS;
                    }
                });
        assertThat(always.repetition(QUERY)).isSameAs(Repetition.ALWAYS);
    }
}
