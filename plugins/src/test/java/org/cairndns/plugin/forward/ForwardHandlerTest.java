package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.LoopServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/** One query to one well-behaved upstream. */
class ForwardHandlerTest {
    private static final Handler NEXT = query -> new Reply.Failed(Rcode.NOTIMP, "next handler");

    private final LoopServer server = LoopServer.nio(2);
    private final UpstreamDouble upstream = new UpstreamDouble();

    @AfterEach
    void close() throws Exception {
        server.close();
        upstream.close();
    }

    /** Lines of the former names. */
    private List<String> aliases() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExpositionFormats.init()
                .getPrometheusTextFormatWriter()
                .write(out, server.meters().aliases().scrape());
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private Handler forward(String directives) {
        FakeBlock block = new FakeBlock(server, ".:53 {\n" + directives + "\n}", new ForwardPlugin());
        assertThat(block.problems()).isEmpty();
        return block.start().chain(NEXT);
    }

    private Handler forward() {
        return forward("forward . " + upstream.address());
    }

    private Reply ask(Handler handler, Query query) {
        return LoopServer.await(server.ask(handler, query));
    }

    @Test
    void handle_query_isAnsweredByUpstream() {
        Query query = Queries.of("www.example.org.", "A");

        Message response = Queries.render(query, ask(forward(), query));

        assertThat(response.getHeader().getID()).isEqualTo(query.id());
        assertThat(response.getHeader().getFlag(Flags.RA)).isTrue();
        assertThat(response.getHeader().getFlag(Flags.AA)).isFalse();
        assertThat(Queries.records(response, Section.ANSWER)).containsExactly("www.example.org. 60 IN A 10.0.0.1");
        Message asked = upstream.asks().getFirst().query();
        assertThat(asked.getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(asked.getHeader().getFlag(Flags.QR)).isFalse();
        assertThat(asked.getOPT()).isNull();
    }

    @Test
    void handle_responseWithoutRa_saysThatRecursionIsAvailableHere() {
        upstream.does(ask -> {
            Message response = UpstreamDouble.response(ask);
            response.getHeader().unsetFlag(Flags.RA);
            ask.sender().send(response.toWire());
        });
        Query query = Queries.of("www.example.org.", "A");

        assertThat(Queries.render(query, ask(forward(), query)).getHeader().getFlag(Flags.RA))
                .isTrue();
    }

    @Test
    void handle_edns_goesToUpstreamWithSizeThatFitsOurSockets() {
        Handler handler = forward();
        ask(handler, Queries.withEdns("a.example.org.", "A", 1232, true));
        ask(handler, Queries.withEdns("b.example.org.", "A", 65_000, false));

        Message first = upstream.asks().get(0).query();
        Message second = upstream.asks().get(1).query();
        assertThat(first.getOPT().getPayloadSize()).isEqualTo(1232);
        assertThat(first.getOPT().getFlags()).isEqualTo(0x8000);
        assertThat(second.getOPT().getPayloadSize()).isEqualTo(4096);
    }

    @ParameterizedTest
    @CsvSource({
        "forward example.org,                                       www.example.org., true",
        "forward example.org,                                       EXAMPLE.org.,     true",
        "forward example.org,                                       example.com.,     false",
        "forward example.org,                                       badexample.org.,  false",
        "forward . except example.org,                              a.example.org.,   false",
        "forward . except example.org,                              example.org.,     false",
        "forward . except example.org,                              example.com.,     true",
        "forward example.org except example.org,                    example.org.,     true",
        "forward example.org except example.org,                    a.example.org.,   false",
        "forward 10.9.0.0/16,                                       1.0.9.10.in-addr.arpa., true",
        "forward 10.9.0.0/16,                                       1.0.8.10.in-addr.arpa., false",
    })
    void handle_name_isForwardedIfItMatches(String directive, String qname, boolean forwarded) {
        String[] words = directive.split(" except ");
        String block = words.length > 1 ? " {\n except " + words[1] + "\n}" : "";
        Reply reply = ask(forward(words[0] + " " + upstream.address() + block), Queries.of(qname, "A"));

        assertThat(reply instanceof Reply.Answered).isEqualTo(forwarded);
        assertThat(upstream.asks()).hasSize(forwarded ? 1 : 0);
    }

    @Test
    void handle_clientOverTcp_upstreamIsAskedOverTcp() {
        Handler handler = forward();
        ask(handler, Queries.of("a.example.", "A"));
        ask(handler, overTcp("b.example."));

        assertThat(upstream.asks()).extracting(UpstreamDouble.Ask::stream).containsExactly(false, true);
    }

    @Test
    void handle_forceTcp_goesOverTcpAlways() {
        Handler handler = forward("forward . " + upstream.address() + " {\n force_tcp\n prefer_udp\n}");
        ask(handler, Queries.of("a.example.", "A"));
        ask(handler, overTcp("b.example."));

        assertThat(upstream.asks()).extracting(UpstreamDouble.Ask::stream).containsExactly(true, true);
    }

    @Test
    void handle_preferUdp_goesOverUdpAlways() {
        Handler handler = forward("forward . " + upstream.address() + " {\n prefer_udp\n}");
        ask(handler, Queries.of("a.example.", "A"));
        ask(handler, overTcp("b.example."));

        assertThat(upstream.asks()).extracting(UpstreamDouble.Ask::stream).containsExactly(false, false);
    }

    @Test
    void handle_truncatedOverUdp_clientIsToldSo() {
        upstream.does(UpstreamDouble.truncated());
        Query query = Queries.of("a.example.", "A");

        Message response = Queries.render(query, ask(forward(), query));

        assertThat(response.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(upstream.asks()).hasSize(1);
    }

    @Test
    void handle_truncatedWithPreferUdp_isAskedAgainOverTcp() {
        upstream.does(
                ask -> (ask.stream() ? UpstreamDouble.address("10.0.0.2") : UpstreamDouble.truncated()).answer(ask));
        Query query = Queries.of("a.example.", "A");
        Reply reply = ask(forward("forward . " + upstream.address() + " {\n prefer_udp\n}"), query);

        Message response = Queries.render(query, reply);
        assertThat(response.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(Queries.records(response, Section.ANSWER)).containsExactly("a.example. 60 IN A 10.0.0.2");
        assertThat(upstream.asks()).extracting(UpstreamDouble.Ask::stream).containsExactly(false, true);
    }

    @Test
    void handle_fromThreadOutsideTheLoops_isAnsweredToo() {
        CompletableFuture<Reply> reply = new CompletableFuture<>();

        ((Reply.Pending) forward().handle(Queries.of("a.example.", "A"))).whenDone(reply::complete);

        assertThat(LoopServer.await(reply)).isInstanceOf(Reply.Answered.class);
    }

    @Test
    void handle_moreThanMaxConcurrent_isRefusedUntilOneEnds() throws Exception {
        List<UpstreamDouble.Ask> held = new ArrayList<>();
        CompletableFuture<Void> bothCame = new CompletableFuture<>();
        upstream.does(ask -> {
            held.add(ask);
            if (held.size() == 2) {
                bothCame.complete(null);
            }
        });
        Handler handler = forward("forward . " + upstream.address() + " {\n max_concurrent 2\n}");
        CompletableFuture<Reply> first = server.ask(handler, Queries.of("a.example.", "A"));
        CompletableFuture<Reply> second = server.ask(handler, Queries.of("b.example.", "A"));
        bothCame.get();

        assertThat(ask(handler, Queries.of("c.example.", "A")))
                .isEqualTo(new Reply.Failed(Rcode.REFUSED, "concurrent queries exceeded maximum 2"));
        assertThat(server.metrics("max_concurrent_rejects"))
                .containsExactly("coredns_forward_max_concurrent_rejects_total 1.0");

        upstream.does(UpstreamDouble.address("10.0.0.1"));
        for (UpstreamDouble.Ask ask : held) {
            UpstreamDouble.address("10.0.0.1").answer(ask);
        }
        LoopServer.await(first);
        LoopServer.await(second);
        assertThat(ask(handler, Queries.of("d.example.", "A"))).isInstanceOf(Reply.Answered.class);
    }

    @Test
    void handle_manyQueries_portsAndIdsAreScattered() {
        Handler handler = forward();
        Set<Integer> ports = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            ask(handler, Queries.of("q" + i + ".example.", "A"));
        }
        upstream.asks().forEach(ask -> {
            ports.add(ask.sourcePort());
            ids.add(ask.query().getHeader().getID());
        });

        assertThat(ports).hasSize(8);
        assertThat(ids).hasSizeGreaterThan(190);
        // Ids of a counter would lie within 200 of one another.
        assertThat(ids.stream().max(Integer::compare).orElseThrow()
                        - ids.stream().min(Integer::compare).orElseThrow())
                .isGreaterThan(30_000);
    }

    @Test
    void handle_queriesOnBothLoops_metricsSumThem() throws IOException {
        Handler handler = forward();
        for (int i = 0; i < 12; i++) {
            ask(handler, Queries.of("q" + i + ".example.", "A"));
        }
        upstream.does(UpstreamDouble.rcode(3));
        ask(handler, overTcp("none.example."));

        String to = "proxy_name=\"forward\"";
        String address = "to=\"" + upstream.address() + "\"";
        assertThat(server.metrics("coredns_proxy_request_duration_seconds_count"))
                .containsExactlyInAnyOrder(
                        "coredns_proxy_request_duration_seconds_count{" + to + ",rcode=\"NOERROR\"," + address + "} 12",
                        "coredns_proxy_request_duration_seconds_count{" + to + ",rcode=\"NXDOMAIN\"," + address
                                + "} 1");
        assertThat(server.metrics("coredns_proxy_conn_cache"))
                .containsExactlyInAnyOrder(
                        "coredns_proxy_conn_cache_hits_total{proto=\"udp\"," + to + "," + address + "} 4.0",
                        "coredns_proxy_conn_cache_misses_total{proto=\"udp\"," + to + "," + address + "} 8.0",
                        "coredns_proxy_conn_cache_misses_total{proto=\"tcp\"," + to + "," + address + "} 1.0");
        assertThat(server.metrics("coredns_forward_"))
                .containsExactlyInAnyOrder(
                        "coredns_forward_healthcheck_broken_total 0.0",
                        "coredns_forward_max_concurrent_rejects_total 0.0");
        assertThat(aliases())
                .contains(
                        "coredns_forward_requests_total{" + address + "} 13.0",
                        "coredns_forward_responses_total{rcode=\"NOERROR\"," + address + "} 12.0",
                        "coredns_forward_responses_total{rcode=\"NXDOMAIN\"," + address + "} 1.0",
                        "coredns_forward_request_duration_seconds_count{rcode=\"NOERROR\"," + address + "} 12",
                        "coredns_forward_conn_cache_hits_total{proto=\"udp\"," + address + "} 4.0",
                        "coredns_forward_conn_cache_misses_total{proto=\"tcp\"," + address + "} 1.0");
        assertThat(server.metrics("request_duration_seconds_bucket{"))
                .hasSize(2 * 17)
                .anySatisfy(line -> assertThat(line).contains("le=\"8.192\""));
    }

    @Test
    void handle_severalForwards_eachTakesItsNames() throws Exception {
        try (UpstreamDouble other = new UpstreamDouble()) {
            Handler handler =
                    forward("forward example.org " + other.address() + "\nforward example.com " + upstream.address());

            ask(handler, Queries.of("a.example.com.", "A"));
            ask(handler, Queries.of("a.example.org.", "A"));

            assertThat(other.asks()).extracting(UpstreamDouble.Ask::qname).containsExactly("a.example.org.");
            assertThat(upstream.asks()).extracting(UpstreamDouble.Ask::qname).containsExactly("a.example.com.");
            assertThat(ask(handler, Queries.of("a.example.net.", "A")))
                    .isEqualTo(new Reply.Failed(Rcode.NOTIMP, "next handler"));
        }
    }

    @Test
    void handle_afterStop_goesOnAndLeavesNothingOpen() throws Exception {
        FakeBlock block = new FakeBlock(server, ".:53 {\nforward . " + upstream.address() + "\n}", new ForwardPlugin());
        Handler handler = block.start().chain(NEXT);
        ask(handler, overTcp("a.example."));
        block.stop();

        assertThat(ask(handler, overTcp("b.example."))).isInstanceOf(Reply.Answered.class);
        Await.until("connections are closed", () -> upstream.connected() == 0);
    }

    private static Query overTcp(String qname) {
        return Queries.of(qname, "A").withListener(Queries.TCP);
    }
}
