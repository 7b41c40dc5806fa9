package org.cairndns.plugin.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** An upstream on a loopback port, UDP and TCP or TLS, that does to every query what a test tells it. */
public final class UpstreamDouble implements AutoCloseable {
    private static final int MAX_OCTETS = 65_535;
    private static final int MAX_BINDS = 20;

    /** What came: the query, how it came, from which port. */
    public record Ask(Message query, boolean stream, int sourcePort, Sender sender) {
        public String qname() {
            return query.getQuestion().getName().toString();
        }
    }

    /** The way back to who asked. */
    public interface Sender {
        /** Sends a message as it is. */
        void send(byte[] message) throws IOException;

        /** Sends octets without the length of a message in front. */
        default void sendRaw(byte[] octets) throws IOException {
            send(octets);
        }

        /** Closes a connection as it should be; nothing over UDP. */
        default void close() throws IOException {}

        /** Cuts a connection off; nothing over UDP. */
        default void reset() throws IOException {}
    }

    /** What is done to a query. */
    public interface Behaviour {
        void answer(Ask ask) throws IOException;
    }

    /** For readers that a test holds up. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final List<Ask> asks = new CopyOnWriteArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<Thread> readers = new ArrayList<>();
    private volatile Behaviour behaviour = address("10.0.0.1");

    /** An upstream for UDP and TCP. */
    public UpstreamDouble() {
        this(0);
    }

