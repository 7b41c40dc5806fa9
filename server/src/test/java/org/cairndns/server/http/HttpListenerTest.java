package org.cairndns.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpListenerTest {
    private static final int PLACES = 40;
    private static final int LARGE = 16 << 20;
    private static final HttpLimits LIMITS =
            new HttpLimits(PLACES, LARGE - 1, Duration.ofMinutes(1), Duration.ofMinutes(1));
    private static final String GREEDY = "127.0.0.2";
    private static final String PROBE = "127.0.0.1";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService background = new ScheduledThreadPoolExecutor(1);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final List<Socket> held = new ArrayList<>();
    private HttpListener listener = listen(LIMITS);

    private HttpListener listen(HttpLimits limits) {
        try {
            return HttpListener.open(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                    HttpListenerTest::answer,
                    limits,
                    HttpSurroundings.of(this::execute, background));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void execute(Runnable task) {
        threads.execute(() -> {
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                task.run();
            } finally {
                running.decrementAndGet();
            }
        });
    }

    private static void answer(HttpRequest request, HttpReply reply) throws IOException {
        switch (request.uri().getPath()) {
            case "/health" -> reply.send(200, Map.of("Content-Type", "text/plain"), octets("OK"));
            case "/large" -> reply.send(200, Map.of(), new byte[LARGE]);
            default -> reply.send(404, Map.of(), new byte[0]);
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : held) {
            socket.close();
        }
        listener.close();
        background.shutdownNow();
        threads.shutdownNow();
    }

    @Test
    void request_isAnsweredAndTheConnectionEnds() throws IOException {
        assertThat(exchange(PROBE, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n")).matches("""
                        HTTP/1\\.1 200 OK\r
                        Date: \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r
                        Content-Length: 2\r
                        Connection: close\r
                        Content-Type: text/plain\r
                        \r
                        OK""");
    }

    @Test
    void head_isAnsweredWithoutTheBody() throws IOException {
        assertThat(exchange(PROBE, "HEAD /health HTTP/1.1\r\n\r\n"))
                .contains("Content-Length: 2\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void requestWithABody_seesTheResponse() throws IOException {
        assertThat(exchange(PROBE, "POST /health HTTP/1.1\r\nContent-Length: 20000\r\n\r\n" + "x".repeat(20_000)))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("OK");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET /none HTTP/1.1     | 404 Not Found
                    GET /health HTTP/1.0   | 200 OK
                    GET http://x/health HTTP/1.1 | 200 OK
                    GET /%68ealth?x=y HTTP/1.1   | 200 OK
                    GET /health            | 400 Bad Request
                    GET /a b HTTP/1.1      | 400 Bad Request
                    GET /{ HTTP/1.1        | 400 Bad Request
                    GET mailto:x HTTP/1.1  | 400 Bad Request
                    PRI * HTTP/2.0         | 505 HTTP Version Not Supported
                    """)
    void firstLine_decidesTheStatus(String line, String status) throws IOException {
        assertThat(exchange(PROBE, line + "\r\n\r\n")).startsWith("HTTP/1.1 " + status + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n\r\nGET /health HTTP/1.1\r\n\r\n", "GET /health HTTP/1.1\nHost: x\n\n"})
    void lineEndings_ofLenientClients_areTaken(String request) throws IOException {
        assertThat(exchange(PROBE, request)).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void headWithoutEnd_isRefusedAtItsLimit() throws IOException {
        assertThat(exchange(PROBE, "GET /health HTTP/1.1\r\nX: " + "x".repeat(HttpHeadReader.MAX_OCTETS)))
                .startsWith("HTTP/1.1 431 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET /large HTTP/1.1\r\n\r\n"})
    void connections_moreThanThereIsRoomForOfOneClient_keepNobodyOut(String request) throws IOException {
        for (int i = 0; i < 3 * PLACES; i++) {
            hold(GREEDY, request);
            if (i % 10 == 0) {
                assertThat(exchange(PROBE, "GET /health HTTP/1.1\r\n\r\n"))
                        .as("with %d held", held.size())
                        .endsWith("OK");
            }
        }
        assertThat(exchange(GREEDY, "GET /health HTTP/1.1\r\n\r\n")).endsWith("OK");
        assertThat(mostRunning).hasValueLessThan(2 * PLACES);
    }

    @Test
    void connections_ofManyClients_theOldestGivesWay() throws IOException {
        for (int i = 0; i < PLACES; i++) {
            hold("127.0.1." + (i + 1), "G");
        }

        assertThat(exchange(PROBE, "GET /health HTTP/1.1\r\n\r\n")).endsWith("OK");

        assertThat(isEnded(held.getFirst())).isTrue();
        held.getLast().setSoTimeout(1);
        assertThat(held.getLast().isClosed()).isFalse();
    }

    @Test
    void pages_thatAreNotRead_giveWayToOneThatIs() throws IOException {
        Socket unread = hold(GREEDY, "GET /large HTTP/1.1\r\n\r\n");
        unread.getInputStream().read();

        assertThat(exchange(PROBE, "GET /large HTTP/1.1\r\n\r\n")).hasSizeGreaterThan(LARGE);

        assertThat(isEnded(unread)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /hea", "GET /large HTTP/1.1\r\n\r\n"})
    void client_thatTakesTooLong_isLeft(String request) throws IOException {
        listener.close();
        listener = listen(new HttpLimits(PLACES, LARGE, Duration.ofMillis(10), Duration.ofMillis(10)));
        hold(PROBE, request);

        Await.until("only the listener runs", () -> running.get() == 1);
    }

    @Test
    void close_endsWhatIsOpen() throws IOException {
        Socket idle = hold(PROBE, "");
        exchange(PROBE, "GET /health HTTP/1.1\r\n\r\n");

        listener.close();

        assertThat(isEnded(idle)).isTrue();
        Await.until("no thread is left", () -> running.get() == 0);
    }

    /** True once the server has ended a connection, whatever was sent on it before. */
    private static boolean isEnded(Socket socket) throws IOException {
        try {
            socket.setSoTimeout((int) Await.LONG.toMillis());
            InputStream in = socket.getInputStream();
            while (in.read(new byte[1 << 16]) >= 0) {
                // What is on its way yet.
            }
            return true;
        } catch (SocketException e) {
            return true;
        }
    }

    private Socket hold(String from, String request) throws IOException {
        Socket socket = connect(from);
        held.add(socket);
        socket.getOutputStream().write(octets(request));
        return socket;
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), listener.port()));
        return socket;
    }

    private String exchange(String from, String request) throws IOException {
        try (Socket socket = connect(from)) {
            socket.setSoTimeout((int) Await.LONG.toMillis());
            socket.getOutputStream().write(octets(request));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
