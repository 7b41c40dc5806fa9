package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answers;
import static org.cairndns.acceptance.Messages.edns;
import static org.cairndns.acceptance.Messages.rcode;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import org.cairndns.kubernetes.testing.LogLines;
import org.cairndns.kubernetes.testing.TcpProxy;
import org.cairndns.testing.Await;
import org.cairndns.testing.HttpStatus;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Message;

/** What clients and operators see while the API cannot be reached. */
@ExtendWith(SeedCluster.Resolver.class)
class ApiOutageRowsTest {
    private static final String EXPORTER = "_metrics._tcp.node-exporter.wide.svc.cluster.local";

    private static String corefile(Path kubeconfig) {
        return """
                . {
                    bind 127.0.0.1
                    ready 127.0.0.1:0
                    prometheus 127.0.0.1:0
                    kubernetes cluster.local {
                        kubeconfig "%s"
                        startup_timeout 100ms
                    }
                    cache 30
                }
                """.formatted(kubeconfig);
    }

    @Test
    void a27_prometheusBeforeTheFirstSync_failureSoThatOldTargetsStay(SeedCluster cluster) throws Exception {
        try (TcpProxy proxy = new TcpProxy(cluster.apiPort())) {
            proxy.cut();
            try (TestServer server = TestServer.start(corefile(cluster.kubeconfigBy(proxy)));
                    UdpClient client = new UdpClient(server.port())) {
                assertThat(rcode(client.ask(edns(EXPORTER, "SRV", 4096)))).isEqualTo("SERVFAIL");

                proxy.mend();
                Await.until(
                        "the targets are there",
                        () -> rcode(client.ask(edns(EXPORTER, "SRV", 4096))).equals("NOERROR"));
            }
        }
    }

    @Test
    void a36_watchesBroken_answersGoOnAndMetricAndLogSaySo(SeedCluster cluster) throws Exception {
        try (TcpProxy proxy = new TcpProxy(cluster.apiPort());
                LogLines log = new LogLines("org.cairndns.plugin")) {
            try (TestServer server = TestServer.start(corefile(cluster.kubeconfigBy(proxy)));
                    UdpClient client = new UdpClient(server.port())) {
                Await.until("in step", () -> stale(server, "0.0") == 3);
                assertThat(ready(server)).isEqualTo(200);

                proxy.cut();
                Await.until("known as stale", () -> stale(server, "1.0") == 3);

                // Ten minutes are like one second here: nothing in the index has a time after which it goes.
                double before = age(server);
                for (int i = 0; i < 100; i++) {
                    Message response = client.ask("dual.data.svc.cluster.local", "A");
                    assertThat(answers(response)).containsExactly("10.152.183.20");
                    assertThat(response.getSection(1).getFirst().getTTL()).isEqualTo(5);
                    assertThat(rcode(client.ask("nope.data.svc.cluster.local", "A")))
                            .isEqualTo("NXDOMAIN");
                }
                assertThat(ready(server)).isEqualTo(200);
                assertThat(unreachable(server)).endsWith(" 1.0");
                assertThat(log.containing("what is known stays in use")).isNotEmpty();
                assertThat(age(server)).isGreaterThan(before);

                proxy.mend();
                Await.until("in step again", () -> stale(server, "0.0") == 3);
                assertThat(log.containing("answers again")).isNotEmpty();
                assertThat(unreachable(server)).endsWith(" 0.0");
            }
        }
    }

    /** Kinds of objects whose metric has this value. */
    private static long stale(TestServer server, String value) throws IOException {
        return MetricsClient.page(server.server())
                .lines()
                .filter(line -> line.startsWith("cairn_kubernetes_stale{") && line.endsWith(" " + value))
                .count();
    }

    private static String unreachable(TestServer server) throws IOException {
        return MetricsClient.page(server.server())
                .lines()
                .filter(line -> line.startsWith("cairn_condition{condition=\"api_unreachable\""))
                .findFirst()
                .orElse("");
    }

    private static double age(TestServer server) throws IOException {
        return MetricsClient.page(server.server())
                .lines()
                .filter(line -> line.startsWith("cairn_kubernetes_last_event_age_seconds{kind=\"service\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static int ready(TestServer server) throws IOException {
        int port = server.server().httpPort(new InetSocketAddress("127.0.0.1", 0));
        return HttpStatus.of(URI.create("http://127.0.0.1:" + port + "/ready"));
    }
}
