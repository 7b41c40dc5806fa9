package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answers;
import static org.cairndns.acceptance.Messages.edns;
import static org.cairndns.acceptance.Messages.isOwnNameError;
import static org.cairndns.acceptance.Messages.isOwnNoData;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.plugin.testing.UpstreamDouble.Ask;
import org.cairndns.testing.StubUpstream;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Sequences of what stands behind a gateway: Homepage, which asks in two ways, and browsers, which ask for new types. */
@ExtendWith(SeedCluster.Resolver.class)
class BrowserAndHomepageTest {
    private static UpstreamDouble upstream;
    private static TestServer server;

    @BeforeAll
    static void start(SeedCluster cluster) throws Exception {
        SeedApi objects = cluster.objects();
        objects.namespace("web");
        objects.externalName("web", "ext", "www.example.org");
        objects.externalName("web", "gone", "nx.example.org");
        objects.externalName("web", "failing", "fail.example.org");
        upstream = new UpstreamDouble().does(BrowserAndHomepageTest::outside);
        server = TestServer.start(cluster.corefile(upstream));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        upstream.close();
    }

    private static void outside(Ask ask) throws IOException {
        Message response = UpstreamDouble.response(ask);
        switch (ask.qname()) {
            case "www.example.org." -> {
                if (ask.query().getQuestion().getType() == Type.A) {
                    response.addRecord(
                            StubUpstream.record(ask.query().getQuestion().getName(), Type.A, 60, "198.51.100.7"),
                            Section.ANSWER);
                }
            }
            case "fail.example.org." -> response.getHeader().setRcode(Rcode.SERVFAIL);
            default -> response.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        ask.sender().send(response.toWire());
    }

    @ParameterizedTest
    @CsvSource({
        "app.data.svc.cluster.local,    10.152.183.23",
        "dual.data.svc.cluster.local,   10.152.183.20 fd00:1234:0:0:0:0:0:20",
        "nope.data.svc.cluster.local,   not found",
        "ext.web.svc.cluster.local,     198.51.100.7",
        "gone.web.svc.cluster.local,    not found",
        "failing.web.svc.cluster.local, try again",
        "www.example.org,               198.51.100.7",
        "nx.example.org,                not found",
        "fail.example.org,              try again",
    })
    void a28_nameByGetaddrinfoAndByCares_sameVerdict(String qname, String verdict) throws Exception {
        assertThat(getaddrinfo(qname)).isEqualTo(verdict);
        assertThat(cares(qname)).isEqualTo(verdict);
    }

    /** What musl makes of it: without EDNS, and an error to either query is one to both. */
    private static String getaddrinfo(String qname) throws IOException {
        try (UdpClient client = new UdpClient(server.port())) {
            Set<String> addresses = new TreeSet<>();
            for (String qtype : List.of("A", "AAAA")) {
                Message response = client.ask(qname, qtype);
                if (response.getRcode() != Rcode.NOERROR) {
                    return error(response.getRcode());
                }
                addresses.addAll(addresses(response, qtype));
            }
            return text(addresses);
        }
    }

    /** What c-ares makes of it: with EDNS, and one good answer of the two is enough. */
    private static String cares(String qname) throws IOException {
        try (UdpClient client = new UdpClient(server.port())) {
            Set<String> addresses = new TreeSet<>();
            List<String> errors = new ArrayList<>();
            for (String qtype : List.of("A", "AAAA")) {
                Message response = client.ask(edns(qname, qtype, 1232));
                if (response.getRcode() != Rcode.NOERROR) {
                    errors.add(error(response.getRcode()));
                }
                addresses.addAll(addresses(response, qtype));
            }
            return addresses.isEmpty() && !errors.isEmpty() ? errors.getFirst() : text(addresses);
        }
    }

    private static List<String> addresses(Message response, String qtype) {
        return response.getSection(Section.ANSWER).stream()
                .filter(record -> record.getType() == Type.value(qtype))
                .map(org.xbill.DNS.Record::rdataToString)
                .toList();
    }

    private static String error(int rcode) {
        return rcode == Rcode.NXDOMAIN ? "not found" : "try again";
    }

    private static String text(Set<String> addresses) {
        return addresses.isEmpty() ? "not found" : String.join(" ", addresses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS", "SVCB", "TYPE65280"})
    void a29_newTypes_noDataWhereTheNameIsAndNameErrorElsewhere(String qtype) throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            assertThat(isOwnNoData(client.ask("app.data.svc.cluster.local", qtype)))
                    .isTrue();
            assertThat(isOwnNameError(client.ask("nope.data.svc.cluster.local", qtype)))
                    .isTrue();
        }
    }

    @Test
    void a29_newTypesOfAnAlias_followIt() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            assertThat(answers(client.ask("ext.web.svc.cluster.local", "HTTPS")))
                    .containsExactly("www.example.org.");
        }
    }
}
