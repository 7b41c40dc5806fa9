package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ShedCounts;
import org.cairndns.plugin.spi.StreamTimeouts;
import org.cairndns.server.query.ConnectionMetrics;
import org.cairndns.testing.Frames;
import org.cairndns.testing.LeakWatch;
import org.cairndns.wire.Query;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Sockets of a server on loopback, by both kinds of event loop, in front of handlers of the test's. */
@ExtendWith(LeakWatch.class)
class ListenGroupTest {
    private static final int MANY = 200;
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final EventLoops loops = new EventLoops(1, SocketKind.NATIVE, Runners.MEMORY);
    private final EventLoops nioLoops = new EventLoops(1, SocketKind.NIO, Runners.MEMORY);

    @AfterEach
    void stop() throws InterruptedException {
        for (EventLoops each : new EventLoops[] {loops, nioLoops}) {
            Future<?> ended = each.group().shutdownGracefully(0, 1, TimeUnit.SECONDS);
            assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NATIVE", "NIO"})
    void response_thatUdpCuts_isWholeOverTcp(SocketKind kind) throws Exception {
        ListenGroup group = open(kind == SocketKind.NIO ? nioLoops : loops, ListenGroupTest::manyAddresses);

        Message cut = ask(group.port(), false);
        Message whole = ask(group.port(), true);

        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(cut.numBytes()).isLessThanOrEqualTo(512);
        assertThat(cut.getSection(Section.ANSWER)).hasSize((512 - 12 - 15) / 16);
        assertThat(whole.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(whole.getSection(Section.ANSWER)).hasSize(MANY);
        group.closeNow();
    }

    @Test
    void connections_overTheLimit_areClosedUntilOthersEnd() throws Exception {
        InetSocketAddress any = new InetSocketAddress(LOOPBACK, 0);
        TcpListener listener = new TcpListener(loops, any, new TwoConnections());
        int port = listener.localAddress().getPort();
        try (Socket first = connect(port);
                Socket second = connect(port)) {
            assertThat(answers(first)).isTrue();
            assertThat(answers(second)).isTrue();
            try (Socket third = connect(port)) {
                assertThat(answers(third)).isFalse();
            }

            first.shutdownOutput();
            assertThat(first.getInputStream().read()).isEqualTo(-1);
            try (Socket fourth = connect(port)) {
                assertThat(answers(fourth)).isTrue();
            }
            assertThat(answers(second)).isTrue();
        } finally {
            listener.closeNow();
        }
    }

    @Test
    void client_thatReadsNothing_isNotReadEither() throws Exception {
        ListenGroup group = open(loops, ListenGroupTest::manyAddresses);
        ByteBuffer queries = ByteBuffer.allocate(64 * 1024);
        byte[] frame = frame(1);
        while (queries.remaining() >= frame.length) {
            queries.put(frame);
        }
        queries.flip();
        try (SocketChannel greedy = SocketChannel.open()) {
            greedy.setOption(StandardSocketOptions.SO_RCVBUF, 16 * 1024);
            greedy.setOption(StandardSocketOptions.SO_SNDBUF, 16 * 1024);
            greedy.connect(new InetSocketAddress(LOOPBACK, group.port()));
            greedy.configureBlocking(false);
            // Each query has a response a hundred times its size; the server must not gather those.
            long taken = sendUntilRefused(greedy, queries, group.port());

            assertThat(taken).isLessThan(16 << 20);
            assertThat(ask(group.port(), true).getSection(Section.ANSWER)).hasSize(MANY);
        }
        group.closeNow();
    }

    /** Octets that the server's side took until it took no more while it answered others a hundred times. */
    private static long sendUntilRefused(SocketChannel greedy, ByteBuffer queries, int port) throws IOException {
        long taken = 0;
        int refused = 0;
        while (refused < 100 && taken < 64 << 20) {
            int written = greedy.write(queries);
            taken += written;
            if (!queries.hasRemaining()) {
                queries.rewind();
            }
            if (written == 0) {
                refused++;
                ask(port, false);
            } else {
                refused = 0;
            }
        }
        return taken;
    }

    @Test
    void flood_overOneConnection_leavesOthersTheirTurn() throws Exception {
        ListenGroup group = open(loops, ListenGroupTest::manyAddresses);
        byte[] frame = frame(1);
        Thread flood = Thread.ofVirtual().unstarted(() -> {
            try (Socket socket = connect(group.port())) {
                Thread reader = Thread.ofVirtual().start(() -> drain(socket));
                for (int i = 0; i < 20_000; i++) {
                    socket.getOutputStream().write(frame);
                }
                socket.shutdownOutput();
                reader.join();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        flood.start();
        for (int i = 0; i < 50; i++) {
            assertThat(ask(group.port(), false).getHeader().getFlag(Flags.TC)).isTrue();
        }
        flood.join();
        group.closeNow();
    }

    private static void drain(Socket socket) {
        try {
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void rescan_afterClose_opensNothing() throws Exception {
        ListenGroup group = open(loops, Optional.empty(), ListenGroupTest::manyAddresses);
        int port = group.port();
        group.close();

        group.rescan();

        try (java.net.DatagramSocket socket = new java.net.DatagramSocket(new InetSocketAddress(LOOPBACK, port))) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "127.0.0.7 is a local address of Linux only")
    void wildcardOfOneFamily_isEveryAddressOfBoth() throws Exception {
        ListenGroup group = open(loops, Optional.of(InetAddress.ofLiteral("0.0.0.0")), ListenGroupTest::manyAddresses);
        for (String address : List.of("127.0.0.1", "127.0.0.7", "::1")) {
            for (boolean tcp : new boolean[] {false, true}) {
                assertThat(ask(InetAddress.ofLiteral(address), group.port(), tcp)
                                .getRcode())
                        .isEqualTo(Rcode.NOERROR);
            }
        }
        group.closeNow();
    }

    @Test
    void apply_withAndWithoutShed_answersAllTheTime() throws Exception {
        ListenGroup group = open(loops, Optional.empty(), ListenGroupTest::manyAddresses);
        ShedCounts counts = new ShedCounts() {
            @Override
            public void query(String server) {}

            @Override
            public void response(String server) {}
        };
        ListenerSettings shed = new ListenerSettings(
                Optional.empty(), StreamTimeouts.NONE, OptionalInt.empty(), Optional.of(counts), Set.of());
        for (ListenerSettings settings : List.of(shed, ListenerSettings.DEFAULT, shed)) {
            group.apply(settings);
            group.rescan();
            for (String address : List.of("127.0.0.1", "::1")) {
                assertThat(ask(InetAddress.ofLiteral(address), group.port(), false)
                                .getRcode())
                        .isEqualTo(Rcode.NOERROR);
            }
        }
        group.closeNow();
    }

    private static ListenGroup open(EventLoops loops, Handler handler) throws IOException {
        return open(loops, Optional.of(LOOPBACK), handler);
    }

    private static ListenGroup open(EventLoops loops, Optional<InetAddress> address, Handler handler)
            throws IOException {
        ServerAddress server = new ServerAddress(Transport.UDP, address, 0, "dns://:53");
        return ListenGroup.open(loops, server, Runners.of(handler), ListenerSettings.DEFAULT, Runners.sharing());
    }

    /** Plain connections, two at a time. */
    private final class TwoConnections implements ConnectionSetup {
        private final ConnectionSetup connections = new DnsConnections(
                Transport.TCP,
                "dns://:53",
                Runners.of(ListenGroupTest::manyAddresses),
                loops,
                ListenerSettings.DEFAULT);

        @Override
        public int maxConnections() {
            return 2;
        }

        @Override
        public int maxConnectionsOfClient() {
            return 2;
        }

        @Override
        public int octetsEach() {
            return 1;
        }

        @Override
        public String server() {
            return connections.server();
        }

        @Override
        public ConnectionMetrics metrics() {
            return connections.metrics();
        }

        @Override
        public void begin(Channel connection) {
            connections.begin(connection);
        }

        @Override
        public void apply(ListenerSettings settings) {}
    }

    private static Reply manyAddresses(Query query) {
        ResponseBuilder builder = new ResponseBuilder(query.qname());
        for (int i = 0; i < MANY; i++) {
            builder.address(org.cairndns.wire.Section.ANSWER, query.qname(), 5, new byte[] {10, 0, 0, (byte) i});
        }
        return new Reply.Answered(builder.build());
    }

    private static Message ask(int port, boolean tcp) throws IOException {
        return ask(LOOPBACK, port, tcp);
    }

    static Message ask(InetAddress server, int port, boolean tcp) throws IOException {
        SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(server, port));
        resolver.setTCP(tcp);
        resolver.setEDNS(-1);
        resolver.setIgnoreTruncation(true);
        resolver.setTimeout(Duration.ofSeconds(10));
        return resolver.send(question());
    }

    private static boolean answers(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(frame(9));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return new Message(in.readNBytes(in.readUnsignedShort()))
                            .getHeader()
                            .getID()
                    == 9;
        } catch (IOException e) {
            // Closed, with an end or with a reset if our query was still on its way.
            return false;
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(LOOPBACK, port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static byte[] frame(int id) throws IOException {
        Message query = question();
        query.getHeader().setID(id);
        return Frames.of(query.toWire());
    }

    private static Message question() throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString("a.example."), Type.A, 1));
    }
}
