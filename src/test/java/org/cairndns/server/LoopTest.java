package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.cairndns.testing.Await;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

class LoopTest {
    @TempDir
    private Path folder;

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

    @Test
    void forward_toTheServerItself_endsTheProcess() throws Exception {
        try (TestServer server = TestServer.start(loopingCorefile(freePort()))) {
            assertThat(server.server().exitRequested().get(30, TimeUnit.SECONDS))
                    .isEqualTo(1);
        }
    }

    @Test
    void forward_toTheServerItselfAfterAReload_endsTheProcess() throws Exception {
        int port = freePort();
        Path corefile = folder.resolve("Corefile");
        Files.writeString(corefile, ".:" + port + " {\n bind 127.0.0.1\n loop\n whoami\n}\n");
        try (TestServer server = TestServer.startFile(corefile)) {
            Files.writeString(corefile, loopingCorefile(port));
            assertThat(server.server().reload()).isTrue();

            assertThat(server.server().exitRequested().get(30, TimeUnit.SECONDS))
                    .isEqualTo(1);
        }
    }

    private static String loopingCorefile(int port) {
        return ".:" + port + " {\n bind 127.0.0.1\n errors\n cache\n loop\n forward . 127.0.0.1:" + port + "\n}\n";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }

    private static boolean countsTheProbe(String line) {
        return line.startsWith("coredns_dns_requests_total{")
                && line.contains("type=\"other\"")
                && line.contains("zone=\"example.org.\"");
    }
}
