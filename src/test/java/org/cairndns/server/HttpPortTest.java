package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.corefile.CorefileException;
import org.cairndns.testing.Await;
import org.cairndns.testing.FreePort;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;

class HttpPortTest {
    /** More than there is room for. */
    private static final int SLOW_CONNECTIONS = 250;

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

    @ParameterizedTest
    @CsvSource({"half a request, 1, ''", "a head without end, 20000, ''", "a page not read, 0, GET /metrics HTTP/1.1"})
    void connections_moreThanThereIsRoomFor_othersAreServed(String what, int octets, String request) throws Exception {
        int port = FreePort.find();
        List<Socket> slow = new ArrayList<>();
        try (TestServer server = TestServer.start(". {\n prometheus 127.0.0.1:" + port + "\n whoami\n}")) {
            assertThat(serves(port)).isTrue();
            byte[] sent =
                    (request.isEmpty() ? "G".repeat(octets) : request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < SLOW_CONNECTIONS; i++) {
                Socket socket = new Socket();
                slow.add(socket);
                socket.setReceiveBufferSize(4096);
                socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
                try {
                    socket.getOutputStream().write(sent);
                } catch (SocketException e) {
                    // Had to give way.
                }
            }

            assertThat(serves(port)).as(what).isTrue();
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
                    .timeout(Duration.ofSeconds(30))
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
