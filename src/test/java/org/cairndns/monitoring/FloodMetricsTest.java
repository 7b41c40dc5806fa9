package org.cairndns.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.MetricsText;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** A client asks as fast as it can until the metrics show what became of it. */
class FloodMetricsTest {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int BATCH = 5_000;

    @Test
    void flood_moreThanIsAnswered_isCountedByTheServerThatItCameTo() throws Exception {
        String reason = "skipped: what the kernel dropped is read from /proc/self/net/udp, which is not here";
        boolean counted = Files.exists(Path.of("/proc/self/net/udp"));
        if (!counted) {
            System.out.println(reason);
        }
        assumeTrue(counted, reason);
        try (TestServer server = TestServer.start("""
                        . {
                            bind 127.0.0.1
                            prometheus 127.0.0.1:0
                            template IN A {
                                answer "{{ .Name }} 60 IN A 192.0.2.1"
                            }
                        }
                        """);
                DatagramChannel client = DatagramChannel.open()) {
            client.bind(new InetSocketAddress("127.0.0.9", 0))
                    .connect(new InetSocketAddress("127.0.0.1", server.port()));
            MetricsText before = MetricsText.parse(MetricsClient.page(server.server()));
            assertThat(before.named("cairn_udp_dropped_total")).hasSize(1);
            assertThat(before.named("cairn_udp_flooding_clients").getFirst().value())
                    .isZero();

            long end = System.nanoTime() + LIMIT_NANOS;
            MetricsText page = before;
            boolean apart = false;
            while (!(apart && value(page, "cairn_udp_dropped_total") > 0) && System.nanoTime() - end < 0) {
                send(client);
                page = MetricsText.parse(MetricsClient.page(server.server()));
                apart |= value(page, "cairn_udp_flooding_clients") > 0;
            }

            assertThat(value(page, "cairn_udp_dropped_total")).isPositive();
            assertThat(page.named("cairn_udp_dropped_total").getFirst().labels().get("server"))
                    .startsWith("dns://127.0.0.1:");
            assertThat(apart).as("a client with a queue of its own").isTrue();
        }
    }

    private static double value(MetricsText page, String name) {
        return page.named(name).stream().mapToDouble(MetricsText.Sample::value).sum();
    }

    private static void send(DatagramChannel client) throws Exception {
        ByteBuffer query =
                ByteBuffer.wrap(Message.newQuery(Record.newRecord(Name.fromString("flood.example."), Type.A, DClass.IN))
                        .toWire());
        for (int i = 0; i < BATCH; i++) {
            client.write(query.putShort(0, (short) i).rewind());
        }
    }
}
