package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.cairndns.acceptance.Messages.query;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.cairndns.testing.FreePort;
import org.cairndns.testing.HttpStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that are told to read their Corefile again, to end, or to take the place of another one, under load. */
class LifecycleTest {
    private static final String LIVE = "a.example.org";
    private static final int CLIENTS = 50;
    private static final int NO_TIME = -1;
    private static final int SIGINT = 2;
    private static final int PER_SECOND = 1_000;

    @TempDir
    Path work;

    private final List<ServerProcess> processes = new ArrayList<>();
    private UpstreamDouble upstream;
    private int port;

    @BeforeEach
    void findPorts() throws Exception {
        upstream = new UpstreamDouble()
                .does(UpstreamDouble.delayed(Duration.ofMillis(150), UpstreamDouble.address("198.51.100.7")));
        port = FreePort.find();
    }

    @AfterEach
    void stop() throws Exception {
        processes.forEach(ServerProcess::close);
        upstream.close();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "all of 127.0.0.0/8 is local on Linux only")
    void reloads_underLoad_loseNothingAndStayReady() throws Exception {
        Instance server = new Instance("one", FreePort.find());
        server.start();
        try (UdpLoad load = new UdpLoad(port, CLIENTS, PER_SECOND, liveAndForwarded())) {
            for (int ttl = 61; ttl <= 100; ttl++) {
                server.write(ttl);
                server.process.reload();
                int expected = ttl;
                Await.until("reloaded and ready", () -> {
                    int status = status(server.ready);
                    assertThat(status).as("readiness").isIn(200, NO_TIME);
                    return status == 200 && ttl() == expected;
                });
            }
            assertNothingLost(load);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "sockets of several processes share a port on Linux only")
    void pairsBehindOneAddress_underLoad_loseNothingByUdpAndTcp() throws Exception {
        Instance old = new Instance("0", FreePort.find());
        old.start("-takeover");
        try (UdpLoad load = new UdpLoad(port, CLIENTS, PER_SECOND, liveAndForwarded())) {
            TcpLoad connections = new TcpLoad(port, LIVE);
            for (int i = 1; i <= 3; i++) {
                Instance next = new Instance(Integer.toString(i), FreePort.find());
                next.start("-takeover");
                assertThat(old.process.stop()).as("exit code").isZero();
                assertThat(old.log()).contains("Stops answering: another process has taken over");
                old = next;
            }
            assertThat(connections.end()).isEmpty();
            assertThat(connections.answered()).isPositive();
            assertNothingLost(load);
        }
    }

    @Test
    void startOnThePortOfAnother_withoutTakingOver_isNotReadyUntilThatOneEnds() throws Exception {
        Instance first = new Instance("first", FreePort.find());
        first.start();
        Instance second = new Instance("second", FreePort.find());
        second.begin();
        Await.until("the second one says why it waits", () -> second.log().contains("another process listens there"));
        assertThat(HttpStatus.of(second.ready)).isEqualTo(503);

        first.process.stop();

        Await.until("the second one is ready", () -> HttpStatus.of(second.ready) == 200);
        assertThat(ttl()).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "epoll", "nio"})
    void term_queryWaitsForTheUpstream_isAnswered(String sockets) throws Exception {
        upstream.does(UpstreamDouble.silence());
        Instance server = new Instance(sockets, FreePort.find());
        server.start("-sockets", sockets);
        try (UdpClient client = new UdpClient(port)) {
            client.send(query("late.example.net", "A"));
            Await.until("the upstream is asked", () -> !upstream.asks().isEmpty());
            server.process.terminate();
            Await.until("the wait for clients is over", () -> server.log().contains("Stops answering: no query for"));
            UpstreamDouble.address("198.51.100.7").answer(upstream.asks().getFirst());

            assertThat(Messages.answers(Messages.parse(client.receive()))).containsExactly("198.51.100.7");
        }
        assertThat(server.process.stop()).isZero();
    }

    @Test
    void term_clientsAskOnAndOn_endsAtTheLimitBehindTheAnswers() throws Exception {
        Instance server = new Instance("limit", FreePort.find());
        server.start();
        try (UdpLoad load = new UdpLoad(port, 5, 100, List.of(query(LIVE, "A").toWire()))) {
            server.process.terminate();
            Await.until("the limit is over", () -> server.log().contains("queries a second still come"));
            load.end();
        }
        assertThat(server.log())
                .containsPattern("Stops answering: 3\\.[0-9] s are over, [0-9]+ queries a second still come");
        assertThat(server.process.stop()).isZero();
    }

