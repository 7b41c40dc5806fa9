package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.cairndns.testing.Frames;
import org.cairndns.testing.LeakWatch;
import org.cairndns.testing.TestServer;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets that no resolver sends, over a real socket: the documented RCODE or silence, and the server goes on. */
@ExtendWith(LeakWatch.class)
class HostilePacketsTest {
    /** {@code example.org A IN} after a header. */
    private static final String QUESTION = "076578616d706c65036f72670000010001";

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(". {\n whoami\n}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            header only promises a question,      1234 0100 0001 0000 0000 0000,                              FORMERR
            no question,                          1234 0100 0000 0000 0000 0000,                              FORMERR
            two questions,                        1234 0100 0002 0000 0000 0000 Q Q,                          FORMERR
            label over the end,                   1234 0100 0001 0000 0000 0000 3f616263,                     FORMERR
            question without a type,              1234 0100 0001 0000 0000 0000 0161 00,                      FORMERR
            name that points to itself,           1234 0100 0001 0000 0000 0000 c00c 0001 0001,               FORMERR
            reserved label type,                  1234 0100 0001 0000 0000 0000 8061 00 0001 0001,            FORMERR
            update,                               1234 2900 0001 0000 0000 0000 Q,                            NOTIMP
            notify,                               1234 2100 0001 0000 0000 0000 Q,                            NOTIMP
            three additional records,             1234 0100 0001 0000 0000 0003 Q,                            FORMERR
            OPT cut in the middle,                1234 0100 0001 0000 0000 0001 Q 00 0029 1000,               FORMERR
            opcode nobody has,                    1234 7900 0001 0000 0000 0000 Q,                            NOTIMP
            class CH,                             1234 0100 0001 0000 0000 0000 076578616d706c65 00 0010 0003, REFUSED
            class ANY,                            1234 0100 0001 0000 0000 0000 076578616d706c65 00 0010 00ff, REFUSED
            zone transfer,                        1234 0100 0001 0000 0000 0000 076578616d706c65 00 00fc 0001, NOERROR
            octets behind the question,           1234 0100 0001 0000 0000 0000 Q 0000000000000000,            NOERROR
            two OPT records,  1234 0100 0001 0000 0000 0002 Q 0000291000000000000000 0000291000000000000000,  FORMERR
            EDNS version 1,   1234 0100 0001 0000 0000 0001 Q 0000291000000100000000,                         BADVERS
            """)
    void packet_malformed_getsItsRcode(String what, String packet, String expected) throws Exception {
        assertRcode(exchange(octets(packet)).orElseThrow(), expected);
        assertRcode(exchangeOverTcp(octets(packet)), expected);
    }

    private static void assertRcode(byte[] response, String expected) {
        assertThat(HexFormat.of().formatHex(response, 0, 2)).isEqualTo("1234");
        assertThat(response[2] & 0x80).isEqualTo(0x80);
        int rcode = response[3] & 0xf;
        if (expected.equals("BADVERS")) {
            // The upper bits are in OPT's TTL field, six octets before its end.
            rcode |= (response[response.length - 6] & 0xff) << 4;
        }
        assertThat(Rcode.text(rcode)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"empty, ''", "shorter than a header, 1234 0100 0001", "a response, 1234 8180 0001 0000 0000 0000 Q"})
    void packet_thatMustNotBeAnswered_getsSilence(String what, String packet) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            send(socket, octets(packet));
            // A good query behind it is answered first of all, so silence is not slowness.
            send(socket, octets("abcd 0100 0001 0000 0000 0000 Q"));
            byte[] first = receive(socket, 5000).orElseThrow();
            assertThat(HexFormat.of().formatHex(first, 0, 2)).isEqualTo("abcd");
        }
    }

    @Test
    void datagram_longerThanAnyQuery_isAnsweredByWhatItStartsWith() throws Exception {
        byte[] good = Arrays.copyOf(octets("1234 0100 0001 0000 0000 0000 Q"), 65_000);
        byte[] bad = Arrays.copyOf(octets("1234 0100 0001 0000 0000 0000"), 65_000);
        Arrays.fill(bad, 12, bad.length, (byte) 63);

        assertRcode(exchange(good).orElseThrow(), "NOERROR");
        assertRcode(exchange(bad).orElseThrow(), "FORMERR");
    }

    @Test
    void server_amongRandomPackets_answersGoodOnes() throws Exception {
        long seed = System.nanoTime();
        System.out.println("HostilePacketsTest seed " + seed);
        Random random = new Random(seed);
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < 10_000; i++) {
                send(socket, i % 2 == 0 ? randomPacket(random) : damagedQuery(random));
                if (i % 100 == 99) {
                    // So that all of them are read, and none is lost to a full receive buffer.
                    assertThat(exchange(octets("1234 0100 0001 0000 0000 0000 Q")))
                            .as("seed %d, packet %d", seed, i)
                            .hasValueSatisfying(response -> assertRcode(response, "NOERROR"));
                }
            }
        }
    }

    @Test
    void connections_withRandomOctets_leaveTheServerAnswering() throws Exception {
        long seed = System.nanoTime();
        System.out.println("HostilePacketsTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            try (Socket socket = connect()) {
                for (int k = random.nextInt(5); k >= 0; k--) {
                    socket.getOutputStream()
                            .write(random.nextBoolean() ? randomPacket(random) : Frames.of(damagedQuery(random)));
                }
            } catch (IOException e) {
                // The server may have had enough of this connection.
                assertThat(e).hasMessageMatching(".*(reset|[Bb]roken pipe|closed).*");
            }
        }
        assertRcode(exchangeOverTcp(octets("1234 0100 0001 0000 0000 0000 Q")), "NOERROR");
    }

    @Test
    void connection_halfClosed_getsItsAnswersAndAnEnd() throws Exception {
        try (Socket socket = connect()) {
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(Frames.of(octets("1234 0100 0001 0000 0000 0000 Q")));
            }
            socket.shutdownOutput();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < 3; i++) {
                assertRcode(in.readNBytes(in.readUnsignedShort()), "NOERROR");
            }
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"no octets, 0000", "shorter than a header, 0006 1234 0100 0001", "longest of all, ffff 1234"})
    void frame_thatIsNoQuery_endsTheStreamBehindTheAnswers(String what, String frame) throws Exception {
        try (Socket socket = connect()) {
            byte[] good = Frames.of(octets("1234 0100 0001 0000 0000 0000 Q"));
            byte[] bad = octets(frame);
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(good.length + bad.length)
                            .put(good)
                            .put(bad)
                            .array());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertRcode(in.readNBytes(in.readUnsignedShort()), "NOERROR");
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    private static byte[] randomPacket(Random random) {
        byte[] packet = new byte[random.nextInt(600)];
        random.nextBytes(packet);
        return packet;
    }

    private static byte[] damagedQuery(Random random) {
        byte[] packet = octets("1234 0100 0001 0000 0000 0001 Q 0000291000000000000000");
        for (int i = random.nextInt(4); i >= 0; i--) {
            packet[random.nextInt(packet.length)] = (byte) random.nextInt();
        }
        return Arrays.copyOf(packet, random.nextInt(2) == 0 ? packet.length : random.nextInt(packet.length));
    }

    private static byte[] exchangeOverTcp(byte[] packet) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(Frames.of(packet));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return in.readNBytes(in.readUnsignedShort());
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(5000);
        return socket;
    }

    private static byte[] octets(String packet) {
        return HexFormat.of().parseHex(packet.replace("Q", QUESTION).replace(" ", ""));
    }

    private static Optional<byte[]> exchange(byte[] packet) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < 5; i++) {
                send(socket, packet);
                Optional<byte[]> response = receive(socket, 1000);
                if (response.isPresent()) {
                    return response;
                }
            }
            return Optional.empty();
        }
    }

    private static void send(DatagramSocket socket, byte[] packet) throws IOException {
        InetSocketAddress to = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port());
        socket.send(new DatagramPacket(packet, packet.length, to));
    }

    private static Optional<byte[]> receive(DatagramSocket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        try {
            socket.receive(packet);
            return Optional.of(Arrays.copyOf(packet.getData(), packet.getLength()));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }
}
