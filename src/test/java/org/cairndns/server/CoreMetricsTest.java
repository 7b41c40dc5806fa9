package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;

class CoreMetricsTest {
    @Test
    void query_forZoneOutsideEveryBlock_isCountedAsDropped() throws Exception {
        try (TestServer server = TestServer.start("example.org {\n prometheus 127.0.0.1:0\n whoami\n}")) {
            server.ask("example.com", "A");

            assertThat(metrics(server))
                    .contains(
                            "coredns_dns_requests_total{family=\"1\",proto=\"udp\",server=\"dns://:0\",type=\"A\",view=\"\","
                                    + "zone=\"dropped\"} 1")
                    .contains("coredns_dns_responses_total{plugin=\"\",rcode=\"REFUSED\",server=\"dns://:0\",view=\"\","
                            + "zone=\"dropped\"} 1");
        }
    }

    private static String metrics(TestServer server) throws Exception {
        int port = server.server().httpPort(new InetSocketAddress("127.0.0.1", 0));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
