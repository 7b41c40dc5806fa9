package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cairndns.corefile.Scheme;
import org.cairndns.testing.LeakWatch;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that misuse HTTP/2, written octet by octet: each is cut off, and the next client is answered. */
@ExtendWith(LeakWatch.class)
class DohFloodTest {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;
    private static final byte[] NOTHING = {};

    /** {@code :method GET, :scheme http, :path /} from HPACK's static table. */
    private static final byte[] GET = {(byte) 0x82, (byte) 0x86, (byte) 0x84};

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start("https://.:0 {\n whoami\n}\n");
    }

    @AfterEach
    void stop() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + port() + "/dns-query?dns=AAABAAABAAAAAAAAAWEHZXhhbXBsZQAAAQAB"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                    .as("the next client")
                    .isEqualTo(200);
        }
        server.close();
    }

    @Test
    void streams_openedAndGivenUpInHaste_endTheConnection() throws Exception {
        assertCutOff(out -> {
            for (int stream = 1; stream < 20_001; stream += 2) {
                out.write(frame(HEADERS, END_HEADERS, stream, GET));
                out.write(frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
            }
        });
    }

    @Test
    void settingsAndPings_whoseAcknowledgementsNobodyReads_endTheConnection() throws Exception {
        assertCutOff(out -> {
            for (int i = 0; i < 1_000_000; i++) {
                out.write(frame(SETTINGS, 0, 0, NOTHING));
                out.write(frame(PING, 0, 0, new byte[8]));
            }
        });
    }

    @Test
    void headers_thatNeverEnd_endTheConnection() throws Exception {
        assertCutOff(out -> {
            out.write(frame(HEADERS, 0, 1, GET));
            for (int i = 0; i < 100_000; i++) {
                out.write(frame(CONTINUATION, 0, 1, new byte[] {0, 1, 'a', 1, 'b'}));
            }
        });
    }

    @Test
    void frames_withoutOctets_endTheConnection() throws Exception {
        assertCutOff(out -> {
            out.write(frame(HEADERS, END_HEADERS, 1, GET));
            for (int i = 0; i < 100_000; i++) {
                out.write(frame(DATA, 0, 1, NOTHING));
            }
        });
    }

    @Test
    void streams_moreThanAllowed_areRefused() throws Exception {
        try (Socket socket = connect()) {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (int stream = 1; stream < 2 * 150; stream += 2) {
                frames.write(frame(HEADERS, END_HEADERS, stream, GET));
            }
            socket.getOutputStream().write(frames.toByteArray());
            int refused = 0;
            while (refused < 50) {
                byte[] head = socket.getInputStream().readNBytes(9);
                assertThat(head).as("after %d refusals", refused).hasSize(9);
                int length = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | head[2] & 0xff;
                socket.getInputStream().readNBytes(length);
                refused += head[3] == RST_STREAM ? 1 : 0;
            }
        }
    }

    @Test
    void octets_atRandomBehindThePreface_leaveTheServerAnswering() throws Exception {
        long seed = System.nanoTime();
        System.out.println("DohFloodTest seed " + seed);
        Random random = new Random(seed);
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Socket socket = connect();
            open.add(socket);
            byte[] octets = new byte[random.nextInt(2_000)];
            random.nextBytes(octets);
            try {
                socket.getOutputStream().write(octets);
            } catch (IOException e) {
                System.out.println("the server had enough: " + e);
            }
        }
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Something that writes to a connection until it is full of it. */
    private interface Flood {
        void writeTo(OutputStream out) throws IOException;
    }

    private void assertCutOff(Flood flood) throws Exception {
        try (Socket socket = connect()) {
            IOException end = null;
            try {
                flood.writeTo(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (SocketTimeoutException e) {
                throw new AssertionError("the connection stays", e);
            } catch (IOException e) {
                end = e;
            }
            assertThat(end == null || end instanceof SocketException).isTrue();
        }
    }

    private int port() {
        return server.server().port(Scheme.HTTPS);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(frame(SETTINGS, 0, 0, NOTHING));
        return socket;
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) 0)
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }
}
