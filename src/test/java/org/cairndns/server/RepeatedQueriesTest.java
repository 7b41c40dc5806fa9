package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cairndns.kubernetes.testing.ApiServerDouble;
import org.cairndns.testing.Await;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.StubUpstream;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A whole server that is asked the same again and again, so that it sends what it has sent before. */
class RepeatedQueriesTest {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int TIMES = 300;
    private static final String WEB = "web.default.svc.cluster.local.";

    @TempDir
    private Path folder;

    private DatagramSocket client;
    private int id = 4711;

    @BeforeEach
    void open() throws IOException {
        client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        client.setSoTimeout(TIMEOUT_MILLIS);
    }

    @AfterEach
    void close() {
        client.close();
    }

    /** Asks for A with a new id, which the response has to have. */
    private Message ask(TestServer server, String qname) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(qname), Type.A, 1));
        id = id + 1 & 0xffff;
        query.getHeader().setID(id);
        Message response = new Message(send(server, query.toWire()));
        assertThat(response.getHeader().getID()).isEqualTo(id);
        return response;
    }

    private byte[] send(TestServer server, byte[] query) throws IOException {
        client.send(new DatagramPacket(query, query.length, InetAddress.getLoopbackAddress(), server.port()));
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        client.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private String answer(TestServer server, String qname) throws IOException {
        Message response = ask(server, qname);
        StringBuilder text = new StringBuilder(Rcode.string(response.getRcode()));
        for (Record record : response.getSection(Section.ANSWER)) {
            text.append(' ').append(record.rdataToString());
        }
        return text.toString();
    }

    @Test
    void ask_severalAddresses_comeInEachOrderAndEachQueryCounts() throws Exception {
        try (TestServer server = TestServer.start("""
                .:0 {
                    bind 127.0.0.1
                    prometheus 127.0.0.1:0
                    errors
                    loadbalance
                    hosts {
                        10.0.0.1 web.example.
                        10.0.0.2 web.example.
                        10.0.0.3 web.example.
                        ttl 60
                    }
                }
                """)) {
            Set<String> orders = new HashSet<>();
            for (int i = 0; i < TIMES; i++) {
                orders.add(answer(server, "web.example."));
            }

            assertThat(orders).hasSize(6);
            // 12 header, 13 name, 4 type and class, 16 octets for each address
            String page = MetricsClient.page(server.server());
            assertThat(value(page, "coredns_dns_requests_total{", "type=\"A\"")).isEqualTo(TIMES);
            assertThat(value(page, "coredns_dns_responses_total{", "rcode=\"NOERROR\""))
                    .isEqualTo(TIMES);
            assertThat(value(page, "coredns_dns_request_size_bytes_sum{", "")).isEqualTo(TIMES * 29);
            assertThat(value(page, "coredns_dns_response_size_bytes_sum{", "")).isEqualTo(TIMES * 77);
            assertThat(value(page, "coredns_dns_request_duration_seconds_count{", ""))
                    .isEqualTo(TIMES);
        }
    }

    private static double value(String page, String metric, String label) {
        return page.lines()
                .filter(line -> line.startsWith(metric) && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void ask_cachedName_ttlCountsDownAndEachIsAHit() throws Exception {
        try (StubUpstream upstream = upstream(60);
                TestServer server = TestServer.start(forwarding(upstream))) {
            List<Long> ttls = new ArrayList<>();
            Await.until("two seconds of the TTL are over", () -> {
                ttls.add(ask(server, "web.example.")
                        .getSection(Section.ANSWER)
                        .getFirst()
                        .getTTL());
                return ttls.getLast() <= 58;
            });

            for (int i = 1; i < ttls.size(); i++) {
                assertThat(ttls.get(i)).isBetween(ttls.get(i - 1) - 1, ttls.get(i - 1));
            }
            String page = MetricsClient.page(server.server());
            assertThat(value(page, "coredns_cache_hits_total{", "success")).isEqualTo(ttls.size() - 1.0);
            assertThat(value(page, "coredns_cache_misses_total{", "")).isEqualTo(1);
            assertThat(value(page, "coredns_dns_requests_total{", "")).isEqualTo(ttls.size());
        }
    }

    private static StubUpstream upstream(int ttlSeconds) throws IOException {
        return StubUpstream.start(
                new InetSocketAddress("127.0.0.1", 0),
                query -> StubUpstream.response(
                        query,
                        Rcode.NOERROR,
                        StubUpstream.record(query.getQuestion().getName(), Type.A, ttlSeconds, "10.9.9.9")));
    }

    private static String forwarding(StubUpstream upstream) {
        return """
                .:0 {
                    bind 127.0.0.1
                    prometheus 127.0.0.1:0
                    errors
                    forward . 127.0.0.1:%d
                    cache
                }
                """.formatted(upstream.address().getPort());
    }

    @Test
    void ask_changedService_getsTheNewAddressAtOnce() throws Exception {
        String services = "/api/v1/namespaces/default/services";
        try (ApiServerDouble api = ApiServerDouble.start(Files.createDirectory(folder.resolve("api")))) {
            api.create(services, service("10.96.1.1"));
            try (TestServer server = TestServer.start("""
                    .:0 {
                        bind 127.0.0.1
                        errors
                        kubernetes cluster.local {
                            kubeconfig %s
                        }
                    }
                    """.formatted(api.kubeconfig()))) {
                for (int round = 2; round < 8; round++) {
                    warm(server, "NOERROR 10.96.1." + (round - 1));
                    api.delete(services + "/web");
                    Await.until("it is gone", () -> answer(server, WEB).equals("NXDOMAIN"));
                    // No loop has the address any more once one has not.
                    warm(server, "NXDOMAIN");
                    api.create(services, service("10.96.1." + round));
                    String now = "NOERROR 10.96.1." + round;
                    Await.until("it is back", () -> answer(server, WEB).equals(now));
                }
            }
        }
    }

    private void warm(TestServer server, String expected) throws IOException {
        for (int i = 0; i < 40; i++) {
            assertThat(answer(server, WEB)).isEqualTo(expected);
        }
    }

    private static String service(String address) {
        return "{\"metadata\": {\"name\": \"web\"}, \"spec\": {\"clusterIP\": \"" + address + "\"}}";
    }

    @Test
    void ask_afterReload_isAnsweredByTheNewCorefileAtOnce() throws Exception {
        Path corefile = folder.resolve("Corefile");
        Files.writeString(corefile, hosts(0));
        try (TestServer server = TestServer.startFile(corefile)) {
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 40; i++) {
                    assertThat(answer(server, "web.example.")).isEqualTo("NOERROR 10.0.0." + round);
                }
                Files.writeString(corefile, hosts(round + 1));
                assertThat(server.server().reload()).isTrue();
            }
        }
    }

    private static String hosts(int last) {
        return """
                .:0 {
                    bind 127.0.0.1
                    errors
                    hosts {
                        10.0.0.%d web.example.
                    }
                }
                """.formatted(last);
    }
}
