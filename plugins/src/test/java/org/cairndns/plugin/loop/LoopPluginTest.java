package org.cairndns.plugin.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.Upstreams;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopPluginTest {
    private static final Reply NXDOMAIN = new Reply.Answered(Response.bare(Rcode.NXDOMAIN));
    private static final InetSocketAddress ROUTER = address("192.0.2.1", 53);
    private static final InetSocketAddress OTHER = address("192.0.2.2", 53);

    private final FakeServer server = new FakeServer();
    private final FakeUpstreams upstreams = new FakeUpstreams();
    private final List<Sent> sent = new ArrayList<>();
    private final Map<InetSocketAddress, Integer> rcodes = new HashMap<>();
    private final List<String> ends = new ArrayList<>();
    private final LogCapture log = new LogCapture();
    private int open;
    private long number;

    LoopPluginTest() {
        server.failing(ends::add);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private record Sent(InetSocketAddress upstream, Query query) {}

    /** Upstreams that the directive is told of. */
    private static final class FakeUpstreams implements Upstreams {
        private List<InetSocketAddress> addresses = List.of(ROUTER);
        private DomainName zone = DomainName.ROOT;
        private final List<InetSocketAddress> out = new ArrayList<>();

        @Override
        public List<InetSocketAddress> addresses() {
            return addresses;
        }

        @Override
        public DomainName zoneOf(InetSocketAddress address) {
            return zone;
        }

        @Override
        public void holdOut(InetSocketAddress address, String reason) {
            assertThat(reason).isEqualTo("leads back to this server");
            out.add(address);
        }

        @Override
        public void takeBack(InetSocketAddress address) {
            out.remove(address);
        }
    }

    /** A socket whose upstream answers by {@link #rcodes}, if at all. */
    private LoopProbe.Socket socket(Query query, int id) {
        open++;
        return new LoopProbe.Socket() {
            private final List<InetSocketAddress> asked = new ArrayList<>();
            private boolean closed;

            @Override
            public void send(InetSocketAddress upstream) {
                asked.add(upstream);
                sent.add(new Sent(upstream, query));
            }

            @Override
            public int rcode() {
                return asked.isEmpty() ? NONE : rcodes.getOrDefault(asked.getFirst(), NONE);
            }

            @Override
            public void close() {
                open -= closed ? 0 : 1;
                closed = true;
            }
        };
    }

    private static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    private FakeBlock block(String corefile) {
        FakeBlock block = new FakeBlock(server, corefile + "\n", new LoopPlugin(() -> ++number << 2, this::socket));
        block.settings().offer(Upstreams.class, upstreams);
        return block;
    }

    private Handler start(String corefile) {
        return block(corefile).start().chain(query -> NXDOMAIN);
    }

    private Reply comesBack(Handler chain) {
        Query probe = sent.getLast().query();
        return chain.handle(Query.of(probe.qname(), probe.qtype(), address("192.0.2.1", 55_953), Queries.UDP));
    }

    private static int rcode(Reply reply) {
        return ((Reply.Answered) reply).response().rcode();
    }

    private void advance(long seconds) {
        server.scheduler().advance(Duration.ofSeconds(seconds));
    }

    private List<String> conditions() {
        return server.metrics("cairn_condition{").stream()
                .filter(line -> line.endsWith(" 1.0"))
                .toList();
    }

    @Test
    void start_noLoop_oneHinfoProbePerUpstreamAndOneMoreInFiveMinutes() {
        upstreams.addresses = List.of(ROUTER, OTHER);
        rcodes.put(ROUTER, Rcode.NXDOMAIN);
        rcodes.put(OTHER, Rcode.NXDOMAIN);
        start(". {\nloop\n}");

        advance(60);

        assertThat(sent).extracting(Sent::upstream).containsExactly(ROUTER, OTHER);
        assertThat(sent).allMatch(each -> each.query().qtype() == RecordType.HINFO);
        assertThat(sent.getFirst().query().qname().toString()).matches("[0-9]+\\.[0-9]+\\.");
        assertThat(open).isZero();

        advance(300);

        assertThat(sent).hasSize(4);
        assertThat(sent.getLast().query().qname())
                .isNotEqualTo(sent.get(1).query().qname());
        assertThat(upstreams.out).isEmpty();
    }

    @Test
    void probe_isForANameThatTheUpstreamIsAskedFor() {
        upstreams.zone = DomainName.of("b.example.org.");
        start("example.org example.net {\nloop\n}");
        advance(1);
        assertThat(sent.getLast().query().qname().toString()).endsWith(".b.example.org.");

        upstreams.zone = DomainName.ROOT;
        upstreams.addresses = List.of(OTHER);
        advance(1);
        assertThat(sent.getLast().query().qname().toString()).endsWith(".example.org.");
    }

    @Test
    void probeComesBack_thatUpstreamIsLeftOutUntilItAnswersForItself() {
        Handler chain = start(". {\nloop\n}");
        advance(1);

        assertThat(rcode(comesBack(chain))).isEqualTo(Rcode.SERVFAIL);
        assertThat(rcode(comesBack(chain))).isEqualTo(Rcode.SERVFAIL);

        assertThat(upstreams.out).containsExactly(ROUTER);
        assertThat(conditions())
                .containsExactly("cairn_condition{condition=\"upstream_loops\",subject=\"192.0.2.1:53\"} 1.0");
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARNING plugin/loop: upstream 192.0.2.1:53 is left out. Loop (192.0.2.1:55953 -> :53)"
                        + " detected for zone \".\", see https://coredns.io/plugins/loop#troubleshooting. Query:"
                        + " \"HINFO ")
                .contains("Remedy: ", "forward", "/etc/resolv.conf");

        // The failure that came of it says nothing.
        rcodes.put(ROUTER, Rcode.SERVFAIL);
        advance(60);
        assertThat(upstreams.out).containsExactly(ROUTER);

        rcodes.put(ROUTER, Rcode.NXDOMAIN);
        advance(20);
        assertThat(upstreams.out).isEmpty();
        assertThat(conditions()).isEmpty();
        assertThat(log.lines()).hasSize(2).last().asString().contains("no longer leads back, it is asked again");
        assertThat(ends).isEmpty();
    }

    @Test
    void probeComesBack_strictProcess_ends() {
        server.strict(true);
        Handler chain = start(". {\nloop\n}");
        advance(1);

        assertThat(rcode(comesBack(chain))).isEqualTo(Rcode.SERVFAIL);
        comesBack(chain);

        assertThat(ends)
                .singleElement()
                .asString()
                .startsWith("plugin/loop: Loop (192.0.2.1:55953 -> :53) detected for zone \".\", see");
        assertThat(upstreams.out).isEmpty();
    }

    @Test
    void otherQueries_passUntouched() {
        Handler chain = start(". {\nloop\n}");
        advance(1);

        assertThat(chain.handle(Queries.of("7.8.", "HINFO"))).isSameAs(NXDOMAIN);
        assertThat(chain.handle(Queries.of(sent.getLast().query().qname().toString(), "A")))
                .isSameAs(NXDOMAIN);
        assertThat(upstreams.out).isEmpty();
    }

    @Test
    void upstreamSilent_isAskedSixTimesThenAgainInFiveMinutes() {
        start(". {\nloop\n}");

        advance(290);
        assertThat(sent).hasSize(6);
        assertThat(open).isZero();

        advance(20);
        assertThat(sent.size()).isGreaterThan(6);
    }

    @Test
    void newUpstream_isProbedWithinASecond() {
        rcodes.put(ROUTER, Rcode.NXDOMAIN);
        start(". {\nloop\n}");
        advance(30);

        upstreams.addresses = List.of(ROUTER, OTHER);
        advance(1);

        assertThat(sent).extracting(Sent::upstream).containsExactly(ROUTER, OTHER);
    }

    @Test
    void upstreamGone_itsConditionIsToo() {
        Handler chain = start(". {\nloop\n}");
        advance(1);
        comesBack(chain);

        upstreams.addresses = List.of();
        advance(1);

        assertThat(conditions()).isEmpty();
        assertThat(open).isZero();
    }

    @Test
    void stop_nothingIsAskedAndNothingStaysOpen() {
        FakeBlock block = block(". {\nloop\n}");
        Handler chain = block.start().chain(query -> NXDOMAIN);
        advance(1);
        comesBack(chain);
        int asked = sent.size();

        block.stop();
        advance(60);

        assertThat(sent).hasSize(asked);
        assertThat(open).isZero();
        assertThat(conditions()).isEmpty();
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
}
