package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cairndns.acceptance.SeedApi.Endpoint;
import org.cairndns.kubernetes.testing.ApiServerDouble;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ReverseMap;

/** Sequences of servers that look up who they or their peers are: RabbitMQ, PostgreSQL. */
@ExtendWith(SeedCluster.Resolver.class)
class ReverseLookupTest {
    private static final String EPMD = SeedApi.port("epmd", 4369);

    private static UpstreamDouble upstream;
    private static TestServer server;

    @TempDir
    Path work;

    @BeforeAll
    static void start(SeedCluster cluster) throws Exception {
        SeedApi objects = cluster.objects();
        objects.namespace("mq");
        // What the controller makes of publishNotReadyAddresses: ready, though the pod does not serve yet.
        objects.headless("mq", "nodes", EPMD);
        objects.slice("mq", "nodes", "a", EPMD, List.of(Endpoint.named("10.1.4.1", "server-0")));
        upstream = new UpstreamDouble();
        server = TestServer.start(cluster.corefile(upstream));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        upstream.close();
    }

    @Test
    void a18_rabbitPeers_firstReverseNameIsTheHostnames() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            for (int i = 0; i < 100; i++) {
                List<String> addresses = answers(client.ask("rabbit-nodes.data.svc.cluster.local", "A"));
                assertThat(addresses).containsExactlyInAnyOrder("10.1.0.31", "10.1.0.32", "10.1.0.33");
                for (String address : addresses) {
                    int node = address.charAt(address.length() - 1) - '1';
                    assertThat(reverse(client, address).getFirst())
                            .isEqualTo("rabbit-" + node + ".rabbit-nodes.data.svc.cluster.local.");
                }
            }
        }
    }

    @Test
    void a18_rabbitPeersAfterAResync_firstReverseNameIsTheSame() throws Exception {
        try (ApiServerDouble api = ApiServerDouble.start(work)) {
            SeedApi objects = new SeedApi(api);
            objects.namespace("data");
            objects.headless("data", "rabbit-nodes", EPMD);
            objects.slice("data", "rabbit-nodes", "a", EPMD, List.of(Endpoint.named("10.1.0.31", "rabbit-0")));
            objects.service("data", "rabbit", EPMD, "10.96.0.30");
            objects.slice("data", "rabbit", "a", EPMD, List.of(Endpoint.of("10.1.0.31")));
            try (TestServer own = TestServer.start("""
                            . {
                                bind 127.0.0.1
                                kubernetes cluster.local in-addr.arpa {
                                    kubeconfig "%s"
                                }
                            }
                            """.formatted(api.kubeconfig()));
                    UdpClient client = new UdpClient(own.port())) {
                List<String> before = reverse(client, "10.1.0.31");
                api.kill();
                api.compact();
                api.restart();
                Await.until("all slices are listed again", () -> lists(api) == 2);
                objects.service("data", "marker", EPMD, "10.96.0.31");
                Await.until(
                        "the watch goes on",
                        () -> client.ask("marker.data.svc.cluster.local", "A").getRcode() == 0);

                assertThat(before).hasSize(2).first().isEqualTo("rabbit-0.rabbit-nodes.data.svc.cluster.local.");
                assertThat(reverse(client, "10.1.0.31")).isEqualTo(before);
            }
        }
    }

    private static long lists(ApiServerDouble api) {
        return api.requests().stream()
                .filter(request -> request.contains("/endpointslices?") && !request.contains("watch=true"))
                .count();
    }

    @Test
    void a19_podThatIsPublishedThoughNotReady_hasAddressAndReverseName() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            assertThat(answers(client.ask("server-0.nodes.mq.svc.cluster.local", "A")))
                    .containsExactly("10.1.4.1");
            assertThat(reverse(client, "10.1.4.1")).containsExactly("server-0.nodes.mq.svc.cluster.local.");
        }
    }

    @Test
    void a20_reverseNameOfAPostgresClient_leadsBackToItsAddress() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            for (String address : List.of("10.1.2.1", "10.1.2.2", "10.1.2.3", "10.152.183.60", "fd00:10::11")) {
                List<String> names = reverse(client, address);
                assertThat(names).as(address).isNotEmpty();
                for (String name : names) {
                    assertThat(answers(client.ask(name, address.contains(":") ? "AAAA" : "A")))
                            .as(name)
                            .contains(java.net.InetAddress.ofLiteral(address).getHostAddress());
                }
            }
            assertThat(reverse(client, "10.1.2.1")).contains("pg-0.pg.db.svc.cluster.local.");
        }
    }

    private static List<String> reverse(UdpClient client, String address) throws IOException {
        return answers(client.ask(ReverseMap.fromAddress(address).toString(), "PTR"));
    }
}
