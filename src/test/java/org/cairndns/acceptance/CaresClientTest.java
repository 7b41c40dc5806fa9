package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answers;
import static org.cairndns.acceptance.Messages.edns;
import static org.cairndns.acceptance.Messages.parse;
import static org.cairndns.acceptance.Messages.query;
import static org.cairndns.acceptance.Messages.rcode;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;

/** Sequences of c-ares (Home Assistant's aiodns, Node's dns.resolve, curl): EDNS with options, mixed case, mDNS as a rival. */
@ExtendWith(SeedCluster.Resolver.class)
class CaresClientTest {
    private static final int PAYLOAD = 1232;
    private static final int COOKIE = 10;
    private static final String REDIS = "redis.data.svc.cluster.local";

    private static UpstreamDouble upstream;
    private static List<TestServer> replicas;

    @BeforeAll
    static void start(SeedCluster cluster) throws Exception {
        upstream = new UpstreamDouble();
        replicas = List.of(TestServer.start(cluster.corefile(upstream)), TestServer.start(cluster.corefile(upstream)));
    }

    @AfterAll
    static void stop() throws Exception {
        replicas.forEach(TestServer::close);
        upstream.close();
    }

    @Test
    void a11_cookieAndUnknownOption_answeredWithoutCookieByEveryReplica() throws Exception {
        EDNSOption cookie = new GenericEDNSOption(COOKIE, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        EDNSOption unknown = new GenericEDNSOption(65_001, new byte[] {9});
        try (UdpClient first = new UdpClient(replicas.get(0).port());
                UdpClient second = new UdpClient(replicas.get(1).port())) {
            for (int i = 0; i < 100; i++) {
                Message response = (i % 2 == 0 ? first : second).ask(edns(REDIS, "A", PAYLOAD, cookie, unknown));

                assertThat(rcode(response)).isEqualTo("NOERROR");
                assertThat(answers(response)).hasSize(2);
                assertThat(response.getOPT()).isNotNull();
                // A client that once saw a server's cookie drops responses without: none may come from any replica.
                assertThat(response.getOPT().getOptions(COOKIE)).isEmpty();
                assertThat(response.getOPT().getOptions(65_001)).isEmpty();
            }
        }
    }

    @Test
    void a12_mixedCase_questionEchoedOctetForOctet() throws Exception {
        try (UdpClient client = new UdpClient(replicas.getFirst().port())) {
            Message query = query("ReDiS.DaTa.SvC.cluster.LOCAL", "A");

            byte[] response = client.exchange(query);

            assertThat(WireRecords.question(response)).isEqualTo(WireRecords.question(query.toWire()));
            assertThat(answers(parse(response))).hasSize(2);
        }
    }

    @Test
    void a13_thousandLookupsOfALocalName_fasterThanMulticast() throws Exception {
        try (UdpClient client = new UdpClient(replicas.getFirst().port())) {
            Latency.requireP99Below("A13 local name", TimeUnit.MILLISECONDS.toNanos(5), 1_000, () -> {
                Message response = client.ask(edns("mosquitto.iot.svc.cluster.local", "A", PAYLOAD));
                assertThat(answers(response)).containsExactly("10.152.183.50");
                return response;
            });
        }
    }
}
