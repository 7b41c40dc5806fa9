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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

class StaleAnswersTest {
    private static final String OLD = "ANSWER a.example.org. 60 IN A 10.0.0.1";
    private static final String NEW = "ANSWER a.example.org. 60 IN A 10.0.0.2";
    private static final String SOA = "AUTHORITY example.org. 60 IN SOA ns. host. 1 2 3 4 30";
    private static final Query QUERY = Queries.of("a.example.org.", "A");
    private static final Reply.Failed TIME_OUT = new Reply.Failed(Rcode.SERVFAIL, "time-out");

    private final FakeServer server = new FakeServer();
    private final CannedUpstream upstream = new CannedUpstream();

    @Test
    void immediate_expired_answersWithTtlZeroAndRefreshes() {
        Handler cache = expired("serve_stale");
        upstream.replies(answer(Rcode.NOERROR, NEW));

        assertThat(ask(cache)).isEqualTo("[a.example.org. 0 IN A 10.0.0.1]");
        assertThat(upstream.queries.getLast().listener().transport()).isEqualTo(Transport.TCP);
        assertThat(ask(cache)).isEqualTo("[a.example.org. 60 IN A 10.0.0.2]");
        assertThat(upstream.queries).hasSize(2);
        assertThat(server.metrics("served_stale_total"))
                .containsExactly("coredns_cache_served_stale_total{server=\"dns://:53\",view=\"\",zones=\".\"} 1.0");
    }

    @Test
    void immediate_refreshFails_answersStaleUntilTheDurationIsOver() {
        Handler cache = expired("serve_stale 30m\nstale_if_error off");
        upstream.replies(query -> TIME_OUT);

        pass(Duration.ofSeconds(30 * 60 - 1));
        assertThat(ask(cache)).isEqualTo("[a.example.org. 0 IN A 10.0.0.1]");
        pass(Duration.ofSeconds(1));
        assertThat(cache.handle(QUERY)).isSameAs(TIME_OUT);
    }

    @Test
    void immediate_staleTtl_isSent() {
        Handler cache = expired("serve_stale 1h immediate 30s");
        upstream.replies(query -> TIME_OUT);

        assertThat(ask(cache)).isEqualTo("[a.example.org. 30 IN A 10.0.0.1]");
    }

    @Test
    void immediate_keepttl_sendsTheOriginalTtl() {
        Handler cache = expired("serve_stale\nkeepttl");
        upstream.replies(query -> TIME_OUT);

        assertThat(ask(cache)).isEqualTo("[a.example.org. 60 IN A 10.0.0.1]");
    }

