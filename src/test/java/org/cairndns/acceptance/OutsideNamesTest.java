package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.edns;
import static org.cairndns.acceptance.Messages.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.plugin.testing.UpstreamDouble.Ask;
import org.cairndns.testing.StubUpstream;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Names of the world outside: what ACME clients need of the answers, and what a cache on the node does to a connection. */
@ExtendWith(SeedCluster.Resolver.class)
class OutsideNamesTest {
    private static final String SOA = "ns1.example.com. hostmaster.example.com. 2026112501 7200 3600 1209600 300";

    private UpstreamDouble upstream;
    private TestServer server;

    @BeforeEach
    void start(SeedCluster cluster) throws Exception {
        upstream = new UpstreamDouble();
        server = TestServer.start(cluster.corefile(upstream));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name error", "no data", "alias into another zone"})
    void a25_soaOfAnAcmeChallenge_authorityAndAliasesAsTheUpstreamHasThem(String kind) throws Exception {
        String qname = "_acme-challenge.app.example.com";
        upstream.does(ask -> ask.sender().send(challenge(ask, kind).toWire()));
        try (UdpClient client = new UdpClient(server.port())) {
            for (String way : List.of("from the upstream", "from the cache")) {
                Message response = client.ask(edns(qname, "SOA", 4096));

                Message expected = challenge(upstream.asks().getFirst(), kind);
                assertThat(response.getRcode()).as(way).isEqualTo(expected.getRcode());
                for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
                    assertThat(response.getSection(section)).as(way).isEqualTo(expected.getSection(section));
                    assertThat(ttls(response, section))
                            .as("at most so long as the cache may keep it")
                            .allMatch(ttl -> ttl > 20 && ttl <= 300);
                }
            }
        }
        assertThat(upstream.asks()).hasSize(1);
    }

    private static List<Long> ttls(Message response, int section) {
        return response.getSection(section).stream().map(Record::getTTL).toList();
    }

    private static Message challenge(Ask ask, String kind) {
        Message response = UpstreamDouble.response(ask);
        Name qname = ask.query().getQuestion().getName();
        Name zone = Messages.name("example.com");
        switch (kind) {
            case "name error" -> response.getHeader().setRcode(Rcode.NXDOMAIN);
            case "alias into another zone" -> {
                response.addRecord(
                        StubUpstream.record(qname, Type.CNAME, 300, "app.acme.example.net."), Section.ANSWER);
                zone = Messages.name("acme.example.net");
            }
            default -> {}
        }
        response.addRecord(StubUpstream.record(zone, Type.SOA, 300, SOA), Section.AUTHORITY);
        return response;
    }

    @Test
    void a30_thousandQueriesOnOneConnection_fastOnesDoNotWaitForSlowOnes() throws Exception {
        long seed = System.nanoTime();
        System.out.println("A30 seed " + seed);
        Queue<Ask> held = new ConcurrentLinkedQueue<>();
        upstream.does(held::add);
        List<Message> queries = new ArrayList<>();
        Set<Integer> slow = new HashSet<>();
        for (int id = 0; id < 1000; id++) {
            boolean isSlow = id % 2 == 0;
            Message query =
                    isSlow ? query("s" + id + ".slow.example.org", "A") : query("app.data.svc.cluster.local", "A");
            query.getHeader().setID(id);
            queries.add(query);
            if (isSlow) {
                slow.add(id);
            }
        }
        Collections.shuffle(queries, new Random(seed));
        try (TcpClient client = new TcpClient(server.port())) {
            client.send(queries.toArray(Message[]::new));

            Set<Integer> answeredFirst = ids(client, 500);
            assertThat(answeredFirst).hasSize(500).doesNotContainAnyElementsOf(slow);
            release(held);
            assertThat(ids(client, 500)).isEqualTo(slow);
        }
    }

    private static Set<Integer> ids(TcpClient client, int count) throws IOException {
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < count; i++) {
            ids.add(Messages.parse(client.receive()).getHeader().getID());
        }
        return ids;
    }

    /** Answers what was held back, and from now on at once. */
    private void release(Queue<Ask> held) throws IOException {
        upstream.does(UpstreamDouble.address("198.51.100.7"));
        for (Ask ask = held.poll(); ask != null; ask = held.poll()) {
            UpstreamDouble.address("198.51.100.7").answer(ask);
        }
    }
}
