package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answers;
import static org.cairndns.acceptance.Messages.rcode;

import java.io.IOException;
import java.util.List;
import org.cairndns.acceptance.SeedApi.Endpoint;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.plugin.testing.UpstreamDouble.Ask;
import org.cairndns.testing.Await;
import org.cairndns.testing.StubUpstream;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What the conformance tests of Kubernetes ask of a cluster's DNS (test/e2e/network/dns.go), row by row.
 *
 * <p>Each probe goes over UDP and over TCP. Rows T4, T7 and T10 are the kubelet's.
 */
@ExtendWith(SeedCluster.Resolver.class)
class ClusterDnsChecklistTest {
    private static final String NAMESPACE = "dns-1";

    private static SeedApi objects;
    private static UpstreamDouble upstream;
    private static TestServer server;
    private static SearchingClient pod;

    @BeforeAll
    static void start(SeedCluster cluster) throws Exception {
        objects = cluster.objects();
        objects.namespace(NAMESPACE);
        objects.service(NAMESPACE, "test-service-2", SeedApi.HTTP, "10.152.183.90");
        objects.headless(NAMESPACE, "dns-test-service", SeedApi.HTTP);
        objects.slice(NAMESPACE, "dns-test-service", "a", SeedApi.HTTP, List.of(Endpoint.of("10.3.0.1")));
        objects.headless(NAMESPACE, "dns-test-service-2", SeedApi.HTTP);
        objects.slice(
                NAMESPACE,
                "dns-test-service-2",
                "a",
                SeedApi.HTTP,
                List.of(Endpoint.named("10.3.0.2", "dns-querier-2")));
        upstream = new UpstreamDouble().does(ClusterDnsChecklistTest::outside);
        server = TestServer.start(cluster.corefile(upstream));
        pod = SearchingClient.of(server.port(), NAMESPACE);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        upstream.close();
    }

    private static void outside(Ask ask) throws IOException {
        Message response = UpstreamDouble.response(ask);
        Name qname = ask.query().getQuestion().getName();
        switch (ask.qname()) {
            case "google.com.", "metadata." ->
                response.addRecord(StubUpstream.record(qname, Type.A, 60, "198.51.100.1"), Section.ANSWER);
            case "_sip._tcp.abc_d.example.com." ->
                response.addRecord(
                        StubUpstream.record(qname, Type.SRV, 60, "1 1 5060 sip.example.com."), Section.ANSWER);
            case "8.8.8.8.in-addr.arpa." ->
                response.addRecord(StubUpstream.record(qname, Type.PTR, 60, "dns.example.net."), Section.ANSWER);
            default -> {
                boolean reverse = ask.qname().endsWith(".8.b.d.0.1.0.0.2.ip6.arpa.");
                if (reverse) {
                    response.addRecord(StubUpstream.record(qname, Type.PTR, 60, "six.example.net."), Section.ANSWER);
                } else {
                    response.getHeader().setRcode(Rcode.NXDOMAIN);
                }
            }
        }
        ask.sender().send(response.toWire());
    }

    @Test
    void t01_serviceOfTheApi_resolves() throws Exception {
        assertThat(pod.find("kubernetes.default.svc.cluster.local", "A")).containsExactly("10.152.183.1");
    }

    @Test
    void t02_namesOfTheProvider_resolveThroughTheForwarder() throws Exception {
        assertThat(pod.find("google.com", "A")).containsExactly("198.51.100.1");
        assertThat(pod.find("metadata", "A")).containsExactly("198.51.100.1");
    }

    @Test
    void t03_partialNamesOfTheApi_foundBySearch() throws Exception {
        assertThat(pod.find("kubernetes.default", "A")).containsExactly("10.152.183.1");
        assertThat(pod.find("kubernetes.default.svc", "A")).containsExactly("10.152.183.1");
    }

    @Test
    void t05_services_addressPortsAndReverseName() throws Exception {
        String service = ".dns-test-service." + NAMESPACE + ".svc.cluster.local";
        assertThat(pod.find(service.substring(1), "A")).containsExactly("10.3.0.1");
        assertThat(pod.find("_http._tcp" + service, "SRV"))
                .containsExactly("0 100 80 10-3-0-1.dns-test-service." + NAMESPACE + ".svc.cluster.local.");
        assertThat(pod.find("_http._tcp.test-service-2." + NAMESPACE + ".svc.cluster.local", "SRV"))
                .containsExactly("0 100 80 test-service-2." + NAMESPACE + ".svc.cluster.local.");
        assertThat(pod.find("90.183.152.10.in-addr.arpa", "PTR"))
                .containsExactly("test-service-2." + NAMESPACE + ".svc.cluster.local.");
    }

