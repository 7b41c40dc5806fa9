package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.cairndns.testing.Await;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class LoopTest {
    @Test
    void probe_noLoop_runsThroughTheWholeServerAndLeavesItAlone() throws Exception {
        String corefile = "example.org example.net {\n loop\n prometheus 127.0.0.1:0\n whoami\n}\n";
        try (TestServer server = TestServer.start(corefile)) {
            Await.until(
                    "the probe was answered",
                    () -> MetricsClient.page(server.server()).lines().anyMatch(LoopTest::countsTheProbe));

            assertThat(server.ask("example.org", "A").getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(server.server().exitRequested()).isNotDone();
        }
    }

    private static boolean countsTheProbe(String line) {
        return line.startsWith("coredns_dns_requests_total{")
                && line.contains("type=\"other\"")
                && line.contains("zone=\"example.org.\"");
    }
}
