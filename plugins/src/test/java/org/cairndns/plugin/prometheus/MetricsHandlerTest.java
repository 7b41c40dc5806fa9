package org.cairndns.plugin.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.ListedStream;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.junit.jupiter.api.Test;

class MetricsHandlerTest {
    private static final String BLOCK = "server=\"dns://:53\",view=\"inside\",zone=\"cluster.local.\"";

    private final FakeServer server = new FakeServer();

    @Test
    void handle_answeredQuery_everyMetricWithCoreDnsNamesAndLabels() {
        Handler handler = handler(query -> {
            server.scheduler().pass(Duration.ofMillis(3));
            return answer(query);
        });

        handler.handle(Queries.withEdns("web.shop.svc.cluster.local.", "A", 1_232, true));

        assertThat(server.metrics("coredns_dns_"))
                .contains(
                        "coredns_dns_requests_total{family=\"1\",proto=\"udp\",server=\"dns://:53\",type=\"A\",view=\"inside\",zone=\"cluster.local.\"} 1.0",
                        "coredns_dns_do_requests_total{" + BLOCK + "} 1.0",
                        "coredns_dns_responses_total{plugin=\"errors\",rcode=\"NOERROR\"," + BLOCK + "} 1.0",
                        "coredns_dns_request_size_bytes_count{proto=\"udp\"," + BLOCK + "} 1",
                        // 12 header, 28 name, 4 type and class, 11 OPT
                        "coredns_dns_request_size_bytes_sum{proto=\"udp\"," + BLOCK + "} 55.0",
                        // no OPT yet, 16 octets of one address record
                        "coredns_dns_response_size_bytes_sum{proto=\"udp\"," + BLOCK + "} 60.0",
                        "coredns_dns_request_duration_seconds_count{" + BLOCK + "} 1",
                        "coredns_dns_request_duration_seconds_sum{" + BLOCK + "} 0.003");
    }

    @Test
    void repetition_again_countsAllThatTheFirstResponseDid() {
        int[] ttls = {30, 29, Repetition.OVER};
        AtomicInteger asked = new AtomicInteger();
        Handler handler = handler(new Handler() {
            @Override
            public Reply handle(Query query) {
                return answer(query);
            }

            @Override
            public Repetition repetition(Query query) {
                return (nowNanos, tookNanos) -> ttls[asked.getAndIncrement()];
            }
        });
        Query query = Queries.withEdns("web.shop.svc.cluster.local.", "A", 1_232, true);
        Reply.Answered reply = (Reply.Answered) handler.handle(query);
        Repetition repetition = handler.repetition(query).of(query, reply.response());

        assertThat(repetition.again(0, 1_000_000)).isEqualTo(30);
        assertThat(repetition.again(0, 2_000_000)).isEqualTo(29);
        assertThat(repetition.again(0, 4_000_000)).isEqualTo(Repetition.OVER);

        assertThat(server.metrics("coredns_dns_"))
                .contains(
                        "coredns_dns_requests_total{family=\"1\",proto=\"udp\",server=\"dns://:53\",type=\"A\",view=\"inside\",zone=\"cluster.local.\"} 3.0",
                        "coredns_dns_do_requests_total{" + BLOCK + "} 3.0",
                        "coredns_dns_responses_total{plugin=\"errors\",rcode=\"NOERROR\"," + BLOCK + "} 3.0",
                        "coredns_dns_request_size_bytes_sum{proto=\"udp\"," + BLOCK + "} 165.0",
                        "coredns_dns_response_size_bytes_sum{proto=\"udp\"," + BLOCK + "} 180.0",
                        "coredns_dns_request_duration_seconds_count{" + BLOCK + "} 3",
                        "coredns_dns_request_duration_seconds_sum{" + BLOCK + "} 0.003");
    }

