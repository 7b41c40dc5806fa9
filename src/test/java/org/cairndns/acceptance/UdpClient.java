package org.cairndns.acceptance;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** One UDP socket of a client: sends what a test says, returns responses as octets. For one thread. */
final class UdpClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5_000;

    private final DatagramSocket socket;
    private final byte[] buffer = new byte[65_535];
    private Record last = Record.newRecord(Name.root, Type.NS, DClass.IN);

    /** A socket on a port of its own that talks to the server at 127.0.0.1. */
    UdpClient(int serverPort) throws IOException {
        this(serverPort, "127.0.0.1");
    }

    /** A socket whose queries come from this address. */
    UdpClient(int serverPort, String from) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", serverPort));
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    void send(Message query) throws IOException {
        last = query.getQuestion();
        byte[] octets = query.toWire();
        socket.send(new DatagramPacket(octets, octets.length));
    }

    /** The next response; fails when there is none within five seconds. */
    byte[] receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no response within " + TIMEOUT_MILLIS + " ms to " + last, e);
        }
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /** Sends the query and returns the response to it, whatever else comes before. */
    byte[] exchange(Message query) throws IOException {
        send(query);
        while (true) {
            byte[] response = receive();
            if ((((response[0] & 0xff) << 8) | (response[1] & 0xff))
                    == query.getHeader().getID()) {
                return response;
            }
        }
    }

    /** {@link #exchange}, read. */
    Message ask(Message query) throws IOException {
        return Messages.parse(exchange(query));
    }

    /** Asks without EDNS. */
    Message ask(String qname, String qtype) throws IOException {
        return ask(Messages.query(qname, qtype));
    }

    @Override
    public void close() {
        socket.close();
    }
}
