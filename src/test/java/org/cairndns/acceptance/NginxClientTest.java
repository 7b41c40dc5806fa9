package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answers;
import static org.cairndns.acceptance.Messages.query;
import static org.cairndns.acceptance.Messages.rcode;

import java.io.IOException;
import java.util.List;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.plugin.testing.UpstreamDouble.Ask;
import org.cairndns.testing.StubUpstream;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Sequences of nginx's own resolver, which drops responses with flags or records that it did not ask for. */
@ExtendWith(SeedCluster.Resolver.class)
class NginxClientTest {
    /** Z, AD and CD in the flag word. */
    private static final int UNWANTED = 0x70;

    private static UpstreamDouble upstream;
    private static TestServer server;

    @BeforeAll
    static void start(SeedCluster cluster) throws Exception {
        upstream = new UpstreamDouble().does(NginxClientTest::validated);
        server = TestServer.start(cluster.corefile(upstream));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        upstream.close();
    }

    /** A response of a validating resolver that says so unasked. */
    private static void validated(Ask ask) throws IOException {
        Message response = UpstreamDouble.response(ask);
        response.getHeader().setFlag(Flags.AD);
        response.addRecord(
                StubUpstream.record(ask.query().getQuestion().getName(), Type.A, 300, "198.51.100.7"), Section.ANSWER);
        ask.sender().send(response.toWire());
    }

    @Test
    void a22_validatedAnswer_withoutTheFlagsThatNobodyAskedFor() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            for (String way : List.of("from the upstream", "from the cache")) {
                byte[] response = client.exchange(query("www.example.org", "A"));

                assertThat(answers(Messages.parse(response))).containsExactly("198.51.100.7");
                assertThat(response[3] & UNWANTED).as(way).isZero();
            }
            assertThat(upstream.asks()).as("the second came from the cache").hasSize(1);
        }
    }

    @Test
    void a23_srvThenItsTarget_consistent() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            List<Record> targets =
                    client.ask("_http._tcp.dual.data.svc.cluster.local", "SRV").getSection(Section.ANSWER);
            assertThat(targets).hasSize(1);
            SRVRecord target = (SRVRecord) targets.getFirst();
            assertThat(target.getPort()).isEqualTo(80);

            Message a = client.ask(target.getTarget().toString(), "A");
            Message aaaa = client.ask(target.getTarget().toString(), "AAAA");

            assertThat(answers(a)).containsExactly("10.152.183.20");
            assertThat(answers(aaaa)).containsExactly("fd00:1234:0:0:0:0:0:20");
            assertThat(List.of(ttl(a), ttl(aaaa))).containsOnly(target.getTTL());
        }
    }

    private static long ttl(Message response) {
        return response.getSection(Section.ANSWER).getFirst().getTTL();
    }

    @Test
    void a24_aaaaOfAnIpv4Service_withoutAddressesInAnySection() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            Message response = client.ask("app.data.svc.cluster.local", "AAAA");

            assertThat(rcode(response)).isEqualTo("NOERROR");
            for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
                assertThat(response.getSection(section)).noneMatch(record -> record.getType() == Type.A);
            }
        }
    }
}