    @Test
    void t05_endpointThatTurnsReady_isFoundAfterDenials() throws Exception {
        objects.headless(NAMESPACE, "late", SeedApi.HTTP);
        objects.slice(NAMESPACE, "late", "a", SeedApi.HTTP, List.of(new Endpoint("10.3.0.9", "", false)));
        try (UdpClient client = new UdpClient(server.port())) {
            String qname = "late." + NAMESPACE + ".svc.cluster.local";
            for (int i = 0; i < 20; i++) {
                assertThat(rcode(client.ask(qname, "A"))).isEqualTo("NXDOMAIN");
            }
            objects.replaceEndpoints(NAMESPACE, "late-a", List.of(Endpoint.of("10.3.0.9")));
            long startNanos = System.nanoTime();
            Await.until("found", () -> answers(client.ask(qname, "A")).equals(List.of("10.3.0.9")));
            assertThat(System.nanoTime() - startNanos).as("ns until found").isLessThan(2_000_000_000L);
        }
    }

    @Test
    void t06_partialNamesOfServices_foundBySearch() throws Exception {
        assertPartialNames(pod);
    }

    @Test
    void t15_podOnTheHostsNetwork_findsTheSame() throws Exception {
        assertPartialNames(pod.from("127.0.0.5"));
    }

    private static void assertPartialNames(SearchingClient client) throws IOException {
        for (String suffix : List.of("", "." + NAMESPACE, "." + NAMESPACE + ".svc")) {
            assertThat(client.find("dns-test-service" + suffix, "A")).containsExactly("10.3.0.1");
            assertThat(client.find("test-service-2" + suffix, "A")).containsExactly("10.152.183.90");
        }
        String service = NAMESPACE + ".svc";
        assertThat(client.find("_http._tcp.dns-test-service." + service, "SRV")).hasSize(1);
        assertThat(client.find("_http._tcp.test-service-2." + service, "SRV")).hasSize(1);
        assertThat(client.find("nope." + service, "A")).isEmpty();
    }

    @Test
    void t08_podWithSubdomain_hasANameOfItsOwn() throws Exception {
        String service = "dns-test-service-2." + NAMESPACE + ".svc.cluster.local";
        assertThat(pod.find("dns-querier-2." + service, "A")).containsExactly("10.3.0.2");
        assertThat(pod.find(service, "A")).containsExactly("10.3.0.2");
    }

    @Test
    void t12_longSearchList_missesAreDeniedByTheForwarder() throws Exception {
        String[] domains = new String[6];
        for (int i = 0; i < domains.length; i++) {
            domains[i] = "x".repeat(40) + i + ".com";
        }
        SearchingClient client = SearchingClient.of(server.port(), "default", domains);

        assertThat(client.find("kubernetes.default", "A")).containsExactly("10.152.183.1");
        assertThat(client.find("google.com", "A")).as("behind nine misses").containsExactly("198.51.100.1");
    }

    @Test
    void t13_underscoreAndRootInTheSearchList_reachTheForwarder() throws Exception {
        SearchingClient client = new SearchingClient(
                server.port(), "127.0.0.1", List.of(".", "abc_d.example.com", NAMESPACE + ".svc.cluster.local"));

        assertThat(client.find("_sip._tcp", "SRV")).containsExactly("1 1 5060 sip.example.com.");
        assertThat(client.find("_sip._tcp.abc_d.example.com", "SRV")).containsExactly("1 1 5060 sip.example.com.");
        assertThat(client.find("test-service-2", "A")).containsExactly("10.152.183.90");
    }

    @Test
    void t14_serviceThatStartsWithADigit_resolves() throws Exception {
        objects.service(NAMESPACE, "1kubernetes", SeedApi.HTTP, "10.152.183.91");
        try (UdpClient client = new UdpClient(server.port())) {
            Await.until(
                    "known",
                    () -> rcode(client.ask("1kubernetes." + NAMESPACE + ".svc.cluster.local", "A"))
                            .equals("NOERROR"));
        }
        assertThat(pod.find("1kubernetes", "A")).containsExactly("10.152.183.91");
    }

    @Test
    void t17_reverseNamesOutsideTheCluster_goToTheForwarder() throws Exception {
        assertThat(pod.find("8.8.8.8.in-addr.arpa", "PTR")).containsExactly("dns.example.net.");
        String six = "1.0.0.0" + ".0".repeat(20) + ".8.b.d.0.1.0.0.2.ip6.arpa";
        assertThat(pod.find(six, "PTR")).containsExactly("six.example.net.");
    }
}
