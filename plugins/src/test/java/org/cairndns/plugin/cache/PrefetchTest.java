package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.plugin.cache.CannedUpstream.answer;

import java.time.Duration;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Transport;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Section;

/** Entries that are refreshed before they expire. */
class PrefetchTest {
    private static final Query QUERY = Queries.withEdns("a.example.org.", "A", 1232, true);

    private final FakeServer server = new FakeServer();
    private final CannedUpstream upstream = new CannedUpstream();
    private final Handler cache = cache();

    @Test
    void handle_enoughHitsAndLittleTtlLeft_refreshesOverTcpWithAd() {
        firstAnswer();
        pass(Duration.ofSeconds(90));
        cache.handle(QUERY);
        assertThat(upstream.queries).hasSize(1);
        cache.handle(QUERY);

        assertThat(upstream.queries).hasSize(2);
        Query refresh = upstream.queries.getLast();
        assertThat(refresh.listener().transport()).isEqualTo(Transport.TCP);
        assertThat(refresh.authenticData()).isTrue();
        assertThat(refresh.edns().dnssecOk()).isTrue();
        assertThat(server.metrics("prefetch_total"))
                .containsExactly("coredns_cache_prefetch_total{server=\"dns://:53\",view=\"\",zones=\".\"} 1.0");
    }

    @Test
    void handle_muchTtlLeft_doesNotRefresh() {
        firstAnswer();
        pass(Duration.ofSeconds(79));
        cache.handle(QUERY);
        cache.handle(QUERY);

        assertThat(upstream.queries).hasSize(1);
    }

    @Test
    void handle_hitsFarApart_countAnew() {
        firstAnswer();
        pass(Duration.ofSeconds(20));
        cache.handle(QUERY);
        pass(Duration.ofSeconds(62));
        cache.handle(QUERY);

        assertThat(upstream.queries).hasSize(1);
    }

    @Test
    void handle_refreshUnderWay_startsNoOther() {
        firstAnswer();
        Reply.Pending pending = new Reply.Pending();
        upstream.replies(query -> pending);
        pass(Duration.ofSeconds(90));
        cache.handle(QUERY);
        cache.handle(QUERY);
        cache.handle(QUERY);
        assertThat(upstream.queries).hasSize(2);
        pending.complete(
                answer(Rcode.NOERROR, "ANSWER a.example.org. 100 IN A 10.0.0.2").apply(QUERY));

        assertThat(answers()).isEqualTo("[a.example.org. 100 IN A 10.0.0.2]");
    }

    @Test
    void handle_afterRefresh_hitsGoOnCounting() {
        firstAnswer();
        pass(Duration.ofSeconds(90));
        cache.handle(QUERY);
        cache.handle(QUERY);
        pass(Duration.ofSeconds(55));
        cache.handle(QUERY);
        pass(Duration.ofSeconds(30));
        cache.handle(QUERY);

        assertThat(upstream.queries).hasSize(3);
    }

    @Test
    void handle_refreshFails_keepsTheEntryAndTriesAgain() {
        firstAnswer();
        upstream.replies(query -> new Reply.Failed(Rcode.SERVFAIL, "time-out"));
        pass(Duration.ofSeconds(90));
        cache.handle(QUERY);
        cache.handle(QUERY);
        cache.handle(QUERY);

        assertThat(upstream.queries).hasSize(3);
        assertThat(answers()).isEqualTo("[a.example.org. 10 IN A 10.0.0.1]");
    }

    @Test
    void handle_handlerBelowThrows_clientStillGetsItsAnswer() {
        firstAnswer();
        upstream.replies(query -> {
            throw new IllegalStateException("in this test");
        });
        pass(Duration.ofSeconds(90));
        cache.handle(QUERY);

        assertThat(answers()).isEqualTo("[a.example.org. 10 IN A 10.0.0.1]");
    }

    private void firstAnswer() {
        upstream.replies(answer(Rcode.NOERROR, "ANSWER a.example.org. 100 IN A 10.0.0.1"));
        cache.handle(QUERY);
    }

    private String answers() {
        return Queries.records(Queries.render(QUERY, cache.handle(QUERY)), Section.ANSWER)
                .toString();
    }

    private Handler cache() {
        FakeBlock block = new FakeBlock(server, ".:53 {\ncache {\nprefetch 2 1m 20%\n}\n}", new CacheStore());
        assertThat(block.problems()).isEmpty();
        return block.start().chain(upstream);
    }

    private void pass(Duration time) {
        server.scheduler().advance(time);
    }
}
