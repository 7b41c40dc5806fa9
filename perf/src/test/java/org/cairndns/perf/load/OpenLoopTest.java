package org.cairndns.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenLoopTest {
    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    @TempDir
    Path folder = Path.of("");

    @Test
    void run_serverThatAnswersAtOnce_countsEveryAnswer() throws IOException {
        LoadTally tally = load((server, query, number) -> {
            answer(server, query, 0);
        });

        assertThat(tally.asked()).isEqualTo(500);
        assertThat(tally.answered()).isEqualTo(500);
        assertThat(tally.lost()).isZero();
        assertThat(tally.failed()).isZero();
        assertThat(tally.latency().p50Millis()).isPositive();
    }

    @Test
    void run_stalledServer_countsTheStallForAllThatWaited() throws IOException {
        LoadTally tally = load((server, query, number) -> {
            if (number == 100) {
                long endNanos = System.nanoTime() + STALL_NANOS;
                while (System.nanoTime() < endNanos) {
                    LockSupport.parkNanos(endNanos - System.nanoTime());
                }
            }
            answer(server, query, 0);
        });

        // 100 of the 500 queries were due while the server did nothing; a closed loop would see one slow answer.
        assertThat(tally.latency().maxMillis()).isGreaterThanOrEqualTo(199);
        assertThat(tally.latency().p99Millis()).isGreaterThan(150);
        assertThat(tally.worstLatencyMillis(0)).isEqualTo(tally.latency().maxMillis());
    }

    @Test
    void run_answersThatAreMissingOrFailures_countsThem() throws IOException {
        LoadTally tally = load((server, query, number) -> {
            if (number % 10 == 0) {
                answer(server, query, 2);
            } else if (number % 10 != 1) {
                answer(server, query, 3);
            }
        });

        assertThat(tally.lost()).isEqualTo(50);
        assertThat(tally.failed()).isEqualTo(50);
    }

    @Test
    void steady_machineHadNoTimeForIt_putsOffInsteadOfARush() throws IOException {
        List<Long> cameNanos = new ArrayList<>();
        AtomicInteger before = new AtomicInteger();
        Behaviour behaviour = (server, query, number) -> {
            cameNanos.add(System.nanoTime());
            answer(server, query, 0);
        };

        LoadTally tally = load(
                behaviour,
                (server, packets) -> OpenLoop.steady(
                        server, packets, new Pace(Arrivals.EVEN, 500, 60, 1), new Clients(64, 0), () -> {
                            int query = before.getAndIncrement();
                            if (query == 100) {
                                LockSupport.parkNanos(2 * STALL_NANOS);
                            }
                            return query == 300;
                        }));

        assertThat(tally.asked()).isEqualTo(300);
        assertThat(tally.lost()).isZero();
        // 200 more were due while it was held up.
        long restNanos = cameNanos.getLast() - cameNanos.get(100);
        assertThat(restNanos).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
    }

    private interface Behaviour {
        void on(DatagramSocket server, DatagramPacket query, int number) throws IOException;
    }

    private interface Load {
        LoadTally on(InetSocketAddress server, QueryPackets queries) throws IOException;
    }

    /** Asks a server of that behaviour 500 times in a second. */
    private LoadTally load(Behaviour behaviour) throws IOException {
        return load(
                behaviour,
                (server, queries) -> OpenLoop.run(server.getPort(), queries, new Pace(Arrivals.EVEN, 500, 1, 1)));
    }

    private LoadTally load(Behaviour behaviour, Load load) throws IOException {
        Path queries = Files.writeString(folder.resolve("queries"), "a.example A\nb.example AAAA\nc.example SRV\n");
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
                Arena arena = Arena.ofConfined()) {
            Thread.ofPlatform().daemon().start(() -> serve(server, behaviour));
            return load.on((InetSocketAddress) server.getLocalSocketAddress(), QueryPackets.read(queries, arena));
        }
    }

    private static void serve(DatagramSocket server, Behaviour behaviour) {
        try {
            for (int number = 0; ; number++) {
                DatagramPacket query = new DatagramPacket(new byte[512], 512);
                server.receive(query);
                behaviour.on(server, query, number);
            }
        } catch (SocketException e) {
            // The test is over.
            return;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void answer(DatagramSocket server, DatagramPacket query, int rcode) throws IOException {
        query.getData()[2] |= (byte) 0x80;
        query.getData()[3] = (byte) rcode;
        server.send(query);
    }
}
