package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.plugin.cache.CannedUpstream.answer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

class StaleIfErrorTest {
    private static final String OLD = "[a.example.org. 30 IN A 10.0.0.1]";
    private static final String SOA = "AUTHORITY example.org. 60 IN SOA ns. host. 1 2 3 4 30";
    private static final Reply.Failed TIME_OUT =
            new Reply.Failed(Rcode.SERVFAIL, "time-out", EdnsOptions.NETWORK_ERROR);
    private static final Reply.Failed NOBODY =
            new Reply.Failed(Rcode.SERVFAIL, "no healthy upstream", EdnsOptions.NO_REACHABLE_AUTHORITY);
    private static final Duration PATIENCE = Duration.ofMillis(1900);

    private final FakeServer server = new FakeServer();
    private final CannedUpstream upstream = new CannedUpstream();

    @ParameterizedTest
    @ValueSource(strings = {"", "stale_if_error 24h", "serve_stale 10s"})
    void timeOut_expiredWithinADay_isTheOldAnswer(String property) {
        Handler cache = expired(property);
        upstream.replies(query -> TIME_OUT);
        pass(Duration.ofDays(1).minusSeconds(31));

        assertThat(ask(cache, "a")).isEqualTo(OLD);
        assertThat(server.metrics("served_stale_total")).allMatch(line -> line.endsWith(" 1.0"));
    }

    @Test
    void timeOut_expiredForLonger_isTheFailure() {
        Handler cache = expired("");
        upstream.replies(query -> TIME_OUT);
        pass(Duration.ofDays(1));

        assertThat(cache.handle(query("a"))).isSameAs(TIME_OUT);
    }

    @Test
    void timeOut_off_isTheFailure() {
        Handler cache = expired("stale_if_error off");
        upstream.replies(query -> TIME_OUT);

        assertThat(cache.handle(query("a"))).isSameAs(TIME_OUT);
    }

    @Test
    void upstreamAnswers_isNeverTheOldAnswer() {
        Handler cache = expired("");
        upstream.replies(answer(Rcode.NOERROR, "ANSWER a.example.org. 60 IN A 10.0.0.2"));

        assertThat(ask(cache, "a")).isEqualTo("[a.example.org. 60 IN A 10.0.0.2]");
        assertThat(upstream.queries).hasSize(1);
    }

