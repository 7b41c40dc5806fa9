package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.cairndns.testing.Frames;
import org.cairndns.testing.LeakWatch;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** DNS over TCP as RFC 7766 has it. */
@ExtendWith(LeakWatch.class)
class TcpTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(". {\n whoami\n}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void connection_withPipelinedQueries_answersAllById() throws Exception {
        int count = 1000;
        ByteBuffer all = ByteBuffer.allocate(64 * count);
        for (int id = 0; id < count; id++) {
            all.put(frame(id));
        }

        Set<Integer> ids = new HashSet<>();
        try (Socket socket = connect()) {
            socket.getOutputStream().write(all.array(), 0, all.position());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < count; i++) {
                ids.add(new Message(in.readNBytes(in.readUnsignedShort()))
                        .getHeader()
                        .getID());
            }
        }

        assertThat(ids).hasSize(count);
    }

    @Test
    void frame_splitAtEveryOctet_isAnswered() throws Exception {
        byte[] frame = frame(77);
        try (Socket socket = connect()) {
            for (byte octet : frame) {
                socket.getOutputStream().write(octet);
                socket.getOutputStream().flush();
            }
            DataInputStream in = new DataInputStream(socket.getInputStream());

            assertThat(new Message(in.readNBytes(in.readUnsignedShort()))
                            .getHeader()
                            .getID())
                    .isEqualTo(77);
        }
    }

    @Test
    void stream_ofResponses_isClosed() throws Exception {
        byte[] frame = frame(1);
        frame[4] |= (byte) 0x80;
        try (Socket socket = connect()) {
            socket.getOutputStream().write(frame);

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void stop_withOpenConnection_endsItWithFin() throws Exception {
        TestServer own = TestServer.start(". {\n whoami\n}");
        try (Socket socket = new Socket("127.0.0.1", own.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(frame(5));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readNBytes(in.readUnsignedShort());

            own.close();

            assertThat(in.read()).as("end of stream, not a reset").isEqualTo(-1);
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(5000);
        return socket;
    }

    private static byte[] frame(int id) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString("a.example."), Type.A, 1));
        query.getHeader().setID(id);
        return Frames.of(query.toWire());
    }
}