    @Test
    void immediate_recheck_waitsAfterAFailure() {
        Handler cache = expired("serve_stale 1h immediate 0 10s");
        upstream.replies(query -> TIME_OUT);
        ask(cache);
        pass(Duration.ofSeconds(9));
        ask(cache);
        assertThat(upstream.queries).hasSize(2);
        pass(Duration.ofSeconds(1));
        ask(cache);

        assertThat(upstream.queries).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve_stale", "serve_stale 1h verify"})
    void refresh_servfailOrTruncated_doesNotReplaceTheEntry(String property) {
        Handler cache = expired(property);
        upstream.replies(answer(Rcode.SERVFAIL))
                .then(answer(Rcode.NOERROR, NEW, "TC"))
                .then(answer(Rcode.REFUSED));

        for (int i = 0; i < 3; i++) {
            assertThat(ask(cache)).isEqualTo("[a.example.org. 0 IN A 10.0.0.1]");
        }
        assertThat(upstream.queries).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve_stale", "serve_stale 1h verify"})
    void refresh_nameError_replacesTheEntry(String property) {
        Handler cache = expired(property);
        upstream.replies(answer(Rcode.NXDOMAIN, SOA));
        cache.handle(QUERY);

        assertThat(message(cache).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(upstream.queries).hasSize(2);
    }

    @Test
    void verify_upstreamAnswers_answersFresh() {
        Handler cache = expired("serve_stale 1h verify");
        upstream.replies(answer(Rcode.NOERROR, NEW));

        assertThat(ask(cache)).isEqualTo("[a.example.org. 60 IN A 10.0.0.2]");
        assertThat(upstream.queries.getLast().listener().transport()).isEqualTo(Transport.UDP);
        assertThat(server.metrics("served_stale_total")).allMatch(line -> line.endsWith(" 0.0"));
    }

    @Test
    void verify_upstreamFails_answersStale() {
        Handler cache = expired("serve_stale 1h verify");
        upstream.replies(query -> TIME_OUT);

        assertThat(ask(cache)).isEqualTo("[a.example.org. 0 IN A 10.0.0.1]");
    }

    @Test
    void verify_recheck_answersStaleWithoutAskingForAWhile() {
        Handler cache = expired("serve_stale 1h verify 0 0 10s");
        upstream.replies(query -> TIME_OUT);
        ask(cache);
        ask(cache);
        assertThat(upstream.queries).hasSize(2);
        pass(Duration.ofSeconds(10));
        ask(cache);

        assertThat(upstream.queries).hasSize(3);
    }

    @Test
    void verifyTimeout_upstreamIsSlow_answersStaleThenKeepsTheLateReply() {
        Handler cache = expired("serve_stale 1h verify 100ms");
        Reply.Pending slow = new Reply.Pending();
        upstream.replies(query -> slow);
        Reply reply = cache.handle(QUERY);
        pass(Duration.ofMillis(100));

        assertThat(answers(Queries.render(QUERY, Queries.await(reply)))).isEqualTo("[a.example.org. 0 IN A 10.0.0.1]");
        slow.complete(answer(Rcode.NOERROR, NEW).apply(QUERY));
        assertThat(ask(cache)).isEqualTo("[a.example.org. 60 IN A 10.0.0.2]");
        assertThat(server.metrics("served_stale_total")).allMatch(line -> line.endsWith(" 1.0"));
    }

    @Test
    void verifyTimeout_upstreamIsFastEnough_answersFreshAndStopsTheTimer() {
        Handler cache = expired("serve_stale 1h verify 100ms");
        Reply.Pending slow = new Reply.Pending();
        upstream.replies(query -> slow);
        Reply reply = cache.handle(QUERY);
        pass(Duration.ofMillis(99));
        slow.complete(answer(Rcode.NOERROR, NEW).apply(QUERY));

        assertThat(answers(Queries.render(QUERY, Queries.await(reply)))).isEqualTo("[a.example.org. 60 IN A 10.0.0.2]");
        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void preferPositive_upstreamDenies_keepsTheStaleAnswerAndTheDenial() {
        Handler cache = expired("serve_stale 1h verify\nserve_stale_policy prefer_positive");
        upstream.replies(answer(Rcode.NXDOMAIN, SOA));

        assertThat(ask(cache)).isEqualTo("[a.example.org. 0 IN A 10.0.0.1]");
        assertThat(ask(cache)).isEqualTo("[a.example.org. 0 IN A 10.0.0.1]");
        pass(Duration.ofHours(1));
        assertThat(message(cache).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void preferPositive_emptyAnswer_doesNotHideTheLastGoodOne() {
        Handler cache = expired("serve_stale 1h immediate\nserve_stale_policy prefer_positive");
        upstream.replies(answer(Rcode.NOERROR));
        ask(cache);

        assertThat(ask(cache)).isEqualTo("[a.example.org. 0 IN A 10.0.0.1]");
        upstream.replies(answer(Rcode.NOERROR, NEW));
        ask(cache);
        assertThat(ask(cache)).isEqualTo("[a.example.org. 60 IN A 10.0.0.2]");
    }

    @Test
    void preferPositive_answerArrives_removesTheDenial() {
        Handler cache = cache("serve_stale 1h immediate\nserve_stale_policy prefer_positive");
        upstream.replies(answer(Rcode.NXDOMAIN, SOA));
        ask(cache);
        pass(Duration.ofSeconds(60));
        upstream.replies(answer(Rcode.NOERROR, NEW));
        assertThat(message(cache).getRcode()).isEqualTo(Rcode.NXDOMAIN);

        assertThat(ask(cache)).isEqualTo("[a.example.org. 60 IN A 10.0.0.2]");
    }

    private Handler cache(String properties) {
        FakeBlock block = new FakeBlock(server, ".:53 {\ncache {\n" + properties + "\n}\n}", new CacheStore());
        assertThat(block.problems()).isEmpty();
        return block.start().chain(upstream);
    }

    /** A cache with one entry whose TTL is just over. */
    private Handler expired(String properties) {
        Handler cache = cache(properties);
        upstream.replies(answer(Rcode.NOERROR, OLD));
        cache.handle(QUERY);
        pass(Duration.ofSeconds(60));
        return cache;
    }

    private void pass(Duration time) {
        server.scheduler().advance(time);
    }

    private static Message message(Handler cache) {
        return Queries.render(QUERY, cache.handle(QUERY));
    }

    private static String ask(Handler cache) {
        return answers(message(cache));
    }

    private static String answers(Message message) {
        return Queries.records(message, Section.ANSWER).toString();
    }
}
