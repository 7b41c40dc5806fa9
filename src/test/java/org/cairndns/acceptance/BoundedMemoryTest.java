package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.cairndns.plugin.spi.MemoryShares;
import org.cairndns.testing.Await;
import org.cairndns.testing.Frames;
import org.cairndns.testing.FreePort;
import org.cairndns.testing.HttpStatus;
import org.cairndns.testing.TestCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

/**
 * A process with the memory that it is delivered with, while clients fill what they can fill: it neither ends nor loses a query
 * for a name of the cluster. The same with full numbers is {@code perf/faults connections} and {@code perf/faults unanswered}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SeedCluster.Resolver.class)
@EnabledOnOs(value = OS.LINUX, disabledReason = "all of 127.0.0.0/8 is local on Linux only")
class BoundedMemoryTest {
    private static final int PER_SECOND = 100;
    private static final int CLIENTS = 10;
    private static final int ENOUGH_REFUSED = 200;
    private static final String MANY = "node-exporter.wide.svc.cluster.local";

    /** As in server/jvm.options. */
    private static final MemoryShares DELIVERED = new MemoryShares(64 << 20, 24 << 20);

    private Path work;
    private DatagramSocket silence;
    private ServerProcess process;
    private int port;
    private int tlsPort;
    private int metricsPort;

    @BeforeAll
    void start(SeedCluster cluster, @TempDir Path folder) throws Exception {
        work = folder;
        silence = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
        port = FreePort.find();
        tlsPort = FreePort.find();
        metricsPort = FreePort.find();
        int ready = FreePort.find();
        // Far more time than there is by default, so that what is held stays.
        String times = "timeouts {\n read 60s\n write 60s\n idle 60s\n}";
        Path corefile = Files.writeString(work.resolve("Corefile"), """
                .:%d {
                    bind 127.0.0.1
                    %s
                    errors
                    ready 127.0.0.1:%d
                    prometheus 127.0.0.1:%d
                    kubernetes cluster.local {
                        kubeconfig "%s"
                    }
                    forward . 127.0.0.1:%d {
                        read_timeout 60s
                        budget 60s
                    }
                    cache 30
                }
                tls://.:%d {
                    bind 127.0.0.1
                    %s
                    %s
                    template IN A example.org {
                        answer "{{ .Name }} 60 IN A 192.0.2.7"
                    }
                }
                """.formatted(
                        port,
                        times,
                        ready,
                        metricsPort,
                        cluster.kubeconfig(),
                        silence.getLocalPort(),
                        tlsPort,
                        times,
                        TestCertificate.create().writeTo(work)));
        process = ServerProcess.start(work.resolve("log"), Map.of(), "-conf", corefile.toString());
        URI probe = URI.create("http://127.0.0.1:" + ready + "/ready");
        Await.until("ready", () -> process.isAlive() && HttpStatus.of(probe) == 200);
    }

    @AfterAll
    void stop() {
        process.close();
        silence.close();
    }

    @Test
    void connections_thatAskAndReadNothing_takeNoBuffersFromOthers() throws Exception {
        byte[] burst = frames(MANY, 200);
        try (UdpLoad others = others()) {
            try (HeldSockets greedy = HeldSockets.open(port, 200, 4, new byte[0])) {
                // More than the direct memory holds, and what kernels keep of it.
                Await.until("some are ended for it", Duration.ofSeconds(60), () -> {
                    greedy.send(burst, 1);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                    return metric("cairn_tcp_closed_total", "reason=\"write\"") > 50;
                });
                assertUnharmed(others);
            }
        }
    }

    @Test
    void misses_thatAreNeverAnswered_areAsManyAsFitIntoTheHeap() throws Exception {
        int max = DELIVERED.forwarded(Runtime.getRuntime().availableProcessors());
        try (UdpLoad others = others();
                DatagramChannel flooder = DatagramChannel.open()) {
            flooder.bind(new InetSocketAddress("127.0.4.1", 0)).connect(new InetSocketAddress("127.0.0.1", port));
            flooder.configureBlocking(false);
            int refused = 0;
            for (int i = 0; i < 10 * max && refused < ENOUGH_REFUSED; i++) {
                flooder.write(
                        ByteBuffer.wrap(query("m" + i + ".example.net", "A").toWire()));
                refused += failures(flooder);
                if (i % 50 == 0) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
            assertThat(refused).as("queries that were refused").isGreaterThanOrEqualTo(ENOUGH_REFUSED);
            assertUnharmed(others);
        }
        // Attempts for one query each: those that are late come later than the test ends.
        double asked = metric("coredns_forward_conn_cache_hits_total", "udp")
                + metric("coredns_forward_conn_cache_misses_total", "udp");
        assertThat(asked).isBetween(max / 4.0, max * 1.05);
    }

    /** Responses with SERVFAIL that are there. */
    private static int failures(DatagramChannel socket) throws IOException {
        int count = 0;
        ByteBuffer response = ByteBuffer.allocate(2048);
        while (socket.read(response.clear()) > 0) {
            count += (response.get(3) & 0xf) == Rcode.SERVFAIL ? 1 : 0;
        }
        return count;
    }

    @Test
    void connections_asManyAsClientsLike_takeNoHeapFromOthers() throws Exception {
        try (UdpLoad others = others();
                HeldSockets plain = HeldSockets.open(port, 3_000, 4, frames(MANY, 1));
                HeldSockets encrypted = HeldSockets.open(tlsPort, 600, 4, clientHello())) {
            plain.send(new byte[] {16, 0, 1}, 1);
            encrypted.send(new byte[] {20, 3, 3}, 1);
            assertUnharmed(others);
        }
        double octets =
                1_700 * metric("cairn_tcp_connections", "dns://") + 10_000 * metric("cairn_tcp_connections", "tls://");
        assertThat(octets).isLessThanOrEqualTo(DELIVERED.connectionOctets());
    }

    private UdpLoad others() throws IOException {
        byte[] name = query("app.data.svc.cluster.local", "A").toWire();
        byte[] service = query("redis.data.svc.cluster.local", "A").toWire();
        return new UdpLoad(port, CLIENTS, PER_SECOND, List.of(name, service));
    }

    private void assertUnharmed(UdpLoad others) throws Exception {
        UdpLoad.Result result = others.end();
        String log = Files.readString(work.resolve("log"));
        assertThat(process.isAlive()).as(log).isTrue();
        assertThat(log).doesNotContain("OutOfMemory", "direct memory", "direct buffer");
        assertThat(result.sent()).isPositive();
        assertThat(result.lost()).as("queries lost of %s, %s", result, log).isZero();
        assertThat(result.strange()).as("answers without an address").isZero();
    }

    private double metric(String name, String label) throws IOException {
        URI page = URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
        try (var in = page.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + "{") && line.contains(label))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }
    }

    private static byte[] frames(String qname, int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(Frames.of(query(qname, "A").toWire()));
        }
        return all.toByteArray();
    }

    /** The begin of a handshake, which many connections can send: nobody goes on with it. */
    private static byte[] clientHello() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("localhost", 853);
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), hello);
        assertThat(result.bytesProduced()).isPositive();
        hello.flip();
        byte[] octets = new byte[hello.remaining()];
        hello.get(octets);
        return octets;
    }
}
