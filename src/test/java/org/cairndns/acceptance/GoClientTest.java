package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answers;
import static org.cairndns.acceptance.Messages.edns;
import static org.cairndns.acceptance.Messages.has;
import static org.cairndns.acceptance.Messages.isOwnNameError;
import static org.cairndns.acceptance.Messages.parse;
import static org.cairndns.acceptance.Messages.rcode;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.plugin.testing.UpstreamDouble.Ask;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Sequences of Go's resolver (cloudflared, Traefik, Prometheus, Flux): EDNS with 1232 octets. */
@ExtendWith(SeedCluster.Resolver.class)
class GoClientTest {
    private static final int PAYLOAD = 1232;
    private static final String TUNNEL = "_v2-origintunneld._tcp.argotunnel.com";

    private static UpstreamDouble upstream;
    private static TestServer server;

    @BeforeAll
    static void start(SeedCluster cluster) throws Exception {
        upstream = new UpstreamDouble().does(GoClientTest::outside);
        server = TestServer.start(cluster.corefile(upstream));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        upstream.close();
    }

    @Test
    void a08_nameError_isAuthoritativeWithSoaAndOpt() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            Message response = client.ask(edns("nope.data.svc.cluster.local", "A", PAYLOAD));

            assertThat(isOwnNameError(response)).isTrue();
            assertThat(response.getOPT()).isNotNull();
            assertThat(has(response, Flags.RD)).isTrue();
        }
    }

    @Test
    void a09_noDataOfAnUpstreamWithoutRecursion_isNoLameReferral() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            Message response = client.ask(edns("lame.example.org", "A", PAYLOAD));

            // NOERROR without answer, AA or RA is a "lame referral" to Go, which then gives the server up.
            assertThat(rcode(response)).isEqualTo("NOERROR");
            assertThat(answers(response)).isEmpty();
            assertThat(has(response, Flags.RA)).isTrue();
            assertThat(has(client.ask(edns("lame.example.org", "A", PAYLOAD)), Flags.RA))
                    .as("from the cache")
                    .isTrue();
        }
    }

    @Test
    void a10_cloudflaredSearch_threeNameErrorsThenTargetsUncompressed() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            for (String search : List.of("tunnel.svc.cluster.local", "svc.cluster.local", "cluster.local")) {
                assertThat(isOwnNameError(client.ask(edns(TUNNEL + "." + search, "SRV", PAYLOAD))))
                        .as(search)
                        .isTrue();
            }

            byte[] octets = client.exchange(edns(TUNNEL, "SRV", PAYLOAD));
            List<Name> targets = parse(octets).getSection(Section.ANSWER).stream()
                    .map(record -> ((SRVRecord) record).getTarget())
                    .toList();

            assertThat(targets)
                    .containsExactlyInAnyOrder(
                            Messages.name("region1.v2.argotunnel.com"), Messages.name("region2.v2.argotunnel.com"));
            assertThat(WireRecords.rdataOctets(octets, Type.SRV))
                    .as("priority, weight, port and the whole name")
                    .containsExactly(
                            6 + targets.get(0).length(), 6 + targets.get(1).length());
            for (Name target : targets) {
                assertThat(answers(client.ask(edns(target.toString(), "A", PAYLOAD))))
                        .containsExactly("198.51.100.7");
                assertThat(answers(client.ask(edns(target.toString(), "AAAA", PAYLOAD))))
                        .containsExactly("2001:db8:0:0:0:0:0:7");
            }
        }
    }

    private static void outside(Ask ask) throws IOException {
        Message response = UpstreamDouble.response(ask);
        Name qname = ask.query().getQuestion().getName();
        switch (ask.qname()) {
            case "lame.example.org." -> response.getHeader().unsetFlag(Flags.RA);
            case TUNNEL + "." -> {
                ask.sender().send(compressedTargets(ask.query()));
                return;
            }
            case "region1.v2.argotunnel.com.", "region2.v2.argotunnel.com." -> {
                boolean four = ask.query().getQuestion().getType() == Type.A;
                response.addRecord(
                        org.cairndns.testing.StubUpstream.record(
                                qname, four ? Type.A : Type.AAAA, 300, four ? "198.51.100.7" : "2001:db8::7"),
                        Section.ANSWER);
            }
            default -> response.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        ask.sender().send(response.toWire());
    }

    /** Two SRV records whose targets point into the question, as no server should send them (RFC 2782). */
    private static byte[] compressedTargets(Message query) throws IOException {
        Message empty = new Message(query.getHeader().getID());
        empty.getHeader().setFlag(Flags.QR);
        empty.getHeader().setFlag(Flags.RA);
        empty.addRecord(query.getQuestion(), Section.QUESTION);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        byte[] start = empty.toWire();
        start[7] = 2;
        out.write(start);
        // argotunnel.com within the qname: behind the header and the labels _v2-origintunneld and _tcp.
        int parent = 12 + 1 + "_v2-origintunneld".length() + 1 + "_tcp".length();
        for (String region : List.of("region1", "region2")) {
            out.writeShort(0xc00c);
            out.writeShort(Type.SRV);
            out.writeShort(1);
            out.writeInt(300);
            out.writeShort(6 + 1 + region.length() + 1 + 2 + 2);
            out.writeShort(1);
            out.writeShort(1);
            out.writeShort(7844);
            for (String label : List.of(region, "v2")) {
                out.writeByte(label.length());
                out.write(label.getBytes(StandardCharsets.US_ASCII));
            }
            out.writeShort(0xc000 | parent);
        }
        return octets.toByteArray();
    }
}
