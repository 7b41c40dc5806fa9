package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.CorefileException;
import org.cairndns.kubernetes.testing.LogLines;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.testing.Await;
import org.cairndns.testing.FreePort;
import org.cairndns.testing.HttpStatus;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

/** What is wrong around the server stops no start, is a condition with two lines, and ends by itself. */
class SurroundingsTest {
    private static final String SERVICE = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: default}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: default}
            spec: {clusterIP: 10.96.1.10, ports: [{name: http, port: 80}]}
            """;

    @TempDir
    private Path folder;

    private Path corefile;
    private int metrics;
    private int readyPort;

    @BeforeEach
    void ports() throws IOException {
        corefile = folder.resolve("Corefile");
        metrics = FreePort.find();
        readyPort = FreePort.find();
    }

    private String probes() {
        return " prometheus 127.0.0.1:" + metrics + "\n ready 127.0.0.1:" + readyPort + "\n";
    }

    private TestServer start(String text) throws IOException, CorefileException {
        Files.writeString(corefile, text);
        return TestServer.startAnyhow(corefile, Optional.of(folder.resolve("kept")));
    }

    private int ready() throws IOException {
        return HttpStatus.of(URI.create("http://127.0.0.1:" + readyPort + "/ready"));
    }

    private double condition(String name) throws IOException {
        URI page = URI.create("http://127.0.0.1:" + metrics + "/metrics");
        String text;
        try (InputStream body = page.toURL().openStream()) {
            text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
        return text.lines()
                .filter(line -> line.startsWith("cairn_condition{condition=\"" + name + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void clusterWithoutAWayToIt_servfailUntilTheWayIsThere() throws Exception {
        Path objects = folder.resolve("objects");
        try (LogCapture log = new LogCapture();
                TestServer server = start(
                        ". {\n bind 127.0.0.1\n" + probes() + " kubernetes cluster.local {\n  manifests " + objects
                                + "\n }\n template IN A example.org {\n  answer \"{{ .Name }} A 192.0.2.1\"\n }\n}\n")) {
            assertThat(server.ask("web.default.svc.cluster.local", "A").getRcode())
                    .isEqualTo(Rcode.SERVFAIL);
            assertThat(server.ask("example.org", "A").getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(ready()).isEqualTo(503);
            assertThat(condition("missing")).isEqualTo(1);

            Files.createDirectory(objects);
            Files.writeString(objects.resolve("web.yaml"), SERVICE);

            Await.until("the cluster is read", () -> ready() == 200);
            assertThat(server.ask("web.default.svc.cluster.local", "A").getRcode())
                    .isEqualTo(Rcode.NOERROR);
            assertThat(condition("missing")).isZero();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("does not exist"))
                    .hasSize(1);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("what it needs is there now"))
                    .hasSize(1);
        }
    }

    @Test
    void certificateMissing_thatBlockAloneIsOut() throws Exception {
        String text = ". {\n bind 127.0.0.1\n" + probes() + " whoami\n}\ntls://.:0 {\n bind 127.0.0.1\n tls "
                + folder.resolve("cert.pem") + " " + folder.resolve("key.pem") + "\n whoami\n}\n";
        try (TestServer server = start(text)) {
            assertThat(server.ask("example.org", "A").getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(ready()).isEqualTo(200);
            assertThat(condition("missing")).isEqualTo(1);
        }
    }

    @Test
    void interfaceMissing_probesAndMetricsAreServedAllTheSame() throws Exception {
        try (TestServer server = start(". {\n bind nosuchcard0\n" + probes() + " whoami\n}\n")) {
            assertThat(ready()).isEqualTo(503);
            assertThat(condition("missing")).isEqualTo(1);
        }
    }

    @Test
    void dnsPortTaken_triedAgainUntilItIsFree() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
            int port = taken.getLocalPort();
            try (TestServer server = start(".:" + port + " {\n bind 127.0.0.1\n" + probes() + " whoami\n}\n")) {
                assertThat(ready()).isEqualTo(503);
                assertThat(condition("port_taken")).isEqualTo(1);

                taken.close();

                Await.until("the port is taken over", () -> ready() == 200);
                assertThat(server.ask("example.org", "A").getRcode()).isEqualTo(Rcode.NOERROR);
                assertThat(condition("port_taken")).isZero();
            }
        }
    }

    @Test
    void portsOfProbesAndMetricsTaken_areAConditionEachAndEnd() throws Exception {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket ready = new ServerSocket(readyPort, 1, loopback);
                ServerSocket health = new ServerSocket(0, 1, loopback);
                ServerSocket page = new ServerSocket(0, 1, loopback);
                LogCapture log = new LogCapture();
                TestServer server = start(". {\n bind 127.0.0.1\n" + probes() + " health 127.0.0.1:"
                        + health.getLocalPort() + "\n whoami\n}\nlan.example {\n bind 127.0.0.1\n prometheus 127.0.0.1:"
                        + page.getLocalPort() + "\n whoami\n}\n")) {
            assertThat(server.ask("example.org", "A").getRcode()).isEqualTo(Rcode.NOERROR);
            for (ServerSocket taken : List.of(ready, health, page)) {
                String address = "http://127.0.0.1:" + taken.getLocalPort();
                assertThat(condition("port_taken\",subject=\"" + address)).isEqualTo(1);
                assertThat(log.lines())
                        .filteredOn(line -> line.startsWith("WARN") && line.contains("listen " + address + ": "))
                        .hasSize(1);
            }
            assertThat(condition("port_taken")).isEqualTo(3);

            ready.close();
            health.close();
            page.close();

            Await.until("the ports are taken over", () -> condition("port_taken") == 0);
            assertThat(ready()).isEqualTo(200);
        }
    }

    @Test
    void resolvConfEmpty_isAConditionUntilItNamesAnUpstream() throws Exception {
        Path file = Files.writeString(folder.resolve("resolv.conf"), "");
        try (LogCapture log = new LogCapture();
                TestServer server = start(". {\n bind 127.0.0.1\n" + probes() + " forward . " + file + "\n}\n")) {
            assertThat(ready()).isEqualTo(200);
            assertThat(condition("resolv_conf_unusable")).isEqualTo(1);

            Files.writeString(file, "nameserver 127.0.0.77\n");

            Await.until("the file is read", () -> condition("resolv_conf_unusable") == 0);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains(file.toString()))
                    .hasSize(2)
                    .last()
                    .asString()
                    .endsWith("names an upstream");
        }
    }

    @Test
    void wrongCorefileAtTheStart_lastGoodOneRunsUntilItIsMended() throws Exception {
        Path more = folder.resolve("more");
        Files.writeString(more, "whoami\n");
        String right = ". {\n bind 127.0.0.1\n" + probes() + " import more\n}\n";
        start(right).close();
        Files.delete(more);

        try (LogLines log = new LogLines(ConfigurationSource.class);
                TestServer server = start(right)) {
            assertThat(server.ask("example.org", "A").getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(condition("corefile_rejected")).isEqualTo(1);
            assertThat(log.containing("cannot import 'more'")).hasSize(1);

            Files.writeString(more, "refuse\n");
            Await.until(
                    "the change is looked at",
                    () -> !log.containing("unknown directive 'refuse'").isEmpty());
            assertThat(condition("corefile_rejected")).isEqualTo(1);

            Files.writeString(more, "acl {\n block\n}\n");
            Await.until("it is taken", () -> condition("corefile_rejected") == 0);
            assertThat(server.ask("example.org", "A").getRcode()).isEqualTo(Rcode.REFUSED);
        }
    }

    @Test
    void mendedCorefileWithATakenPort_runsAndWaitsForIt() throws Exception {
        start(". {\n bind 127.0.0.1\n" + probes() + " whoami\n}\n").close();
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
                TestServer server = start(". {\n nonsense\n}\n")) {
            assertThat(condition("corefile_rejected")).isEqualTo(1);

            Files.writeString(
                    corefile,
                    ". {\n bind 127.0.0.1\n" + probes() + " acl {\n  block\n }\n}\n.:" + taken.getLocalPort()
                            + " {\n bind 127.0.0.1\n whoami\n}\n");

            Await.until("it is taken", () -> condition("corefile_rejected") == 0);
            assertThat(condition("port_taken")).isEqualTo(1);
            assertThat(server.ask("example.org", "A").getRcode()).isEqualTo(Rcode.REFUSED);

            taken.close();

            Await.until("the port is taken over", () -> condition("port_taken") == 0);
        }
    }

    @Test
    void lastGoodFile_thatIsSomethingElse_isReplacedByOneThatOnlyItsOwnerReads() throws Exception {
        String text = ". {\n bind 127.0.0.1\n whoami\n}\n";
        start(text).close();
        Path kept = folder.resolve("kept");
        byte[] right = Files.readAllBytes(kept);
        byte[] wrong = right.clone();
        wrong[wrong.length - 1] = (byte) 0xff;
        Files.write(kept, wrong);

        start(text).close();

        assertThat(kept).hasBinaryContent(right);
        assertThat(Files.getPosixFilePermissions(kept))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void tornLastGoodOne_isNoUse() throws Exception {
        start(". {\n bind 127.0.0.1\n whoami\n}\n").close();
        Path kept = folder.resolve("kept");
        Files.writeString(kept, Files.readString(kept).substring(0, 100));

        assertThatThrownBy(() -> start(". {\n nonsense\n}\n")).isInstanceOf(CorefileException.class);
    }

    @Test
    void wrongCorefileWithoutALastGoodOne_isRefused() {
        assertThatThrownBy(() -> start(". {\n nonsense\n}\n")).isInstanceOf(CorefileException.class);
    }
}
