package org.cairndns.plugin.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopPluginTest {
    private static final Reply NXDOMAIN = new Reply.Answered(Response.bare(Rcode.NXDOMAIN));
    private static final Reply FAILED = new Reply.Failed(Rcode.SERVFAIL, "no upstream");
    private static final InetSocketAddress UPSTREAM = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 55_953);

    private final FakeServer server = new FakeServer();
    private final List<Query> probes = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();

    LoopPluginTest() {
        server.failing(ends::add);
    }

    @Test
    void start_noLoop_oneHinfoProbeOfTwoRandomLabels() {
        start(block(". {\nloop\n}"), query -> NXDOMAIN);
        server.scheduler().advance(Duration.ofMinutes(1));

        assertThat(probes).hasSize(1);
        assertThat(probes.getFirst().qtype()).isEqualTo(RecordType.HINFO);
        assertThat(probes.getFirst().qname()).hasToString("3074457345618258602.3074457345618258602.");
        assertThat(probes.getFirst().listener().server()).isEqualTo("dns://:53");
        assertThat(probes.getFirst().depth()).isZero();
        assertThat(server.scheduler().waiting()).isZero();
        assertThat(ends).isEmpty();
    }

    @Test
    void start_severalZones_probesTheFirst() {
        start(block("example.org example.net {\nloop\n}"), query -> NXDOMAIN);
        server.scheduler().advance(Duration.ofSeconds(1));

        assertThat(probes.getFirst().qname()).hasToString("3074457345618258602.3074457345618258602.example.org.");
    }

    @Test
    void handle_probeComesBack_endsTheProcessWithTheReasonOnce() {
        AtomicReference<Handler> chain = new AtomicReference<>();
        // An upstream that asks this server again, until it gets an error.
        Handler upstream = query -> chain.get().handle(clientQuery(query));
        chain.set(start(block(". {\nloop\n}"), upstream));

        server.scheduler().advance(Duration.ofMillis(100));

        assertThat(ends)
                .singleElement()
                .asString()
                .startsWith("plugin/loop: Loop (127.0.0.1:55953 -> :53) detected for zone \".\", see"
                        + " https://coredns.io/plugins/loop#troubleshooting. Query: \"HINFO"
                        + " 3074457345618258602.3074457345618258602.\". Remedy: ")
                .contains("forward", "/etc/resolv.conf");
    }

    @Test
    void handle_probeSeenTwice_isNoLoopYet() {
        Handler chain = start(block(". {\nloop\n}"), query -> new Reply.Pending());
        server.scheduler().advance(Duration.ofMillis(100));
        chain.handle(clientQuery(probes.getFirst()));
        assertThat(ends).isEmpty();

        Reply third = chain.handle(clientQuery(probes.getFirst()));

        assertThat(ends).hasSize(1);
        assertThat(third).isEqualTo(new Reply.Failed(Rcode.SERVFAIL, "forwarding loop"));
    }

    @Test
    void handle_otherQueries_passUntouched() {
        Handler chain = start(block(". {\nloop\n}"), query -> NXDOMAIN);
        server.scheduler().advance(Duration.ofSeconds(3));

        for (int i = 0; i < 5; i++) {
            assertThat(chain.handle(clientQuery(probes.getFirst())))
                    .as("the check is over")
                    .isSameAs(NXDOMAIN);
            assertThat(chain.handle(Queries.of("1.2.", "HINFO"))).isSameAs(NXDOMAIN);
            assertThat(chain.handle(Queries.of("3074457345618258602.3074457345618258602.", "A")))
                    .isSameAs(NXDOMAIN);
        }
        assertThat(ends).isEmpty();
    }

    @Test
    void probe_upstreamFails_isRetriedEachSecondForHalfAMinute() {
        start(block(". {\nloop\n}"), query -> FAILED);

        server.scheduler().advance(Duration.ofMinutes(1));

        assertThat(probes).hasSize(30);
        assertThat(server.scheduler().waiting()).isZero();
        assertThat(ends).isEmpty();
    }

    @Test
    void probe_noReply_isRetriedAndCountsAnew() {
        List<Reply.Pending> late = new ArrayList<>();
        Handler chain = start(block(". {\nloop\n}"), query -> {
            late.add(new Reply.Pending());
            return late.getLast();
        });
        server.scheduler().advance(Duration.ofMillis(100));
        chain.handle(clientQuery(probes.getFirst()));
        server.scheduler().advance(LoopProbe.PATIENCE.plus(LoopProbe.PAUSE));
        assertThat(probes).hasSize(2);

        chain.handle(clientQuery(probes.getFirst()));
        assertThat(ends).as("seen twice in this attempt").isEmpty();
        late.getFirst().complete(NXDOMAIN);
        assertThat(server.scheduler().waiting())
                .as("a late reply to the first attempt")
                .isEqualTo(1);
        late.get(2).complete(NXDOMAIN);
        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void probe_anotherConfigurationAnswers_isRetriedUntilTheHandlerSeesIt() {
        FakeBlock block = block(". {\nloop\n}");
        Handler chain = block.chain(query -> NXDOMAIN);
        List<Query> seen = new ArrayList<>();
        block.resolver(query -> {
            seen.add(query);
            return seen.size() < 3 ? NXDOMAIN : chain.handle(query);
        });
        block.start();

        server.scheduler().advance(Duration.ofSeconds(20));

        assertThat(seen).hasSize(3);
    }

    @Test
    void stop_whileProbing_asksNoMore() {
        FakeBlock block = block(". {\nloop\n}");
        start(block, query -> FAILED);
        server.scheduler().advance(Duration.ofSeconds(3));
        int asked = probes.size();

        block.stop();
        server.scheduler().advance(Duration.ofSeconds(10));

        assertThat(probes).hasSize(asked);
        assertThat(server.scheduler().waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'loop 5s', 2:6, wrong number of arguments for 'loop'",
        "'loop {;}', 2:1, unexpected block",
        "'loop;loop', 3:1, 'loop' given twice",
    })
    void setup_badValue_isReportedAtItsPlace(String directive, String position, String message) {
        assertThat(block(". {\n" + directive.replace(';', '\n') + "\n}").problems())
                .singleElement()
                .asString()
                .startsWith("Corefile:" + position + ": ")
                .contains(message);
    }

    /** Starts the block with a last handler; inner look-ups go through its chain. */
    private Handler start(FakeBlock block, Handler last) {
        Handler chain = block.chain(last);
        block.resolver(query -> {
            probes.add(query);
            return chain.handle(query);
        });
        block.start();
        return chain;
    }

    private static Query clientQuery(Query probe) {
        return Query.of(probe.qname(), probe.qtype(), UPSTREAM, Queries.UDP);
    }

    private FakeBlock block(String corefile) {
        return new FakeBlock(
                server, corefile + "\n", new LoopPlugin(() -> 0xaaaa_aaaa_aaaa_aaaaL, process -> Runnable::run));
    }
}