    @Test
    void handle_severalMessages_countAsOneResponseOfTheirSize() {
        Query query = Queries.of("cluster.local.", "AXFR");
        Response one = new ResponseBuilder(query.qname())
                .address(Section.ANSWER, query.qname(), 5, new byte[] {10, 0, 0, 1})
                .build();
        Reply.Messages reply =
                (Reply.Messages) handler(any -> new Reply.Messages(query.qname(), new ListedStream(one, one)))
                        .handle(query);
        assertThat(server.metrics("coredns_dns_requests")).isEmpty();

        while (reply.stream().next().isPresent()) {
            server.scheduler().pass(Duration.ofMillis(3));
        }
        reply.stream().close();

        // 12 header, 15 name, 4 type and class, 16 record
        assertThat(server.metrics("coredns_dns_"))
                .contains(
                        "coredns_dns_responses_total{plugin=\"errors\",rcode=\"NOERROR\"," + BLOCK + "} 1.0",
                        "coredns_dns_response_size_bytes_sum{proto=\"udp\"," + BLOCK + "} 94.0",
                        "coredns_dns_request_duration_seconds_sum{" + BLOCK + "} 0.006");
    }

    @Test
    void handle_sizesAndDurations_cumulativeBucketsWithCoreDnsBounds() {
        Handler handler = handler(query -> {
            server.scheduler().pass(Duration.ofMillis(4));
            return answer(query);
        });

        handler.handle(Queries.of("web.shop.svc.cluster.local.", "A"));

        assertThat(buckets("coredns_dns_request_size_bytes_bucket"))
                .containsExactly(
                        "0.0 0",
                        "100.0 1",
                        "200.0 1",
                        "300.0 1",
                        "400.0 1",
                        "511.0 1",
                        "1023.0 1",
                        "2047.0 1",
                        "4095.0 1",
                        "8291.0 1",
                        "16000.0 1",
                        "32000.0 1",
                        "48000.0 1",
                        "64000.0 1",
                        "+Inf 1");
        assertThat(buckets("coredns_dns_request_duration_seconds_bucket"))
                .containsExactly(
                        "2.5E-4 0",
                        "5.0E-4 0",
                        "0.001 0",
                        "0.002 0",
                        "0.004 1",
                        "0.008 1",
                        "0.016 1",
                        "0.032 1",
                        "0.064 1",
                        "0.128 1",
                        "0.256 1",
                        "0.512 1",
                        "1.024 1",
                        "2.048 1",
                        "4.096 1",
                        "8.192 1",
                        "+Inf 1");
    }

    @Test
    void handle_transportFamilyAndZone_labelEachSeries() {
        Handler handler = handler(MetricsHandlerTest::answer);
        InetSocketAddress ipv6 = new InetSocketAddress("2001:db8::7", 4_000);
        InetSocketAddress ipv4 = new InetSocketAddress("10.0.0.7", 4_000);

        handler.handle(Queries.of("1.0.0.10.in-addr.arpa.", "PTR", ipv6, Queries.TCP));
        handler.handle(Queries.of("elsewhere.example.", "TYPE65280", ipv4, Queries.UDP));
        handler.handle(Queries.of("cluster.local.", "NAPTR", ipv4, Queries.UDP));
        handler.handle(Queries.of("CLUSTER.local.", "HTTPS", ipv4, Queries.UDP));

        String start = "coredns_dns_requests_total{family=\"";
        String server53 = "server=\"dns://:53\",type=";
        assertThat(server.metrics("coredns_dns_requests_total"))
                .map(line -> line.replace("view=\"inside\",", "")
                        .replaceAll("(server=[^,]*),(zone=.*),(type=.*)}", "$1,$3,$2}"))
                .containsExactlyInAnyOrder(
                        start + "2\",proto=\"tcp\"," + server53 + "\"PTR\",zone=\"in-addr.arpa.\"} 1.0",
                        start + "1\",proto=\"udp\"," + server53 + "\"other\",zone=\".\"} 1.0",
                        start + "1\",proto=\"udp\"," + server53 + "\"other\",zone=\"cluster.local.\"} 1.0",
                        start + "1\",proto=\"udp\"," + server53 + "\"HTTPS\",zone=\"cluster.local.\"} 1.0");
    }

