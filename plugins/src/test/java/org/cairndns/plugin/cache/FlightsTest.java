package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairndns.plugin.cache.CannedUpstream.answer;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;

/** Equal questions that come while the upstream is still thinking. */
class FlightsTest {
    private static final String A = "ANSWER a.example.org. 300 IN A 10.0.0.1";
    private static final Query QUERY = Queries.of("a.example.org.", "A");
    private static final Function<Query, Reply> FOUND = answer(Rcode.NOERROR, A);

    private final FakeServer server = new FakeServer();
    private final CannedUpstream upstream = new CannedUpstream();
    private final List<Reply.Pending> underWay = new ArrayList<>();
    private final Handler cache = cache("cache");

    @Test
    void handle_hundredEqualQueries_oneGoesUpAndAllAreAnswered() {
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            replies.add(cache.handle(QUERY));
        }
        assertThat(upstream.queries).hasSize(1);
        land(FOUND);

        assertThat(replies)
                .allSatisfy(reply -> assertThat(address(QUERY, reply)).isEqualTo("10.0.0.1"));
        assertThat(count("cairn_cache_coalesced_total")).isEqualTo(99);
        assertThat(count("coredns_cache_misses_total")).isEqualTo(100);
    }

    @Test
    void handle_otherLetterCase_waitsAndGetsTheCaseOfItsOwn() {
        Query upper = Queries.of("A.EXAMPLE.org.", "A");
        Reply first = cache.handle(QUERY);
        Reply second = cache.handle(upper);
        land(FOUND);

        assertThat(upstream.queries).hasSize(1);
        assertThat(owner(QUERY, first)).isEqualTo("a.example.org.");
        assertThat(owner(upper, second)).isEqualTo("A.EXAMPLE.org.");
    }

    @Test
    void handle_otherTypeOrDo_goesOnItsOwn() {
        cache.handle(QUERY);
        cache.handle(Queries.of("a.example.org.", "AAAA"));
        cache.handle(Queries.withEdns("a.example.org.", "A", 1232, true));

        assertThat(upstream.queries).hasSize(3);
    }

    @Test
    void handle_otherEdnsAndTransport_takeWhatTheCacheKeeps() {
        cache.handle(QUERY);
        Query edns = Queries.withEdns("a.example.org.", "A", 1232, false);
        Reply ofEdns = cache.handle(edns);
        Reply ofTcp = cache.handle(QUERY.withListener(Queries.TCP));
        land(FOUND);

        assertThat(upstream.queries).hasSize(1);
        assertThat(address(edns, ofEdns)).isEqualTo("10.0.0.1");
        assertThat(address(QUERY, ofTcp)).isEqualTo("10.0.0.1");
    }

    @Test
    void handle_replyThatIsNotKept_isForEqualMessagesOnly() {
        Reply first = cache.handle(QUERY);
        Reply equal = cache.handle(QUERY);
        Reply overTcp = cache.handle(QUERY.withListener(Queries.TCP));
        land(answer(Rcode.NOERROR, A, "TC"));

        assertThat(Queries.render(QUERY, Queries.await(first)).getHeader().getFlag(org.xbill.DNS.Flags.TC))
                .isTrue();
        assertThat(Queries.render(QUERY, Queries.await(equal)).getHeader().getFlag(org.xbill.DNS.Flags.TC))
                .isTrue();
        assertThat(upstream.queries).hasSize(2);
        land(FOUND);
        assertThat(address(QUERY, overTcp)).isEqualTo("10.0.0.1");
    }

    @Test
    void handle_failure_isToldToAllAndForgotten() {
        Reply first = cache.handle(QUERY);
        Reply second = cache.handle(QUERY);
        Reply.Failed failed = new Reply.Failed(Rcode.SERVFAIL, "no upstream");
        land(query -> failed);

        assertThat(Queries.await(first)).isSameAs(failed);
        assertThat(Queries.await(second)).isSameAs(failed);
        cache.handle(QUERY);
        assertThat(upstream.queries).hasSize(2);
    }

    @Test
    void handle_replyThatIsNoUpstreams_isForOneClientAlone() {
        cache.handle(QUERY);
        cache.handle(QUERY);
        land(query -> new Reply.Answered(new ResponseBuilder(DomainName.of("a.example.org"))
                .txt(Section.ANSWER, query.qname(), 5, "you are alone")
                .build()));

        assertThat(upstream.queries).hasSize(2);
    }

    @Test
    void handle_handlerThrows_waitersFailToo() {
        List<Reply> waiters = new ArrayList<>();
        upstream.replies(query -> {
            upstream.replies(again -> pending());
            waiters.add(cache.handle(QUERY));
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(() -> cache.handle(QUERY)).hasMessage("broken");
        assertThat(Queries.await(waiters.getFirst())).isInstanceOf(Reply.Failed.class);
        cache.handle(QUERY);
        assertThat(upstream.queries).hasSize(2);
    }

    @Test
    void handle_queryOfTheLoopProbe_passesEachTime() {
        Query probe = Queries.of("1.2.example.org.", "HINFO");
        cache.handle(probe);
        cache.handle(probe);

        assertThat(upstream.queries).hasSize(2);
    }

    @Test
    void handle_moreWaitersThanAllowed_failAtOnce() {
        cache.handle(QUERY);
        int waiting = 0;
        for (int i = 0; i < 3 * Flights.MAX_WAITERS_PER_QUESTION; i++) {
            waiting += cache.handle(from(i % 100, "a")) instanceof Reply.Pending ? 1 : 0;
        }

        assertThat(waiting).isBetween(Flights.MAX_WAITERS_PER_QUESTION * 9 / 10, Flights.MAX_WAITERS_PER_QUESTION);
        assertThat(upstream.queries).hasSize(1);
    }

    @Test
    void handle_oneClientAsksForOneNameAgainAndAgain_othersMayWaitToo() {
        cache.handle(QUERY);
        int waiting = 0;
        for (int i = 0; i < 2 * Flights.MAX_WAITERS_PER_QUESTION; i++) {
            waiting += cache.handle(from(1, "a")) instanceof Reply.Pending ? 1 : 0;
        }
        assertThat(waiting).isBetween(1_999, 2_001);

        for (int client = 2; client < 102; client++) {
            assertThat(cache.handle(from(client, "a"))).isInstanceOf(Reply.Pending.class);
        }
    }

    @Test
    void handle_oneClientAsksForManyNamesAgainAndAgain_othersMayWaitToo() {
        int waiting = 0;
        for (int i = 0; i < 2 * server.memory().waiting(); i++) {
            waiting += cache.handle(from(1, "n" + i % 100)) instanceof Reply.Pending ? 1 : 0;
        }
        assertThat(waiting - 100).isBetween(9_999, 10_001);

        for (int client = 2; client < 102; client++) {
            assertThat(cache.handle(from(client, "n" + client % 100))).isInstanceOf(Reply.Pending.class);
        }
    }

    private static Query from(int client, String label) {
        InetSocketAddress address = new InetSocketAddress("10.0.0." + client, 4000);
        return Queries.of(label + ".example.org.", "A", address, Queries.UDP);
    }

    @Test
    void ask_replyLostBelow_isAskedForAgainAfterTenSeconds() {
        cache.handle(QUERY);
        server.scheduler().advance(Duration.ofSeconds(10));
        cache.handle(QUERY);
        assertThat(upstream.queries).hasSize(1);
        server.scheduler().advance(Duration.ofSeconds(1));
        cache.handle(QUERY);

        assertThat(upstream.queries).hasSize(2);
    }

    @Test
    void ask_allLanded_nothingIsLeft() {
        WaitingPlaces places = new WaitingPlaces(10, 4711);
        Flights flights = new Flights(upstream, server::nanoTime, places);
        io.prometheus.metrics.core.metrics.Counter coalesced = server.meters().counter("test_total", "Of this test.");
        for (String name : List.of("a.example.", "a.example.", "b.example.")) {
            Query query = Queries.of(name, "A");
            flights.ask(query, CacheKey.of(query), coalesced, landed -> new Reply.Failed(Rcode.SERVFAIL, ""));
        }
        assertThat(flights.size()).isEqualTo(2);
        assertThat(places.taken()).isEqualTo(1);
        land(FOUND);
        land(FOUND);

        assertThat(flights.size()).isZero();
        assertThat(places.taken()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"immediate", "verify"})
    void handle_staleEntry_oneQueryRefreshesIt(String way) {
        Handler stale = cache("cache {\n serve_stale 1h " + way + "\n}");
        stale.handle(QUERY);
        land(FOUND);
        server.scheduler().advance(Duration.ofSeconds(301));
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            replies.add(stale.handle(QUERY));
        }
        assertThat(upstream.queries).hasSize(2);
        land(answer(Rcode.NOERROR, "ANSWER a.example.org. 300 IN A 10.0.0.2"));

        String expected = way.equals("verify") ? "10.0.0.2" : "10.0.0.1";
        assertThat(replies)
                .allSatisfy(reply -> assertThat(address(QUERY, reply)).isEqualTo(expected));
    }

    @Test
    void handle_refreshUnderWayWhenTheEntryExpires_missesWaitForIt() {
        Handler prefetching = cache("cache {\n prefetch 1 1h 90%\n}");
        prefetching.handle(QUERY);
        land(FOUND);
        server.scheduler().advance(Duration.ofSeconds(299));
        prefetching.handle(QUERY);
        server.scheduler().advance(Duration.ofSeconds(2));
        Reply late = prefetching.handle(QUERY);
        assertThat(upstream.queries).hasSize(2);
        land(FOUND);

        assertThat(address(QUERY, late)).isEqualTo("10.0.0.1");
    }

    private Handler cache(String directive) {
        upstream.replies(query -> pending());
        FakeBlock block = new FakeBlock(server, ".:53 {\n" + directive + "\n}", new CacheStore());
        assertThat(block.problems()).isEmpty();
        return block.start().chain(upstream);
    }

    private Reply pending() {
        Reply.Pending pending = new Reply.Pending();
        underWay.add(pending);
        return pending;
    }

    /** The reply to what went up first comes. */
    private void land(Function<Query, Reply> reply) {
        int number = upstream.queries.size() - underWay.size();
        underWay.removeFirst().complete(reply.apply(upstream.queries.get(number)));
    }

    private double count(String metric) {
        String line = server.metrics(metric).getFirst();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static String address(Query query, Reply reply) {
        return answered(query, reply).rdataToString();
    }

    private static String owner(Query query, Reply reply) {
        return answered(query, reply).getName().toString();
    }

    private static org.xbill.DNS.Record answered(Query query, Reply reply) {
        Message message = Queries.render(query, Queries.await(reply));
        return message.getSection(org.xbill.DNS.Section.ANSWER).getFirst();
    }
}