    /** An upstream for UDP and TCP on this port. */
    public UpstreamDouble(int port) {
        try {
            Sockets bound = bind(port);
            this.tcp = bound.tcp();
            this.udp = bound.udp();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        readers.add(Thread.ofVirtual().start(this::serveDatagrams));
        readers.add(Thread.ofVirtual().start(this::accept));
    }

    private record Sockets(ServerSocket tcp, DatagramSocket udp) {}

    /** A port that is free for TCP may be taken for UDP, by a client socket for instance. */
    private static Sockets bind(int port) throws IOException {
        for (int attempt = 1; ; attempt++) {
            ServerSocket tcp = new ServerSocket();
            try {
                tcp.setReuseAddress(true);
                tcp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return new Sockets(tcp, new DatagramSocket(tcp.getLocalSocketAddress()));
            } catch (IOException e) {
                tcp.close();
                if (port != 0 || attempt == MAX_BINDS) {
                    throw e;
                }
            }
        }
    }

    /** An upstream for DNS over TLS. */
    public UpstreamDouble(SSLContext tls) {
        try {
            this.tcp = tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            this.udp = new DatagramSocket(tcp.getLocalSocketAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return tcp.getLocalPort();
    }

    /** The form {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** What happens to queries from now on. */
    public UpstreamDouble does(Behaviour what) {
        this.behaviour = what;
        return this;
    }

    /** The queries so far. */
    public List<Ask> asks() {
        return asks;
    }

    /** TCP connections accepted so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Closes all TCP connections from this side. */
    public void closeConnections() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
    }

    /** TCP connections that are open now. */
    public int connected() {
        return connections.size();
    }

    /** Answers with this address, TTL 60. */
    public static Behaviour address(String ip) {
        return ask -> {
            Message response = response(ask);
            Record question = ask.query().getQuestion();
            response.addRecord(
                    new ARecord(question.getName(), question.getDClass(), 60, InetAddress.ofLiteral(ip)),
                    Section.ANSWER);
            ask.sender().send(response.toWire());
        };
    }

    /** Answers with so many addresses, TTL 60, however long that gets. */
    public static Behaviour addresses(int count) {
        return ask -> {
            Message response = response(ask);
            Record question = ask.query().getQuestion();
            for (int i = 0; i < count; i++) {
                InetAddress address = InetAddress.ofLiteral("10.1." + i / 256 + "." + i % 256);
                response.addRecord(new ARecord(question.getName(), question.getDClass(), 60, address), Section.ANSWER);
            }
            ask.sender().send(response.toWire());
        };
    }

    /** Answers with this RCODE and no records. */
    public static Behaviour rcode(int rcode) {
        return ask -> {
            Message response = response(ask);
            response.getHeader().setRcode(rcode);
            ask.sender().send(response.toWire());
        };
    }

    /** Does nothing. */
    public static Behaviour silence() {
        return ask -> {};
    }

    /** Answers with TC and nothing else. */
    public static Behaviour truncated() {
        return ask -> {
            Message response = response(ask);
            response.getHeader().setFlag(Flags.TC);
            ask.sender().send(response.toWire());
        };
    }

    /** Answers with another id. */
    public static Behaviour otherId() {
        return ask -> {
            Message response = response(ask);
            response.getHeader().setID(ask.query().getHeader().getID() ^ 1);
            ask.sender().send(response.toWire());
        };
    }

    /** Answers with the right id to this question. */
    public static Behaviour otherQuestion(Record question) {
        return ask -> {
            Message response = new Message(ask.query().getHeader().getID());
            response.getHeader().setFlag(Flags.QR);
            response.addRecord(question, Section.QUESTION);
            ask.sender().send(response.toWire());
        };
    }

    /** Answers with the right header and question, then octets that are no record. */
    public static Behaviour garbage() {
        return ask -> {
            byte[] message = response(ask).toWire();
            byte[] longer = Arrays.copyOf(message, message.length + 5);
            Arrays.fill(longer, message.length, longer.length, (byte) 0xff);
            longer[7] = 1;
            ask.sender().send(longer);
        };
    }

    /** Does it later. */
    public static Behaviour delayed(Duration delay, Behaviour then) {
        return ask -> Thread.ofVirtual().start(() -> {
            long end = System.nanoTime() + delay.toNanos();
            while (System.nanoTime() - end < 0) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            try {
                then.answer(ask);
            } catch (IOException e) {
                // The test sees what did not come.
            }
        });
    }

    /** Does this to queries over UDP, that to those over a stream. */
    public static Behaviour byTransport(Behaviour udp, Behaviour stream) {
        return ask -> (ask.stream() ? stream : udp).answer(ask);
    }

    /** Loses every so manyth query, the first one among them. */
    public static Behaviour losing(int every, Behaviour others) {
        AtomicInteger count = new AtomicInteger();
        return ask -> {
            if (count.getAndIncrement() % every != 0) {
                others.answer(ask);
            }
        };
    }

    /** Answers health checks, which ask for NS records, in one way and the rest in another. */
    public static Behaviour byCheck(Behaviour checks, Behaviour others) {
        return ask -> (ask.query().getQuestion().getType() == Type.NS ? checks : others).answer(ask);
    }

    /** An empty response with the question in lower case. */
    public static Behaviour lowerCase() {
        return ask -> {
            byte[] message = response(ask).toWire();
            int end = message.length;
            for (int at = 12; at < end; at++) {
                message[at] |= message[at] >= 'A' && message[at] <= 'Z' ? 0x20 : 0;
            }
            ask.sender().send(message);
        };
    }

    /** Sends the length of a message, then an octet every so often and no end; nothing over UDP. */
    public static Behaviour drip(Duration pause) {
        return ask -> {
            if (!ask.stream()) {
                return;
            }
            ask.sender().sendRaw(new byte[] {0, (byte) 200});
            for (int i = 0; i < 100; i++) {
                LockSupport.parkNanos(pause.toNanos());
                ask.sender().sendRaw(new byte[1]);
            }
        };
    }

    /** Cuts connections off; nothing over UDP. */
    public static Behaviour reset() {
        return ask -> ask.sender().reset();
    }

    /** An empty NOERROR response. */
    public static Message response(Ask ask) {
        Message response = new Message(ask.query().getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.RA);
        response.getHeader().setRcode(Rcode.NOERROR);
        response.addRecord(ask.query().getQuestion(), Section.QUESTION);
        return response;
    }

    private void serve(byte[] message, boolean stream, int sourcePort, Sender sender) throws IOException {
        Ask ask = new Ask(new Message(message), stream, sourcePort, sender);
        asks.add(ask);
        behaviour.answer(ask);
    }

    private void serveDatagrams() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_OCTETS], MAX_OCTETS);
        while (!udp.isClosed()) {
            try {
                udp.receive(packet);
                SocketAddress from = packet.getSocketAddress();
                serve(
                        Arrays.copyOf(packet.getData(), packet.getLength()),
                        false,
                        packet.getPort(),
                        message -> udp.send(new DatagramPacket(message, message.length, from)));
            } catch (IOException e) {
                // The test sees what did not come.
            }
        }
    }

    private void accept() {
        while (!tcp.isClosed()) {
            try {
                Socket connection = tcp.accept();
                accepted.incrementAndGet();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                // Closed by the test.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            while (true) {
                byte[] message = new byte[in.readUnsignedShort()];
                in.readFully(message);
                serve(message, true, connection.getPort(), new Stream(connection, out));
            }
        } catch (EOFException | SocketException e) {
            // The peer or the test has closed it.
        } catch (IOException e) {
            // A failed handshake, for example.
        } finally {
            connections.remove(connection);
        }
    }

    private record Stream(Socket connection, DataOutputStream out) implements Sender {
        @Override
        public void send(byte[] message) throws IOException {
            byte[] framed = ByteBuffer.allocate(2 + message.length)
                    .putShort((short) message.length)
                    .put(message)
                    .array();
            synchronized (out) {
                out.write(framed);
                out.flush();
            }
        }

        @Override
        public void sendRaw(byte[] octets) throws IOException {
            synchronized (out) {
                out.write(octets);
                out.flush();
            }
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }

        @Override
        public void reset() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }
    }

    /** The sockets are gone when this returns: until its reader has noticed, a closed one takes packets into nowhere. */
    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        closeConnections();
        for (Thread reader : readers) {
            try {
                if (reader != Thread.currentThread()) {
                    reader.join(MAX_WAIT);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
