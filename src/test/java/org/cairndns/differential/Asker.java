package org.cairndns.differential;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** A client of one server with a UDP socket and a TCP connection, one question at a time, for one thread. */
final class Asker implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int CONNECT_MILLIS = 2_000;

    private final InetSocketAddress server;
    private final DatagramSocket udp;
    private final byte[] buffer = new byte[65_535];
    private Socket tcp = new Socket();
    private int id;

    Asker(int port) throws IOException {
        server = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        udp = new DatagramSocket();
        udp.connect(server);
        udp.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** Sends the question; {@link #receive} gets the answer. */
    void send(Question question) throws IOException {
        id = (id + 1) & 0xffff;
        byte[] query = question.toWire(id);
        if (!question.tcp()) {
            udp.send(new DatagramPacket(query, query.length));
            return;
        }
        if (!tcp.isConnected() || tcp.isClosed()) {
            connect();
        }
        try {
            write(query);
        } catch (SocketException e) {
            connect();
            write(query);
        }
    }

    /** The answer to what was sent last; three seconds at most. */
    Answer receive(Question question) throws IOException {
        try {
            byte[] response = question.tcp() ? receiveTcp(question) : receiveUdp();
            return Answer.parse(response);
        } catch (SocketTimeoutException e) {
            tcp.close();
            return Answer.SILENCE;
        }
    }

    private byte[] receiveUdp() throws IOException {
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            udp.receive(packet);
            if (packet.getLength() >= 2 && idOf(buffer) == id) {
                return Arrays.copyOf(buffer, packet.getLength());
            }
        }
    }

    private byte[] receiveTcp(Question question) throws IOException {
        try {
            return read();
        } catch (EOFException | SocketException e) {
            // Closed as idle while the question was on its way.
            connect();
            write(question.toWire(id));
            try {
                return read();
            } catch (EOFException | SocketException again) {
                throw new SocketTimeoutException("closed without an answer");
            }
        }
    }

    private byte[] read() throws IOException {
        DataInputStream in = new DataInputStream(tcp.getInputStream());
        while (true) {
            byte[] response = new byte[in.readUnsignedShort()];
            in.readFully(response);
            if (response.length >= 2 && idOf(response) == id) {
                return response;
            }
        }
    }

    private static int idOf(byte[] message) {
        return (message[0] & 0xff) << 8 | message[1] & 0xff;
    }

    private void connect() throws IOException {
        tcp.close();
        tcp = new Socket();
        try {
            tcp.connect(server, CONNECT_MILLIS);
        } catch (ConnectException e) {
            throw new IOException("cannot connect to " + server, e);
        }
        tcp.setSoTimeout(TIMEOUT_MILLIS);
        tcp.setTcpNoDelay(true);
    }

    private void write(byte[] query) throws IOException {
        byte[] frame = org.cairndns.testing.Frames.of(query);
        new DataOutputStream(tcp.getOutputStream()).write(frame);
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
