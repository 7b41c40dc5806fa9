package org.cairndns.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import org.cairndns.testing.Frames;
import org.xbill.DNS.Message;

/** One TCP connection of a client. For one thread that writes and one that reads. */
final class TcpClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;

    TcpClient(int serverPort) throws IOException {
        socket = new Socket("127.0.0.1", serverPort);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Writes the queries at once, which makes one segment of a few. */
    void send(Message... queries) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Message query : queries) {
            all.write(Frames.of(query.toWire()));
        }
        write(all.toByteArray());
    }

    void write(byte... octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    /** The next response. */
    byte[] receive() throws IOException {
        byte[] message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        return message;
    }

    Message ask(Message query) throws IOException {
        send(query);
        return Messages.parse(receive());
    }

    Message ask(String qname, String qtype) throws IOException {
        return ask(Messages.query(qname, qtype));
    }

    /** Waits for the end of the stream; a reset is an exception, more octets are false. */
    boolean endsWithFin() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
