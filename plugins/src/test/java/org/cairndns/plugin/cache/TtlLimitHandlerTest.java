package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.plugin.cache.CannedUpstream.answer;

import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.ResponseTtls;
import org.cairndns.wire.Section;
import org.cairndns.wire.Soa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TtlLimitHandlerTest {
    private static final Query QUERY = Queries.of("web.shop.svc.cluster.local.", "A");
    private static final DomainName NAME = QUERY.qname();
    private static final byte[] ADDRESS = {10, 0, 0, 1};

    private final CannedUpstream below = new CannedUpstream();

    @ParameterizedTest(name = "{0}, TTLs {1} and {2}: {3}")
    @CsvSource({
        "cache 30, 5,    5,    5",
        "cache 30, 300,  300,  30",
        "cache 30, 300,  20,   20",
        "cache 30, 0,    300,  5",
        "cache,    9999, 9999, 3600",
    })
    void handle_liveAnswer_hasOneTtlWithinBounds(String directive, int first, int second, int expected) {
        Reply reply = chain(directive, live(first, second)).handle(QUERY);

        assertThat(ResponseTtls.all(((Reply.Answered) reply).response(), expected))
                .isTrue();
    }

    @Test
    void handle_nothingToChange_passesTheReplyItself() {
        Reply reply = new Reply.Answered(live(30, 30));
        below.replies(query -> reply);

        assertThat(chain("cache 30").handle(QUERY)).isSameAs(reply);
    }

    @Test
    void handle_negativeLiveAnswer_hasTheDenialBounds() {
        Soa soa = new Soa(NAME, NAME, 1, 2, 3, 4, 30);
        Response response = new ResponseBuilder(NAME)
                .rcode(Rcode.NXDOMAIN)
                .soa(Section.AUTHORITY, NAME, 300, soa)
                .build();
        Reply reply = chain("cache {\n denial 9 10\n}", response).handle(QUERY);

        assertThat(ResponseTtls.all(((Reply.Answered) reply).response(), 10)).isTrue();
    }

    @Test
    void handle_upstreamAnswer_isLeftToTheStore() {
        below.replies(answer(Rcode.NOERROR, "ANSWER web.shop.svc.cluster.local. 300 IN A 10.0.0.1"));
        Reply reply = chain("cache 30").handle(QUERY);

        assertThat(ResponseTtls.all(((Reply.Answered) reply).response(), 300)).isTrue();
    }

    @Test
    void handle_nameOutsideZones_isLeftAlone() {
        Reply reply = chain("cache 30 example.org", live(300, 300)).handle(QUERY);

        assertThat(ResponseTtls.all(((Reply.Answered) reply).response(), 300)).isTrue();
    }

    @Test
    void handle_replyComesLater_isLimitedThen() {
        Reply.Pending pending = new Reply.Pending();
        below.replies(query -> pending);
        Reply reply = chain("cache 30").handle(QUERY);
        pending.complete(new Reply.Answered(live(300, 300)));

        Response response = ((Reply.Answered) Queries.await(reply)).response();
        assertThat(ResponseTtls.all(response, 30)).isTrue();
    }

    @Test
    void handle_failureOrNoReply_passes() {
        Reply.Failed failed = new Reply.Failed(Rcode.SERVFAIL, "in this test");
        below.replies(query -> failed);
        assertThat(chain("cache").handle(QUERY)).isSameAs(failed);
        below.replies(query -> Reply.Dropped.INSTANCE);
        assertThat(chain("cache").handle(QUERY)).isSameAs(Reply.Dropped.INSTANCE);
    }

    @Test
    void setup_faultyDirective_isReportedOnceByBothParts() {
        FakeBlock block = new FakeBlock(
                new FakeServer(), ".:53 {\ncache {\n success x\n}\n}", new CacheTtlLimits(), new CacheStore());

        assertThat(block.problems()).hasSize(1).first().asString().startsWith("Corefile:3:10: ");
    }

    private Handler chain(String directive, Response response) {
        below.replies(query -> new Reply.Answered(response));
        return chain(directive);
    }

    private Handler chain(String directive) {
        FakeBlock block = new FakeBlock(new FakeServer(), ".:53 {\n" + directive + "\n}", new CacheTtlLimits());
        assertThat(block.problems()).isEmpty();
        return block.chain(below);
    }

    private static Response live(int firstTtl, int secondTtl) {
        return new ResponseBuilder(NAME)
                .address(Section.ANSWER, NAME, firstTtl, ADDRESS)
                .address(Section.ANSWER, NAME, secondTtl, ADDRESS)
                .build();
    }
}
