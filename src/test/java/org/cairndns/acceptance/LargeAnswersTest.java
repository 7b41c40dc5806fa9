package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answerTypes;
import static org.cairndns.acceptance.Messages.answers;
import static org.cairndns.acceptance.Messages.edns;
import static org.cairndns.acceptance.Messages.has;
import static org.cairndns.acceptance.Messages.parse;
import static org.cairndns.acceptance.Messages.query;

import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/** Clients that take 4096 octets over UDP (Netty, Prometheus) and ask for two hundred endpoints. */
@ExtendWith(SeedCluster.Resolver.class)
class LargeAnswersTest {
    private static final int PAYLOAD = 4096;
    private static final String EXPORTER = "node-exporter.wide.svc.cluster.local";
    private static final String EXPORTER_SRV = "_metrics._tcp." + EXPORTER;

    private static UpstreamDouble upstream;
    private static TestServer server;
    private static TestServer generous;

    @BeforeAll
    static void start(SeedCluster cluster) throws Exception {
        upstream = new UpstreamDouble();
        server = TestServer.start(cluster.corefile(upstream));
        generous = TestServer.start(cluster.corefile(upstream, "pods insecure", "bufsize 4096"));
    }

    @AfterAll
    static void stop() throws Exception {
        generous.close();
        server.close();
        upstream.close();
    }

    @Test
    void a14_manyAddressesOverUdp_cutAtTheConfiguredSizeAndWholeOverTcp() throws Exception {
        try (UdpClient client = new UdpClient(server.port());
                TcpClient tcp = new TcpClient(server.port())) {
            byte[] octets = client.exchange(edns(EXPORTER, "A", PAYLOAD));
            assertThat(octets).as("fits an unfragmented packet").hasSizeBetween(1200, 1232);
            assertThat(has(parse(octets), Flags.TC)).isTrue();
            assertThat(parse(octets).getOPT()).isNotNull();

            Message whole = tcp.ask(edns(EXPORTER, "A", PAYLOAD));
            assertThat(has(whole, Flags.TC)).isFalse();
            assertThat(answers(whole)).hasSize(200).doesNotHaveDuplicates();
        }
    }

    @Test
    void a14_bufsizeAbove1232_isTheSizeThen() throws Exception {
        try (UdpClient client = new UdpClient(generous.port())) {
            byte[] octets = client.exchange(edns(EXPORTER, "A", PAYLOAD));

            assertThat(has(parse(octets), Flags.TC)).isFalse();
            assertThat(answers(parse(octets))).hasSize(200);
            assertThat(client.exchange(edns(EXPORTER, "A", 1400)))
                    .as("what the client takes holds all the same")
                    .hasSizeLessThanOrEqualTo(1400)
                    .hasSizeGreaterThan(1232);
        }
    }

    @Test
    void a26_prometheusTargets_truncatedOverUdpThenOnlySrvOverTcp() throws Exception {
        try (UdpClient client = new UdpClient(server.port());
                TcpClient tcp = new TcpClient(server.port())) {
            Message cut = client.ask(edns(EXPORTER_SRV, "SRV", PAYLOAD));
            assertThat(has(cut, Flags.TC)).isTrue();

            Message whole = tcp.ask(query(EXPORTER_SRV, "SRV"));
            assertThat(has(whole, Flags.TC)).isFalse();
            assertThat(answerTypes(whole)).hasSize(200).containsOnly("SRV");
            assertThat(answers(whole)).doesNotHaveDuplicates().allMatch(rdata -> rdata.contains(" 9100 "));
        }
    }
}
