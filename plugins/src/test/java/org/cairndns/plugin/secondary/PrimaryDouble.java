package org.cairndns.plugin.secondary;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A primary on loopback over TCP that says what the test wants. */
final class PrimaryDouble implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Thread serving;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile long serial = 1;
    private volatile String numbers = "3600 600 86400 5";
    private volatile List<String> lines = List.of("www.example.org. 30 A 192.0.2.1");
    private volatile UnaryOperator<List<Message>> answers = messages -> messages;
    private volatile UnaryOperator<byte[]> octets = message -> message;

    PrimaryDouble() throws IOException {
        serving = Thread.ofVirtual().start(this::serve);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Types asked for so far. */
    List<String> asked() {
        return asked;
    }

    PrimaryDouble serial(long number) {
        serial = number;
        return this;
    }

    /** Refresh, retry, expire, minimum. */
    PrimaryDouble numbers(String text) {
        numbers = text;
        return this;
    }

    /** Records between the SOAs, a message each. */
    PrimaryDouble lines(String... records) {
        lines = List.of(records);
        return this;
    }

    /** Changes what is sent; each message has a question. */
    PrimaryDouble answers(UnaryOperator<List<Message>> change) {
        answers = change;
        return this;
    }

    /** Changes the octets of each message. */
    PrimaryDouble octets(UnaryOperator<byte[]> change) {
        octets = change;
        return this;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                answer(connection);
            } catch (IOException e) {
                // The client had enough.
            }
        }
    }

    private void answer(Socket connection) throws IOException {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        Message asking = new Message(query);
        asked.add(Type.string(asking.getQuestion().getType()));
        List<String> records = new ArrayList<>(List.of(soa()));
        if (asking.getQuestion().getType() == Type.AXFR) {
            records.addAll(lines);
            records.add(soa());
        }
        List<Message> messages = new ArrayList<>();
        for (String record : records) {
            messages.add(response(asking, record));
        }
        for (Message message : answers.apply(messages)) {
            byte[] out = octets.apply(message.toWire(0xffff));
            connection.getOutputStream().write(new byte[] {(byte) (out.length >> 8), (byte) out.length});
            connection.getOutputStream().write(out);
        }
    }

    private String soa() {
        return "example.org. 30 SOA ns.example.org. root.example.org. " + serial + " " + numbers;
    }

    static Message response(Message query, String... records) throws IOException {
        Message response = new Message(query.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.AA);
        response.addRecord(query.getQuestion(), Section.QUESTION);
        for (String record : records) {
            String[] parts = record.split(" ", 4);
            response.addRecord(
                    Record.fromString(
                            Name.fromString(parts[0]),
                            Type.value(parts[2]),
                            DClass.IN,
                            Long.parseLong(parts[1]),
                            parts[3],
                            Name.root),
                    Section.ANSWER);
        }
        return response;
    }

    /** Ends it; nobody can connect any more, which takes the end of the thread that accepts. */
    @Override
    public void close() throws IOException {
        socket.close();
        try {
            serving.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
