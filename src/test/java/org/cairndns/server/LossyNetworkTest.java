package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cairndns.acceptance.ServerProcess;
import org.cairndns.testing.Await;
import org.cairndns.testing.LossyRelay;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A network that loses and delays packets: who asks again gets answers, and the server has counted what reached it. */
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

    /** The same in a network namespace of its own, with the loss and delay of the kernel, for root where there is netem. */
    @Test
    void queries_overNetem_areAnswered(@TempDir Path work) throws Exception {
        String namespace = "cairn-" + ProcessHandle.current().pid();
        try {
            assumeTrue(runs("ip netns add " + namespace), "no network namespaces here, which takes root and iproute2");
            assumeTrue(runs(in(namespace) + "ip link set lo up"), "loopback does not come up in a network namespace");
            assumeTrue(
                    runs(in(namespace) + "tc qdisc add dev lo root netem loss 10% delay 5ms 5ms"),
                    "this kernel has no netem");
            assumeTrue(runs("dig -v"), "dig is not installed");
            Path corefile = Files.writeString(
                    work.resolve("Corefile"),
                    ".:5353 {\n template IN A {\n answer \"{{ .Name }} 60 IN A 192.0.2.7\"\n }\n}\n");
            List<String> command = List.of(
                    "ip",
                    "netns",
                    "exec",
                    namespace,
                    ServerProcess.java(),
                    "-cp",
                    ServerProcess.classPath(),
                    "org.cairndns.server.Main",
                    "-conf",
                    corefile.toString());
            Process server = new ProcessBuilder(command).inheritIO().start();
            try {
                for (int i = 0; i < 50; i++) {
                    String dig = in(namespace) + "dig +tries=8 +time=1 +short @127.0.0.1 -p 5353 q" + i + ".example A";
                    Await.until("an answer", () -> output(dig).contains("192.0.2.7"));
                }
            } finally {
                server.destroyForcibly().waitFor();
            }
        } finally {
            runs("ip netns del " + namespace);
        }
    }

    private static String in(String namespace) {
        return "ip netns exec " + namespace + " ";
    }

    private static boolean runs(String command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command.split(" "))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean good = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
            if (!good) {
                System.out.println("LossyNetworkTest: " + command + ": " + output.strip());
            }
            return good;
        } catch (IOException e) {
            System.out.println("LossyNetworkTest: " + e.getMessage());
            return false;
        }
    }

    private static String output(String command) throws IOException {
        Process process =
                new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
