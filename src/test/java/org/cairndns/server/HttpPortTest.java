package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.corefile.CorefileException;
import org.cairndns.testing.Await;
import org.cairndns.testing.FreePort;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class HttpPortTest {
    private static final int SLOW_CLIENTS = 20;

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
    void halfSentRequests_otherClientsAreServed() throws Exception {
        int port = FreePort.find();
        List<Socket> slow = new ArrayList<>();
        try (TestServer server = TestServer.start(". {\n prometheus 127.0.0.1:" + port + "\n whoami\n}")) {
            assertThat(serves(port)).isTrue();
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
                slow.add(socket);
                socket.getOutputStream().write('G');
            }

            assertThat(serves(port)).isTrue();
            assertThat(server.ask("example.org", "A").getRcode()).isEqualTo(Rcode.NOERROR);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
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
                    .timeout(Duration.ofSeconds(5))
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