    @Test
    void handle_failedAndDropped_noPluginAndNoOctets() {
        Query query = Queries.of("web.cluster.local.", "A");
        handler(any -> new Reply.Failed(Rcode.REFUSED, "not today")).handle(query);
        handler(any -> Reply.Dropped.INSTANCE).handle(query);

        assertThat(server.metrics("coredns_dns_responses_total"))
                .containsExactlyInAnyOrder(
                        "coredns_dns_responses_total{plugin=\"\",rcode=\"REFUSED\"," + BLOCK + "} 1.0",
                        "coredns_dns_responses_total{plugin=\"\",rcode=\"NOERROR\"," + BLOCK + "} 1.0");
        assertThat(server.metrics("coredns_dns_response_size_bytes_sum"))
                .containsExactly("coredns_dns_response_size_bytes_sum{proto=\"udp\"," + BLOCK + "} 0.0");
    }

    @Test
    void handle_pendingReply_countedWhenItComes() {
        Query query = Queries.of("web.cluster.local.", "A");
        Reply.Pending pending = new Reply.Pending();
        Reply reply = handler(any -> pending).handle(query);
        assertThat(server.metrics("coredns_dns_requests_total")).isEmpty();

        server.scheduler().pass(Duration.ofMillis(250));
        pending.complete(answer(query));

        assertThat(Queries.await(reply)).isInstanceOf(Reply.Answered.class);
        assertThat(server.metrics("coredns_dns_request_duration_seconds_sum"))
                .singleElement()
                .asString()
                .endsWith(" 0.25");
    }

    @Test
    void handle_handlerThrows_notCountedHere() {
        Handler handler = handler(query -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(() -> handler.handle(Queries.of("web.cluster.local.", "A")))
                .hasMessage("broken");
        assertThat(server.metrics("coredns_dns_requests_total")).isEmpty();
    }

    @Test
    void handle_rcodeWithoutName_sharesOneLabel() {
        Handler handler = handler(query -> new Reply.Failed(3_841, ""));

        handler.handle(Queries.of("web.cluster.local.", "A"));

        assertThat(server.metrics("rcode=\"other\"")).hasSize(1);
    }

    @Test
    void recordDropped_ownRefusal_zoneDroppedWithoutViewAndPlugin() {
        QueryMetrics.of(server.meters()).recordDropped(Queries.of("example.org.", "AAAA"), Rcode.REFUSED);

        String block = "server=\"dns://:53\",view=\"\",zone=\"dropped\"";
        assertThat(server.metrics("dropped"))
                .contains(
                        "coredns_dns_requests_total{family=\"1\",proto=\"udp\",server=\"dns://:53\",type=\"AAAA\","
                                + "view=\"\",zone=\"dropped\"} 1.0",
                        "coredns_dns_responses_total{plugin=\"\",rcode=\"REFUSED\"," + block + "} 1.0",
                        "coredns_dns_response_size_bytes_sum{proto=\"udp\"," + block + "} 29.0",
                        "coredns_dns_request_duration_seconds_sum{" + block + "} 0.0");
    }

    private List<String> buckets(String name) {
        return server.metrics(name).stream()
                .map(line -> line.replaceAll(".*le=\"([^\"]*)\".* (.*)", "$1 $2"))
                .toList();
    }

    private Handler handler(Handler next) {
        return new MetricsHandler(
                next,
                server,
                List.of("cluster.local.", "in-addr.arpa."),
                new MetricsHandler.Labels("inside", "errors"));
    }

    private static Reply answer(Query query) {
        return new Reply.Answered(new ResponseBuilder(query.qname())
                .address(Section.ANSWER, query.qname(), 5, InetAddress.ofLiteral("10.0.0.1"))
                .build());
    }
}
