package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.cairndns.testing.Await;
import org.cairndns.testing.LossyRelay;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A way that loses and delays packets: who asks again gets answers, and the server has counted what reached it. */
class LossyNetworkTest {
    private static final int LOSS_PERCENT = 20;
    private static final int DELAY_MILLIS = 10;
    private static final int QUERIES = 100;
    private static final int TRIES = 12;

    @Test
    void queries_overALossyWay_areAnsweredAndCounted() throws Exception {
        long seed = System.nanoTime();
        System.out.println("LossyNetworkTest: seed " + seed);
        try (TestServer server = TestServer.start(
                        ". {\n prometheus 127.0.0.1:0\n template IN A {\n answer \"{{ .Name }} 60 IN A 192.0.2.7\"\n }\n}");
                LossyRelay relay = new LossyRelay(server.port(), LOSS_PERCENT, DELAY_MILLIS, seed)) {
            for (int i = 0; i < QUERIES; i++) {
                Message response = ask(relay.port(), "q" + i + ".example.");
                assertThat(response.getQuestion().getName()).hasToString("q" + i + ".example.");
                assertThat(response.toString()).contains("192.0.2.7");
            }
            Await.until("all are counted", () -> count(server, "coredns_dns_requests_total") == relay.arrived());
            assertThat(relay.arrived()).isGreaterThan(QUERIES);
            Await.until("all are answered", () -> count(server, "coredns_dns_responses_total") == relay.arrived());
        }
    }

    private static Message ask(int port, String qname) throws IOException {
        SimpleResolver resolver = new SimpleResolver("127.0.0.1");
        resolver.setPort(port);
        resolver.setTimeout(Duration.ofMillis(150));
        Message query = Message.newQuery(Record.newRecord(Name.fromString(qname), Type.A, 1));
        IOException last = new IOException("not asked");
        for (int i = 0; i < TRIES; i++) {
            try {
                return resolver.send(query);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static long count(TestServer server, String metric) throws IOException {
        return MetricsClient.page(server.server())
                .lines()
                .filter(line -> line.startsWith(metric + "{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