    /** Not even a second TERM is needed then; see docs/running.md. */
    @Test
    void interrupt_whileClientsAskAndDrain_endsAtOnce() throws Exception {
        // What is started in the background of a script ignores INT, and so does all that it starts (POSIX, 2.11).
        assumeThat(ignoresInterrupts())
                .as("INT is ignored here, as in the background of a script")
                .isFalse();
        Instance server = new Instance("interrupt", FreePort.find());
        server.start();
        try (UdpLoad load = new UdpLoad(port, 5, 100, List.of(query(LIVE, "A").toWire()))) {
            server.process.interrupt();
            assertThat(server.process.await()).isZero();
            load.end();
        }
        assertThat(server.log()).contains("SIGINT").doesNotContain("Stops answering");
    }

    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .map(line -> line.substring("SigIgn:".length()).strip())
                .orElse("0");
        return (Long.parseUnsignedLong(ignored, 16) >> (SIGINT - 1) & 1) == 1;
    }

    @Test
    void term_aSecondTime_endsTheWait() throws Exception {
        Instance server = new Instance("twice", FreePort.find());
        server.start();
        try (UdpLoad load = new UdpLoad(port, 5, 100, List.of(query(LIVE, "A").toWire()))) {
            server.process.terminate();
            Await.until("not ready", () -> HttpStatus.of(server.ready) == 503);
            assertThat(server.process.stop()).isZero();
            load.end();
        }
        assertThat(server.log()).contains("Stops answering: another signal came");
    }

    /** {@link #NO_TIME} where nothing came in time, as on a busy machine: a probe asks again then, but not for ever. */
    private static int status(URI page) throws IOException {
        try {
            return HttpStatus.of(page);
        } catch (SocketTimeoutException e) {
            return NO_TIME;
        }
    }

    private static void assertNothingLost(UdpLoad load) throws Exception {
        UdpLoad.Result result = load.end();
        System.out.println("lifecycle: " + result);
        assertThat(result.sent()).isGreaterThan(PER_SECOND / 2);
        assertThat(result.lost()).as("lost of %d", result.sent()).isZero();
        assertThat(result.strange()).as("without an address, or twice").isZero();
    }

    /** Nine of ten are answered at once, one waits for the upstream. */
    private static List<byte[]> liveAndForwarded() {
        List<byte[]> queries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            queries.add(
                    query(i % 10 == 9 ? "n" + i + ".example.net" : LIVE, "A").toWire());
        }
        return queries;
    }

    private long ttl() throws IOException {
        try (UdpClient client = new UdpClient(port)) {
            return client.ask(LIVE, "A").getSection(1).getFirst().getTTL();
        }
    }

    /** One process with files and a ready page of its own, on the address of all. */
    private final class Instance {
        private final String name;
        private final Path corefile;
        private final Path output;
        private final URI ready;
        private ServerProcess process;

        Instance(String name, int readyPort) throws IOException {
            this.name = name;
            this.corefile = work.resolve("Corefile." + name);
            this.output = work.resolve("log." + name);
            this.ready = URI.create("http://127.0.0.1:" + readyPort + "/ready");
            write(60);
        }

        /** Puts the whole file there at once, as a kubelet does. */
        void write(int ttlSeconds) throws IOException {
            Path next = Files.writeString(work.resolve("next." + name), """
                    .:%d {
                        bind 127.0.0.1
                        health 127.0.0.1:0 {
                            quiet 500ms
                            drain_limit 3s
                        }
                        ready 127.0.0.1:%d
                        hosts {
                            10.1.2.3 %s
                            ttl %d
                            fallthrough
                        }
                        forward . %s
                    }
                    """.formatted(
                            port, ready.getPort(), LIVE, ttlSeconds, upstream.address()));
            Files.move(next, corefile, StandardCopyOption.ATOMIC_MOVE);
        }

        void begin(String... options) throws IOException {
            List<String> arguments = new ArrayList<>(List.of("-conf", corefile.toString()));
            arguments.addAll(List.of(options));
            process = ServerProcess.start(output, Map.of(), arguments.toArray(String[]::new));
            processes.add(process);
        }

        void start(String... options) throws Exception {
            begin(options);
            Await.until("ready", () -> {
                assertThat(process.isAlive()).as(log()).isTrue();
                return status(ready) == 200;
            });
        }

        String log() throws IOException {
            return Files.readString(output);
        }
    }
}
