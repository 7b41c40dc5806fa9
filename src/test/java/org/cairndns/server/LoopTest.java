package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cairndns.testing.Await;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.StubUpstream;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

class LoopTest {
    @TempDir
    private Path folder;

    private Path one;
    private Path other;

    @Test
    void forward_toTheServerItself_isLeftOut() throws Exception {
        int port = freePort();
        try (TestServer server = start(one(), corefile(port, "127.0.0.1:" + port))) {
            assertThat(condition(server, "upstream_is_self")).isEqualTo(1);
            assertThat(server.ask("example.org", "A").getRcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(requests(server)).isEqualTo(1);
            assertThat(server.server().exitRequested()).isNotDone();
        }
    }

    @Test
    void twoServersForwardToEachOther_bothLeaveTheOtherOutAndGoOn() throws Exception {
        int port = freePort();
        int otherPort = freePort();
        try (TestServer server = start(one(), corefile(port, "127.0.0.1:" + otherPort));
                TestServer peer = start(other(), corefile(otherPort, "127.0.0.1:" + port))) {
            Await.until(
                    "the loop is found",
                    () -> condition(server, "upstream_loops") + condition(peer, "upstream_loops") > 0);
            Await.until("nothing goes round", () -> isQuiet(server, peer));
            double before = requests(server) + requests(peer);

            for (int i = 0; i < 20; i++) {
                assertThat(server.ask("a" + i + ".example.org", "A").getRcode()).isEqualTo(Rcode.SERVFAIL);
                assertThat(peer.ask("b" + i + ".example.org", "A").getRcode()).isEqualTo(Rcode.SERVFAIL);
            }

            // Those of the clients themselves, and at most two packets between the servers for each.
            assertThat(requests(server) + requests(peer) - before).isBetween(40.0, 40.0 * 3);
            assertThat(server.server().exitRequested()).isNotDone();
        }
    }

    @Test
    void loopEnds_upstreamIsAskedAgain() throws Exception {
        int port = freePort();
        int otherPort = freePort();
        try (StubUpstream upstream = StubUpstream.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        query -> StubUpstream.response(query, Rcode.NXDOMAIN));
                TestServer server = start(one(), corefile(port, "127.0.0.1:" + otherPort));
                TestServer peer =
                        start(other(), corefile(otherPort, "127.0.0.1:" + port).replace("loop", ""))) {
            Await.until("the loop is found", () -> condition(server, "upstream_loops") == 1);

            Files.writeString(
                    other, corefile(otherPort, "127.0.0.1:" + upstream.address().getPort()));
            assertThat(peer.server().reload()).isTrue();

            Await.until(
                    "the upstream is asked again",
                    () -> server.ask("example.org", "A").getRcode() == Rcode.NXDOMAIN);
            assertThat(condition(server, "upstream_loops")).isZero();
        }
    }

    private Path one() {
        one = folder.resolve("one");
        return one;
    }

    private Path other() {
        other = folder.resolve("other");
        return other;
    }

    private static TestServer start(Path file, String text) throws Exception {
        Files.writeString(file, text);
        return TestServer.startFile(file);
    }

    private static String corefile(int port, String upstream) {
        return ".:" + port + " {\n bind 127.0.0.1\n prometheus 127.0.0.1:0\n errors\n loop\n forward . " + upstream
                + "\n}\n";
    }

    private static boolean isQuiet(TestServer server, TestServer peer) throws IOException {
        double before = requests(server) + requests(peer);
        server.ask("quiet.example.org", "A");
        return requests(server) + requests(peer) - before < 5;
    }

    private static double condition(TestServer server, String name) throws IOException {
        return sum(server, "cairn_condition{condition=\"" + name + "\"");
    }

    private static double requests(TestServer server) throws IOException {
        return sum(server, "coredns_dns_requests_total{");
    }

    private static double sum(TestServer server, String start) throws IOException {
        return MetricsClient.page(server.server())
                .lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }
}