    @Test
    void upstreamSaysServfail_isTheOldAnswerAsLongAsTheFailureIsKept() {
        Handler cache = expired("");
        upstream.replies(answer(Rcode.SERVFAIL));

        assertThat(ask(cache, "a")).isEqualTo(OLD);
        assertThat(ask(cache, "a")).isEqualTo(OLD);
        assertThat(upstream.queries).hasSize(1);
        pass(Duration.ofSeconds(5));
        assertThat(ask(cache, "a")).isEqualTo(OLD);
        assertThat(upstream.queries).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {EdnsOptions.BOGUS, EdnsOptions.BLOCKED, EdnsOptions.PROHIBITED})
    void upstreamSaysServfailAsAVerdict_isServfailKeptOrNot(int infoCode) {
        Handler cache = expired("");
        upstream.replies(query ->
                new Reply.Answered(((Reply.Answered) answer(Rcode.SERVFAIL).apply(query))
                        .response()
                        .withEdns(EdnsOptions.extendedError(infoCode))));

        assertThat(message(cache, query("a")).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(message(cache, query("a")).getRcode()).isEqualTo(Rcode.SERVFAIL);
        upstream.replies(query -> new Reply.Failed(Rcode.SERVFAIL, "blocked", infoCode));
        assertThat(cache.handle(query("b"))).isEqualTo(new Reply.Failed(Rcode.SERVFAIL, "blocked", infoCode));
    }

    @Test
    void upstreamRefuses_isRefused() {
        Handler cache = expired("");
        upstream.replies(answer(Rcode.REFUSED));

        assertThat(message(cache, query("a")).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void upstreamSaysServfail_nameWasDeniedLast_isDenied() {
        Handler cache = expired("");
        upstream.replies(answer(Rcode.NXDOMAIN, SOA));
        message(cache, query("a"));
        pass(Duration.ofSeconds(60));
        upstream.replies(answer(Rcode.SERVFAIL));

        assertThat(message(cache, query("a")).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(message(cache, query("a")).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void upstreamIsSlow_isTheOldAnswerAndTheLateReplyIsKept() {
        Handler cache = expired("");
        Reply.Pending slow = new Reply.Pending();
        upstream.replies(query -> slow);
        List<Reply> replies = new ArrayList<>();
        ((Reply.Pending) cache.handle(query("a"))).whenDone(replies::add);
        pass(Duration.ofMillis(1700));
        assertThat(replies).isEmpty();
        pass(Duration.ofMillis(200));

        assertThat(answers(Queries.render(query("a"), replies.getFirst()))).isEqualTo(OLD);
        slow.complete(
                answer(Rcode.NOERROR, "ANSWER a.example.org. 60 IN A 10.0.0.2").apply(query("a")));
        assertThat(ask(cache, "a")).isEqualTo("[a.example.org. 60 IN A 10.0.0.2]");
        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void upstreamIsFastEnough_isItsAnswer() {
        Handler cache = expired("");
        Reply.Pending slow = new Reply.Pending();
        upstream.replies(query -> slow);
        Reply reply = cache.handle(query("a"));
        pass(Duration.ofMillis(1700));
        slow.complete(
                answer(Rcode.NOERROR, "ANSWER a.example.org. 60 IN A 10.0.0.2").apply(query("a")));
        pass(PATIENCE);

        assertThat(answers(Queries.render(query("a"), Queries.await(reply))))
                .isEqualTo("[a.example.org. 60 IN A 10.0.0.2]");
        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void upstreamsAreDown_nobodyWaits() {
        Handler cache = expired("");
        upstream.replies(query -> TIME_OUT).then(query -> TIME_OUT).then(query -> new Reply.Pending());
        for (String name : List.of("c", "d", "b")) {
            cache.handle(query(name));
        }
        assertThat(cache.handle(query("a"))).isInstanceOf(Reply.Pending.class);
        pass(PATIENCE);

        assertThat(ask(cache, "a")).isEqualTo(OLD);
        int asked = upstream.queries.size();
        assertThat(ask(cache, "a")).isEqualTo(OLD);
        assertThat(upstream.queries).as("asked once behind the client's back").hasSize(asked);
    }

    @Test
    void upstreamsAreDown_backAgain_isTheNewAnswerFromTheSecondQueryOn() {
        Handler cache = expired("");
        upstream.replies(query -> NOBODY);
        for (String name : List.of("c", "b", "a")) {
            cache.handle(query(name));
        }
        pass(Duration.ofSeconds(1));
        upstream.replies(answer(Rcode.NOERROR, "ANSWER a.example.org. 60 IN A 10.0.0.2"));

        assertThat(ask(cache, "a")).isEqualTo(OLD);
        assertThat(ask(cache, "a")).isEqualTo("[a.example.org. 60 IN A 10.0.0.2]");
    }

    @Test
    void oneNameFailsAgainAndAgain_othersAreAskedForAsEver() {
        Handler cache = expired("");
        upstream.replies(query -> NOBODY);
        for (int i = 0; i < 10; i++) {
            cache.handle(query("dead"));
        }
        upstream.replies(answer(Rcode.NOERROR, "ANSWER a.example.org. 60 IN A 10.0.0.2"));

        assertThat(ask(cache, "a")).isEqualTo("[a.example.org. 60 IN A 10.0.0.2]");
    }

    @Test
    void oldAnswer_clientWithEdns_isToldSo() {
        Handler cache = expired("");
        upstream.replies(answer(Rcode.NXDOMAIN, SOA));
        message(cache, Queries.withEdns("denied.example.org.", "A", 1232, false));
        pass(Duration.ofSeconds(60));
        upstream.replies(query -> TIME_OUT);

        assertThat(errors(message(cache, Queries.withEdns("a.example.org.", "A", 1232, false))))
                .containsExactly(EdnsOptions.STALE_ANSWER);
        assertThat(errors(message(cache, Queries.withEdns("denied.example.org.", "A", 1232, false))))
                .containsExactly(EdnsOptions.STALE_NAME_ERROR);
        assertThat(message(cache, query("a")).getOPT()).isNull();
    }

    @Test
    void keptFailure_clientWithEdns_isToldSo() {
        Handler cache = expired("");
        upstream.replies(answer(Rcode.SERVFAIL));
        Query query = Queries.withEdns("new.example.org.", "A", 1232, false);

        assertThat(errors(message(cache, query))).isEmpty();
        assertThat(errors(message(cache, query))).containsExactly(EdnsOptions.CACHED_ERROR);
        assertThat(upstream.queries).hasSize(1);
    }

    @Test
    void oldAnswer_shorterTtlConfigured_hasThat() {
        FakeBlock block = new FakeBlock(server, ".:53 {\ncache 10\n}", new CacheStore());
        Handler cache = block.start().chain(upstream);
        fill(cache);
        upstream.replies(query -> TIME_OUT);

        assertThat(ask(cache, "a")).isEqualTo("[a.example.org. 10 IN A 10.0.0.1]");
    }

    /** A cache with two entries whose TTL is over. */
    private Handler expired(String property) {
        FakeBlock block = new FakeBlock(server, ".:53 {\ncache {\n" + property + "\n}\n}", new CacheStore());
        assertThat(block.problems()).isEmpty();
        Handler cache = block.chain(upstream);
        fill(cache);
        return cache;
    }

    private void fill(Handler cache) {
        upstream.replies(query -> answer(Rcode.NOERROR, "ANSWER " + query.qname() + " 60 IN A 10.0.0.1")
                .apply(query));
        cache.handle(query("a"));
        cache.handle(query("b"));
        upstream.queries.clear();
        pass(Duration.ofSeconds(60));
    }

    private void pass(Duration time) {
        server.scheduler().advance(time);
    }

    private static Query query(String label) {
        return Queries.of(label + ".example.org.", "A");
    }

    private static Message message(Handler cache, Query query) {
        return Queries.render(query, cache.handle(query));
    }

    private static String ask(Handler cache, String label) {
        return answers(message(cache, query(label)));
    }

    private static String answers(Message message) {
        return Queries.records(message, Section.ANSWER).toString();
    }

    private static List<Integer> errors(Message message) {
        return message.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                .map(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
                .toList();
    }
}
