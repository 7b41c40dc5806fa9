package org.cairndns.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** An honest resolver of a few names over UDP and TCP on one loopback address. */
public final class StubUpstream implements AutoCloseable {
    private static final int LEAST_OCTETS = 512;

    private final ServerSocket listener;
    private final DatagramSocket socket;
    private final UnaryOperator<Message> answers;

    private StubUpstream(ServerSocket listener, UnaryOperator<Message> answers) throws IOException {
        this.listener = listener;
        this.socket = new DatagramSocket(null);
        // As for TCP below.
        socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        socket.bind(listener.getLocalSocketAddress());
        this.answers = answers;
        Thread.ofPlatform().daemon().name("stub-upstream").start(this::serve);
        Thread.ofPlatform().daemon().name("stub-upstream-tcp").start(this::accept);
    }

    /** Answers what {@code answers} makes of each query; the response's id is set here. */
    public static StubUpstream start(InetSocketAddress address, UnaryOperator<Message> answers) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        // A server under test listens on the same port of every address.
        listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        listener.bind(address);
        return new StubUpstream(listener, answers);
    }

    /** An upstream that knows {@code www.example.com}, fails for {@code fail.example.com} and denies all other names. */
    public static StubUpstream exampleCom(InetSocketAddress address) throws IOException {
        return start(address, StubUpstream::exampleCom);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** A response to the query with this RCODE and these answer records in zone-file form. */
    public static Message response(Message query, int rcode, Record... answers) {
        Message response = new Message(query.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.RA);
        response.getHeader().setFlag(Flags.RD);
        response.getHeader().setRcode(rcode);
        response.addRecord(query.getQuestion(), Section.QUESTION);
        for (Record answer : answers) {
            response.addRecord(answer, Section.ANSWER);
        }
        return response;
    }

    /** A class IN record. */
    public static Record record(Name owner, int type, long ttlSeconds, String rdata) {
        try {
            return Record.fromString(owner, type, 1, ttlSeconds, rdata, Name.root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Message exampleCom(Message query) {
        Name qname = query.getQuestion().getName();
        return switch (qname.toString(true)) {
            case "www.example.com" ->
                query.getQuestion().getType() == Type.A
                        ? response(query, org.xbill.DNS.Rcode.NOERROR, record(qname, Type.A, 60, "203.0.113.5"))
                        : response(query, org.xbill.DNS.Rcode.NOERROR);
            case "fail.example.com" -> response(query, org.xbill.DNS.Rcode.SERVFAIL);
            default -> response(query, org.xbill.DNS.Rcode.NXDOMAIN);
        };
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                int limit = query.getOPT() == null
                        ? LEAST_OCTETS
                        : Math.max(LEAST_OCTETS, query.getOPT().getPayloadSize());
                byte[] response = answers.apply(query).toWire(limit);
                socket.send(new DatagramPacket(response, response.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            while (true) {
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                connection
                        .getOutputStream()
                        .write(Frames.of(answers.apply(new Message(query)).toWire()));
            }
        } catch (IOException e) {
            // The client has gone, as clients do.
        }
    }

    @Override
    public void close() {
        socket.close();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
