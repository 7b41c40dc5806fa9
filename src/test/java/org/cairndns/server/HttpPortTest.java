package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.cairndns.corefile.CorefileException;
import org.cairndns.kubernetes.testing.Await;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class HttpPortTest {
    @Test
    void metricsPort_takenAtTheStart_dnsAnswersAndTheServerTakesItWhenItIsFree() throws Exception {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        int port = taken.getLocalPort();
        try (TestServer server = TestServer.start(". {\n prometheus 127.0.0.1:" + port + "\n whoami\n}")) {
            assertThat(server.ask("example.org", "A").getRcode()).isEqualTo(Rcode.NOERROR);

            taken.close();

            Await.until("metrics are served", () -> serves(port));
        } finally {
            taken.close();
        }
    }

    @Test
    void serverOfAnotherKind_isAnErrorWithItsLine() {
        assertThatThrownBy(() -> TestServer.start("example.org {\n whoami\n}\nquic://example.com {\n whoami\n}"))
                .isInstanceOf(CorefileException.class)
                .hasMessageContaining("Corefile:4:1: ")
                .hasMessageContaining("scheme 'quic://' of CoreDNS is not in this version of Cairn; write tls://");
    }

    private static boolean serves(int port) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
