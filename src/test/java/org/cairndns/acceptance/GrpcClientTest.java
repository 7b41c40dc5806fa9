package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answers;
import static org.cairndns.acceptance.Messages.isOwnNameError;
import static org.cairndns.acceptance.Messages.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Message;

/** Sequences of gRPC (Triton's clients, Ray): configuration by TXT first, then every address of a headless service. */
@ExtendWith(SeedCluster.Resolver.class)
class GrpcClientTest {
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
    void a16_serviceConfigAndBalancer_nameErrorAtOnce() throws Exception {
        try (UdpClient client = new UdpClient(server.port())) {
            for (Message query : List.of(
                    query("_grpc_config.dual.data.svc.cluster.local", "TXT"),
                    query("_grpclb._tcp.dual.data.svc.cluster.local", "SRV"))) {
                Latency.requireP99Below(
                        "A16 " + query.getQuestion().getName(), TimeUnit.MILLISECONDS.toNanos(5), 200, () -> {
                            assertThat(isOwnNameError(client.ask(query))).isTrue();
                            return query;
                        });
            }
        }
    }

    @Test
    void a17_hundredTimesAHeadlessName_allAddressesInChangingOrder() throws Exception {
        Map<String, Integer> first = new HashMap<>();
        try (UdpClient client = new UdpClient(server.port())) {
            for (int i = 0; i < 100; i++) {
                List<String> addresses = answers(client.ask("redis.data.svc.cluster.local", "A"));
                assertThat(addresses).containsExactlyInAnyOrder("10.1.0.11", "10.1.0.12");
                first.merge(addresses.getFirst(), 1, Integer::sum);
            }
        }
        // 100 fair throws leave 25 to 75 once in two million runs.
        assertThat(first)
                .hasSize(2)
                .allSatisfy((address, times) -> assertThat(times).isBetween(25, 75));
    }
}
