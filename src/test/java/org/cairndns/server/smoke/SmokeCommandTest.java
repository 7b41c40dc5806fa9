package org.cairndns.server.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.testing.FreePort;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class SmokeCommandTest {
    /** Ports of pages are given, so the address is one that nobody else uses. */
    private static final String POD = "127.77.83.1";

    private static final String OUTSIDE = """
            .:0 {
                bind 127.0.0.1
                hosts {
                    198.51.100.7 outside.example
                    %s pods.example
                }
            }
            """.formatted(POD);

    private static TestServer outside;
    private static TestServer right;

    @BeforeAll
    static void start() throws Exception {
        outside = TestServer.start(OUTSIDE);
        right = TestServer.start(corefile("ready " + POD + ":8181", "prometheus " + POD + ":9153"));
    }

    @AfterAll
    static void stop() {
        right.close();
        outside.close();
    }

    private static String corefile(String... more) {
        return """
                .:0 {
                    bind 127.0.0.1
                    %s
                    kubernetes cluster.local in-addr.arpa ip6.arpa {
                        manifests "%s"
                        fallthrough in-addr.arpa ip6.arpa
                    }
                    forward . 127.0.0.1:%d
                }
                """.formatted(String.join("\n", more), homelab(), outside.port());
    }

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Map<String, String> environment = Map.of();

    private int smoke(String... args) {
        AtomicInteger ids = new AtomicInteger(7);
        SmokeCommand command = new SmokeCommand(
                environment,
                folder.resolve("resolv.conf"),
                ids::incrementAndGet,
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return new CommandLine(command)
                .setErr(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .execute(args);
    }

    private int smokeAt(TestServer server, String... args) {
        List<String> all = new ArrayList<>(List.of("--server", "127.0.0.1:" + server.port()));
        all.addAll(List.of("--outside", "outside.example", "--pods", POD));
        all.addAll(List.of(args));
        return smoke(all.toArray(String[]::new));
    }

    private static Path homelab() {
        Path top = Path.of(System.getProperty("cairn.root", "")).toAbsolutePath();
        while (!Files.isDirectory(top.resolve("deploy/homelab"))) {
            top = top.getParent();
        }
        return top.resolve("deploy/homelab");
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "all of 127.0.0.0/8 is local on Linux only")
    void call_rightServer_saysWhatWasSeenLineByLine() throws Exception {
        runsIn("kube-system");
        environment = Map.of("KUBERNETES_SERVICE_HOST", "10.152.183.1", "KUBE_DNS_SERVICE_HOST", "10.152.183.10");
        assertThat(smokeAt(right)).isZero();

        assertThat(output().replaceAll("SOA ns\\.dns.*", "SOA ...")).isEqualTo("""
                    Asks 127.0.0.1:%d about cluster.local.:
                    ok      kubernetes.default.svc.cluster.local. A over UDP: 10.152.183.1
                    ok      kubernetes.default.svc.cluster.local. A over TCP: 10.152.183.1
                    ok      kubernetes.default.svc.cluster.local. AAAA: none, by the SOA record
                    ok      _https._tcp.kubernetes.default.svc.cluster.local. SRV: 0 100 443 kubernetes.default.svc.cluster.local.
                    ok      PTR of kubernetes.default: 1.183.152.10.in-addr.arpa. is kubernetes.default.svc.cluster.local.
                    ok      dns-version.cluster.local. TXT: "1.1.0"
                    ok      kube-dns.kube-system.svc.cluster.local. A: 10.152.183.10
                    ok      nope.default.svc.cluster.local. A: NXDOMAIN by cluster.local. SOA ...
                    ok      outside.example. A: 198.51.100.7
                    ok      PTR of outside.example.: 7.100.51.198.in-addr.arpa.: NOERROR outside.example.
                    skipped kubernetes.default by getaddrinfo: this machine's resolver asks another server
                    ok      /ready and /metrics: right at 127.77.83.1
                    11 ok, 1 skipped, 0 failed
                    """.formatted(right.port()));
    }

    @Test
    void call_noWayOut_asksOnlyAboutTheCluster() throws Exception {
        assertThat(smoke("--server", "127.0.0.1:" + right.port(), "--outside", "none"))
                .isZero();
        assertThat(output())
                .contains("skipped a name outside A: no name outside")
                .contains("skipped PTR of a name outside: no name outside")
                .contains("skipped /ready and /metrics: --pods names no server")
                .endsWith("8 ok, 4 skipped, 0 failed\n");
    }

    /** What added directives break, and the lines that say so. */
    static List<Arguments> faults() {
        String api = "kubernetes.default.svc.cluster.local.";
        return List.of(
                arguments(
                        List.of("IN AAAA cluster.local NXDOMAIN", "IN SRV cluster.local NXDOMAIN"),
                        List.of(
                                "FAILED  " + api + " AAAA: expected addresses or NOERROR without records, got NXDOMAIN",
                                "FAILED  _https._tcp." + api + " SRV: expected SRV with " + api + ", got NXDOMAIN")),
                arguments(
                        List.of("IN AAAA cluster.local NOERROR", "IN PTR in-addr.arpa NXDOMAIN"),
                        List.of(
                                "FAILED  " + api + " AAAA: expected an SOA record beside no addresses",
                                "FAILED  PTR of kubernetes.default: expected " + api
                                        + " at 1.183.152.10.in-addr.arpa.")),
                arguments(
                        List.of("IN A cluster.local SERVFAIL", "IN PTR in-addr.arpa SERVFAIL"),
                        List.of(
                                "FAILED  " + api + " A over UDP: expected an address, got SERVFAIL without records",
                                "FAILED  " + api + " A over TCP: expected an address, got SERVFAIL without records",
                                "FAILED  PTR of kubernetes.default: no address to ask for",
                                "FAILED  nope.default.svc.cluster.local. A: expected NXDOMAIN, got SERVFAIL",
                                "FAILED  PTR of outside.example.: expected an answer of upstreams for 7.100.51.198")),
                arguments(
                        List.of(
                                "IN A cluster.local NXDOMAIN",
                                "IN TXT cluster.local NXDOMAIN",
                                "IN A outside.example SERVFAIL"),
                        List.of(
                                "FAILED  kube-dns.kube-system.svc.cluster.local. A: expected an address, got NXDOMAIN",
                                "FAILED  nope.default.svc.cluster.local. A: expected an SOA record beside NXDOMAIN",
                                "FAILED  dns-version.cluster.local. TXT: expected TXT with \", got NXDOMAIN",
                                "FAILED  outside.example. A: expected an address, got SERVFAIL without records",
                                "FAILED  PTR of outside.example.: no address to ask for")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void call_thingsAreWrong_saysWhichAndFails(List<String> templates, List<String> lines) throws Exception {
        String[] broken = templates.stream()
                .map(text -> text.replaceFirst("^(.*) ([A-Z]+)$", "template $1 {\nrcode $2\n}"))
                .toArray(String[]::new);
        try (TestServer server = TestServer.start(corefile(broken))) {
            assertThat(smokeAt(server)).isEqualTo(1);
            assertThat(output()).contains(lines);
        }
    }

    @Test
    void call_reverseZonesDoNotFallThrough_namesTheRemedy() throws Exception {
        String corefile = corefile().replace("fallthrough in-addr.arpa ip6.arpa", "");
        try (TestServer server = TestServer.start(corefile)) {
            assertThat(smokeAt(server)).isEqualTo(1);
            assertThat(output())
                    .contains("FAILED  PTR of outside.example.: the cluster denies it in place of upstreams")
                    .contains("needs 'fallthrough in-addr.arpa ip6.arpa'");
        }
    }

    @Test
    void call_addressThatTheKubeletDoesNotKnow_fails() throws Exception {
        runsIn("kube-system");
        environment = Map.of("KUBE_DNS_SERVICE_HOST", "10.152.183.99");
        assertThat(smokeAt(right)).isEqualTo(1);
        assertThat(output()).contains("expected 10.152.183.99, which the kubelet knows, got 10.152.183.10");
    }

    @Test
    void call_serviceOfThatNameInThePodsOwnNamespace_isAnotherOne() throws Exception {
        runsIn("cairn");
        environment = Map.of("KUBE_DNS_SERVICE_HOST", "10.152.183.99");
        assertThat(smokeAt(right)).isZero();
    }

    private void runsIn(String namespace) throws IOException {
        Files.writeString(
                folder.resolve("resolv.conf"),
                "search %s.svc.cluster.local svc.cluster.local cluster.local\nnameserver 127.0.0.1\n"
                        .formatted(namespace));
    }

    @Test
    void call_podsWithoutPages_fails() throws Exception {
        assertThat(smokeAt(right, "--pods", "127.77.83.2")).isEqualTo(1);
        assertThat(output()).contains("FAILED  /ready and /metrics: http://127.77.83.2:8181/ready or");
    }

    @Test
    void call_podsByAHeadlessName_areLookedUp() throws Exception {
        try (TestServer server =
                TestServer.start(corefile().replace("198.51.100.7 ", POD + " pods.example\n198.51.100.7 "))) {
            assertThat(smoke("--server", "127.0.0.1:" + server.port(), "--outside", "none", "--pods", "pods.example"))
                    .isZero();
            assertThat(output()).contains("ok      /ready and /metrics: right at " + POD);
        }
    }

    @Test
    void call_podsByANameWithoutAddresses_fails() {
        assertThat(smokeAt(right, "--pods", "nope.default.svc.cluster.local")).isEqualTo(1);
        assertThat(output())
                .contains("nope.default.svc.cluster.local: expected addresses of pods that are ready, got NXDOMAIN");
    }

    @Test
    void call_nobodyListens_failsAtOnce() throws Exception {
        int port = FreePort.find();

        assertThat(smoke("--server", "127.0.0.1:" + port, "--timeout", "200")).isEqualTo(1);
        assertThat(output())
                .contains("A over UDP: nobody listens there (UDP)")
                .endsWith("0 ok, 2 skipped, 10 failed\n");
    }

    @Test
    void call_silentServer_saysHowLongItWaited() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String server = "127.0.0.1:" + silent.getLocalPort();
            try (DatagramSocket udp = new DatagramSocket(silent.getLocalPort(), InetAddress.getLoopbackAddress())) {
                assertThat(udp.isBound()).isTrue();
                assertThat(smoke("--server", server, "--timeout", "10")).isEqualTo(1);
            }
            assertThat(output())
                    .contains("A over UDP: no response over UDP within 3 times 10 ms")
                    .contains("A over TCP: no response over TCP within 3 times 10 ms");
        }
    }

    @Test
    void call_searchListOfThePod_namesTheZone() throws IOException {
        Files.writeString(
                folder.resolve("resolv.conf"),
                "search data.svc.home.arpa svc.home.arpa home.arpa lan\nnameserver 127.0.0.1\noptions ndots:5\n");

        smoke("--server", "127.0.0.1:1", "--timeout", "10");

        assertThat(output()).contains("Asks 127.0.0.1:1 about home.arpa.:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--server cluster.example | --server: expected an IP address, got 'cluster.example'",
                "--server 127.0.0.1:99999 | --server: expected ADDRESS[:PORT], got '127.0.0.1:99999'",
                "--server 127.0.0.1 --zone a..b | --zone: domain name \"a..b\" has an empty label",
                "--server 127.0.0.1 --service kube-dns | --service: expected NAME.NAMESPACE, got 'kube-dns'",
                "--server 127.0.0.1 --timeout 0 | --timeout: expected milliseconds over 0, got 0",
                "--server 127.0.0.1 --zurgel | Unknown option: '--zurgel'",
                "--timeout 5 | resolv.conf (",
            })
    void call_wrongCommandLine_saysWhatWasExpected(String args, String message) {
        assertThat(smoke(args.split(" "))).isEqualTo(2);
        assertThat(output()).contains(message);
    }

    @Test
    void call_help_listsOptionsAndExitCodes() {
        CommandLine command = new CommandLine(new SmokeCommand(Map.of(), folder, () -> 1, System.out));

        assertThat(command.getUsageMessage())
                .contains("--server", "--zone", "--service", "--outside", "--pods", "--timeout", "Exit codes:");
    }
}
