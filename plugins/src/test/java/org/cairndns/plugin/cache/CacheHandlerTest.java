package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.plugin.cache.CannedUpstream.answer;

import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.QueryReader;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class CacheHandlerTest {
    private static final String A = "ANSWER a.example.org. 300 IN A 10.0.0.1";
    private static final String SOA = "AUTHORITY example.org. 60 IN SOA ns. host. 1 2 3 4 30";
    private static final Query QUERY = Queries.of("a.example.org.", "A");

    private final FakeServer server = new FakeServer();
    private final CannedUpstream upstream = new CannedUpstream();

    @Test
    void handle_secondQuery_isAnsweredFromTheCacheWithTheTtlLeft() {
        Handler cache = cache("cache");
        upstream.replies(answer(Rcode.NOERROR, A));
        cache.handle(QUERY);
        pass(Duration.ofMillis(10_900));

        Message message = ask(cache, QUERY);

        assertThat(upstream.queries).hasSize(1);
        assertThat(answers(message)).isEqualTo("[a.example.org. 290 IN A 10.0.0.1]");
    }

    @Test
    void handle_ttlOver_asksAgain() {
        Handler cache = cache("cache");
        upstream.replies(answer(Rcode.NOERROR, A));
        cache.handle(QUERY);
        pass(Duration.ofSeconds(299));
        cache.handle(QUERY);
        assertThat(upstream.queries).hasSize(1);
        pass(Duration.ofSeconds(1));
        cache.handle(QUERY);

        assertThat(upstream.queries).hasSize(2);
    }

    @Test
    void handle_nameOutsideZones_passesThrough() {
        Handler cache = cache("cache example.com");
        upstream.replies(answer(Rcode.NOERROR, A, "OPT"));
        cache.handle(QUERY);
        Reply reply = cache.handle(QUERY);

        assertThat(upstream.queries).containsExactly(QUERY, QUERY);
        assertThat(((Reply.Answered) reply).response().hasEdns()).isTrue();
    }

    @Test
    void handle_anotherLetterCase_sameEntryAndQuestionAsAsked() {
        Handler cache = cache("cache");
        upstream.replies(answer(Rcode.NOERROR, A));
        cache.handle(QUERY);

        Message message = ask(cache, Queries.of("A.eXample.ORG.", "A"));

        assertThat(upstream.queries).hasSize(1);
        assertThat(message.getQuestion().getName()).hasToString("A.eXample.ORG.");
    }

    @Test
    void handle_otherTypeClassDoOrCd_otherEntry() {
        Handler cache = cache("cache");
        upstream.replies(answer(Rcode.NOERROR));
        cache.handle(QUERY);
        cache.handle(Queries.of("a.example.org.", "AAAA"));
        cache.handle(Queries.ofClass("a.example.org.", "A", DClass.CH));
        cache.handle(Queries.withEdns("a.example.org.", "A", 1232, true));
        cache.handle(flagged(Flags.CD));

        assertThat(upstream.queries).hasSize(5);
    }

    @Test
    void handle_adOfTheQuery_isNotPartOfTheKeyAndAlwaysSetBelow() {
        Handler cache = cache("cache");
        upstream.replies(answer(Rcode.NOERROR, A));
        cache.handle(QUERY);
        cache.handle(flagged(Flags.AD));

        assertThat(upstream.queries).hasSize(1);
        assertThat(upstream.queries.getFirst().authenticData()).isTrue();
    }

    @Test
    void handle_upstreamSaysAd_onlyWhoAskedSeesIt() {
        Handler cache = cache("cache");
        upstream.replies(answer(Rcode.NOERROR, A, "AD"));

        assertThat(ask(cache, QUERY).getHeader().getFlag(Flags.AD)).isFalse();
        assertThat(ask(cache, QUERY).getHeader().getFlag(Flags.AD)).isFalse();
        assertThat(ask(cache, flagged(Flags.AD)).getHeader().getFlag(Flags.AD)).isTrue();
        assertThat(upstream.queries).hasSize(1);
        Query dnssec = Queries.withEdns("a.example.org.", "A", 1232, true);
        assertThat(ask(cache, dnssec).getHeader().getFlag(Flags.AD)).isTrue();
        assertThat(ask(cache, dnssec).getHeader().getFlag(Flags.AD)).isTrue();
    }

    @Test
    void handle_hit_hasAaAndTheUpstreamsRaWhereTheMissHasTheUpstreamsAa() {
        Handler cache = cache("cache");
        upstream.replies(answer(Rcode.NOERROR, A));
        Message miss = ask(cache, QUERY);
        Message hit = ask(cache, QUERY);

        assertThat(miss.getHeader().getFlag(Flags.AA)).isFalse();
        assertThat(hit.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(hit.getHeader().getFlag(Flags.RA)).isTrue();
    }

    @Test
    void handle_severalTtls_allRecordsGetTheSmallestOnTheMissToo() {
        Handler cache = cache("cache");
        upstream.replies(answer(
                Rcode.NOERROR,
                "ANSWER a.example.org. 300 IN CNAME b.example.org.",
                "ANSWER b.example.org. 100 IN A 10.0.0.1",
                "AUTHORITY example.org. 50 IN NS ns.example.org.",
                "ADDITIONAL ns.example.org. 20 IN A 10.0.0.2"));
        Message message = ask(cache, QUERY);

        for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
            assertThat(message.getSection(section)).isNotEmpty().allMatch(rr -> rr.getTTL() == 20);
        }
    }

    @ParameterizedTest(name = "{0}, TTL {1}: {2}")
    @CsvSource({
        "cache,                        0,     5",
        "cache,                        4,     5",
        "cache,                        5,     5",
        "cache,                        3600,  3600",
        "cache,                        90000, 3600",
        "cache 30,                     300,   30",
        "cache 30,                     2,     5",
        "cache 3,                      300,   3",
        "'cache {\n success 9 60 20\n}', 300, 60",
        "'cache {\n success 9 60 20\n}', 10,  20",
        "'cache {\n success 9 60 0\n}',  1,   1",
    })
    void handle_ttlOutsideBounds_isClamped(String directive, int upstreamTtl, int expected) {
        Handler cache = cache(directive);
        upstream.replies(answer(Rcode.NOERROR, "ANSWER a.example.org. " + upstreamTtl + " IN A 10.0.0.1"));

        assertThat(ask(cache, QUERY).getSection(Section.ANSWER).getFirst().getTTL())
                .isEqualTo(expected);
        assertThat(ask(cache, QUERY).getSection(Section.ANSWER).getFirst().getTTL())
                .isEqualTo(expected);
        assertThat(upstream.queries).hasSize(1);
    }

    @Test
    void handle_denialTtl_hasItsOwnBounds() {
        Handler cache = cache("cache {\n denial 9 20\n}");
        upstream.replies(answer(Rcode.NXDOMAIN, SOA));
        Message message = ask(cache, QUERY);

        assertThat(message.getSection(Section.AUTHORITY).getFirst().getTTL()).isEqualTo(20);
        pass(Duration.ofSeconds(19));
        assertThat(ask(cache, QUERY).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(upstream.queries).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    truncated                     | 0 | ANSWER a.example.org. 300 IN A 10.0.0.1;TC
                    alias that does not exist     | 3 | ANSWER a.example.org. 300 IN CNAME b.example.org.;AUTHORITY example.org. 60 IN SOA ns. host. 1 2 3 4 30
                    name error without SOA        | 3 | OPT
                    dangling alias without SOA    | 0 | ANSWER a.example.org. 300 IN CNAME b.example.org.
                    refused                       | 5 | OPT
                    format error                  | 1 | OPT
                    """)
    void handle_uncacheable_isAskedAgainWithTtlAndOptLimited(String what, int rcode, String lines) {
        Handler cache = cache("cache 10");
        upstream.replies(answer(rcode, lines.split(";")));
        Reply first = cache.handle(QUERY);
        cache.handle(QUERY);

        assertThat(upstream.queries).hasSize(2);
        assertThat(((Reply.Answered) first).response().hasEdns()).isFalse();
        Message message = Queries.render(QUERY, first);
        assertThat(message.getSection(Section.ANSWER)).allMatch(rr -> rr.getTTL() <= 10);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    empty answer          | 0 | OPT                                                   | 5
                    delegation            | 0 | AUTHORITY example.org. 300 IN NS ns.example.org.      | 5
                    no data               | 0 | AUTHORITY example.org. 60 IN SOA ns. host. 1 2 3 4 30 | 30
                    no data, lower TTL    | 0 | AUTHORITY example.org. 20 IN SOA ns. host. 1 2 3 4 30 | 20
                    alias without data    | 0 | ANSWER a.example.org. 300 IN CNAME b.example.org.;AUTHORITY example.org. 60 IN SOA ns. host. 1 2 3 4 30 | 30
                    server failure        | 2 | OPT                                                   | 5
                    not implemented       | 4 | OPT                                                   | 5
                    """)
    void handle_cacheableWithoutAnswer_isKeptFor(String what, int rcode, String lines, int seconds) {
        Handler cache = cache("cache");
        upstream.replies(answer(rcode, lines.split(";")));
        cache.handle(QUERY);
        pass(Duration.ofSeconds(seconds - 1));
        Message hit = ask(cache, QUERY);
        assertThat(upstream.queries).hasSize(1);
        assertThat(hit.getRcode()).isEqualTo(rcode);
        pass(Duration.ofSeconds(1));
        cache.handle(QUERY);

        assertThat(upstream.queries).hasSize(2);
    }

    @Test
    void handle_servfailZero_isNotKept() {
        Handler cache = cache("cache {\n servfail 0\n}");
        upstream.replies(answer(Rcode.SERVFAIL));
        cache.handle(QUERY);
        cache.handle(QUERY);

        assertThat(upstream.queries).hasSize(2);
    }

    @Test
    void handle_failureThatIsNoMessage_passesAndIsNotKept() {
        Handler cache = cache("cache");
        Reply.Failed failed = new Reply.Failed(Rcode.SERVFAIL, "no healthy proxies");
        upstream.replies(query -> failed);

        assertThat(cache.handle(QUERY)).isSameAs(failed);
        assertThat(cache.handle(QUERY)).isSameAs(failed);
        assertThat(upstream.queries).hasSize(2);
    }

    @Test
    void handle_answerOfOurOwn_isNeitherKeptNorChanged() {
        Handler cache = cache("cache");
        Response own = new ResponseBuilder(DomainName.of("a.example.org"))
                .txt(org.cairndns.wire.Section.ANSWER, QUERY.qname(), 90_000, "live")
                .build();
        upstream.replies(query -> new Reply.Answered(own));
        cache.handle(QUERY);
        Reply reply = cache.handle(QUERY);

        assertThat(upstream.queries).hasSize(2);
        assertThat(((Reply.Answered) reply).response()).isSameAs(own);
    }

    @Test
    void handle_replyComesLater_isKeptAllTheSame() {
        Handler cache = cache("cache");
        Reply.Pending pending = new Reply.Pending();
        upstream.replies(query -> pending);
        Reply reply = cache.handle(QUERY);
        pending.complete(answer(Rcode.NOERROR, A, "AD").apply(QUERY));

        assertThat(Queries.render(QUERY, Queries.await(reply)).getHeader().getFlag(Flags.AD))
                .isFalse();
        assertThat(answers(ask(cache, QUERY))).isEqualTo("[a.example.org. 300 IN A 10.0.0.1]");
        assertThat(upstream.queries).hasSize(1);
    }

    @Test
    void handle_liveServfailEntry_doesNotHideAnAnswerStoredMeanwhile() {
        Handler cache = cache("cache {\n servfail 1m\n}");
        Reply.Pending slow = new Reply.Pending();
        upstream.replies(query -> slow).then(answer(Rcode.SERVFAIL));
        cache.handle(QUERY);
        // So late that nobody waits for it any more.
        pass(Duration.ofSeconds(11));
        cache.handle(QUERY);
        slow.complete(answer(Rcode.NOERROR, A).apply(QUERY));

        assertThat(ask(cache, QUERY).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(server.metrics("coredns_cache_hits_total"))
                .contains("coredns_cache_hits_total{server=\"dns://:53\",type=\"success\",view=\"\",zones=\".\"} 1.0");
    }

    @Test
    void handle_liveDenial_winsOverAnAnswer() {
        Handler cache = cache("cache");
        Reply.Pending slow = new Reply.Pending();
        upstream.replies(query -> slow).then(answer(Rcode.NXDOMAIN, SOA));
        cache.handle(QUERY);
        // So late that nobody waits for it any more.
        pass(Duration.ofSeconds(11));
        cache.handle(QUERY);
        slow.complete(answer(Rcode.NOERROR, A).apply(QUERY));

        assertThat(ask(cache, QUERY).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @ParameterizedTest(name = "{0}, rcode {1}: asked {2} times")
    @CsvSource({
        "'disable success example.org', 0, 2",
        "'disable success example.com', 0, 1",
        "'disable success', 0, 2",
        "'disable success', 3, 1",
        "'disable denial a.example.org', 3, 2",
        "'disable denial', 0, 1",
    })
    void handle_disabledZone_isNotStored(String property, int rcode, int asked) {
        Handler cache = cache("cache {\n" + property + "\n}");
        upstream.replies(rcode == 0 ? answer(rcode, A) : answer(rcode, SOA));
        cache.handle(QUERY);
        cache.handle(QUERY);

        assertThat(upstream.queries).hasSize(asked);
    }

    @Test
    void handle_keepttl_sendsTheTtlAtStoringTime() {
        Handler cache = cache("cache {\n keepttl\n}");
        upstream.replies(answer(Rcode.NOERROR, A));
        cache.handle(QUERY);
        pass(Duration.ofSeconds(100));

        assertThat(answers(ask(cache, QUERY))).isEqualTo("[a.example.org. 300 IN A 10.0.0.1]");
        pass(Duration.ofSeconds(200));
        cache.handle(QUERY);
        assertThat(upstream.queries).hasSize(2);
    }

    @Test
    void handle_upstreamOpt_neverReachesTheClient() {
        Handler cache = cache("cache");
        upstream.replies(answer(Rcode.NOERROR, A, "OPT"));

        assertThat(((Reply.Answered) cache.handle(QUERY)).response().hasEdns()).isFalse();
        assertThat(((Reply.Answered) cache.handle(QUERY)).response().hasEdns()).isFalse();
    }

    private Handler cache(String directive) {
        FakeBlock block = new FakeBlock(server, ".:53 {\n" + directive + "\n}", new CacheStore());
        assertThat(block.problems()).isEmpty();
        return block.start().chain(upstream);
    }

    private void pass(Duration time) {
        server.scheduler().advance(time);
    }

    private static Message ask(Handler cache, Query query) {
        return Queries.render(query, cache.handle(query));
    }

    private static String answers(Message message) {
        return Queries.records(message, Section.ANSWER).toString();
    }

    private static Query flagged(int flag) {
        try {
            Message message = Message.newQuery(Record.newRecord(Name.fromString("a.example.org."), Type.A, DClass.IN));
            message.getHeader().setFlag(flag);
            return (Query) QueryReader.read(Unpooled.wrappedBuffer(message.toWire()), QUERY.client(), QUERY.listener());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
