package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answers;
import static org.cairndns.acceptance.Messages.has;
import static org.cairndns.acceptance.Messages.isOwnNameError;
import static org.cairndns.acceptance.Messages.isOwnNoData;
import static org.cairndns.acceptance.Messages.parse;
import static org.cairndns.acceptance.Messages.query;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Frames;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/**
 * Sequences of musl's resolver (Home Assistant, images on Alpine): A and AAAA at once from one socket, no EDNS.
 *
 * <p>An error to either of the pair fails the whole look-up there, and NODATA ends the search.
 */
@ExtendWith(SeedCluster.Resolver.class)
class MuslClientTest {
    private static UpstreamDouble upstream;
    private static TestServer server;

    @BeforeAll
    static void start(SeedCluster cluster) throws Exception {
        upstream = new UpstreamDouble();
        server = TestServer.start(cluster.corefile(upstream));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        upstream.close();
    }

    @Test
    void a01_pairOfQueriesFromOneSocket_bothAnsweredWithin5Ms() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            Latency.requireP99Below("A01 pair", TimeUnit.MILLISECONDS.toNanos(5), 200, () -> {
                Map<Integer, Message> responses = pair(client, "redis.data.svc.cluster.local", 4711);
                assertThat(answers(responses.get(4711))).containsExactlyInAnyOrder("10.1.0.11", "10.1.0.12");
                assertThat(answers(responses.get(4712))).containsExactly("fd00:10:0:0:0:0:0:11");
                return responses;
            });
        }
    }

    @Test
    void a02_pairForAnIpv4Service_addressAndNoData() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            Map<Integer, Message> responses = pair(client, "kubernetes.default.svc.cluster.local", 1);

            assertThat(answers(responses.get(1))).containsExactly("10.152.183.1");
            assertThat(isOwnNoData(responses.get(2))).isTrue();
        }
    }

    @Test
    void a03_searchForANameThatIsNowhere_nameErrorEveryTime() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            for (String search : List.of("default.svc.cluster.local", "svc.cluster.local", "cluster.local")) {
                Map<Integer, Message> responses = pair(client, "mq.data." + search, 65_534);

                assertThat(isOwnNameError(responses.get(65_534))).as(search).isTrue();
                assertThat(isOwnNameError(responses.get(65_535))).as(search).isTrue();
            }
        }
    }

    @Test
    void a04_sixtyEndpoints_truncatedOverUdpAndWholeOverTcp() throws Exception {
        try (UdpClient client = new UdpClient(server.port());
                TcpClient tcp = new TcpClient(server.port())) {
            byte[] octets = client.exchange(query("sixty.wide.svc.cluster.local", "A"));
            Message cut = parse(octets);
            assertThat(octets).hasSizeLessThanOrEqualTo(512);
            assertThat(has(cut, Flags.TC)).isTrue();
            assertThat(has(cut, Flags.QR)).isTrue();
            assertThat(answers(cut)).isNotEmpty();

            tcp.send(query("sixty.wide.svc.cluster.local", "A"));
            byte[] whole = tcp.receive();
            assertThat(whole).as("musl's buffer").hasSizeLessThanOrEqualTo(4800);
            assertThat(has(parse(whole), Flags.TC)).isFalse();
            assertThat(answers(parse(whole))).hasSize(60).doesNotHaveDuplicates();
        }
    }

    @Test
    void a05_pipelinedAndSplitTcp_allAnswered() throws Exception {
        try (TcpClient tcp = new TcpClient(server.port())) {
            Message a = query("redis.data.svc.cluster.local", "A");
            Message aaaa = query("redis.data.svc.cluster.local", "AAAA");
            tcp.send(a, aaaa);

            Map<Integer, Message> responses = new TreeMap<>();
            for (int i = 0; i < 2; i++) {
                Message response = parse(tcp.receive());
                responses.put(response.getHeader().getID(), response);
            }
            assertThat(answers(responses.get(a.getHeader().getID()))).hasSize(2);
            assertThat(answers(responses.get(aaaa.getHeader().getID()))).hasSize(1);
        }
        try (TcpClient tcp = new TcpClient(server.port());
                UdpClient between = new UdpClient(server.port())) {
            byte[] frame = Frames.of(query("dual.data.svc.cluster.local", "A").toWire());
            tcp.write(frame[0]);
            between.ask("dual.data.svc.cluster.local", "A");
            tcp.write(java.util.Arrays.copyOfRange(frame, 1, frame.length));

            assertThat(answers(parse(tcp.receive()))).containsExactly("10.152.183.20");
        }
    }

    /** A and AAAA without a wait in between, with ids in a row; the responses by id, in whichever order they came. */
    private static Map<Integer, Message> pair(UdpClient client, String qname, int id) throws Exception {
        Message a = query(qname, "A");
        a.getHeader().setID(id);
        Message aaaa = query(qname, "AAAA");
        aaaa.getHeader().setID(id + 1);
        client.send(a);
        client.send(aaaa);
        Map<Integer, Message> responses = new TreeMap<>();
        for (int i = 0; i < 2; i++) {
            Message response = parse(client.receive());
            responses.put(response.getHeader().getID(), response);
        }
        assertThat(responses).containsOnlyKeys(id, id + 1);
        return responses;
    }
}
