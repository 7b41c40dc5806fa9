package org.cairndns.server.training;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The resolver outside of the made-up cluster: each name has one address; one thread. */
final class TrainingUpstream implements AutoCloseable {
    private static final int MAX_OCTETS = 4096;
    private static final int HEADER_OCTETS = 12;

    /** QR, RD and RA. */
    private static final short RESPONSE_FLAGS = (short) 0x8180;

    private final DatagramSocket socket;

    private TrainingUpstream(DatagramSocket socket) {
        this.socket = socket;
    }

    /** Starts to answer on a free port of the loopback address. */
    static TrainingUpstream start() throws IOException {
        TrainingUpstream upstream =
                new TrainingUpstream(new DatagramSocket(new InetSocketAddress(Training.LOOPBACK, 0)));
        Thread.ofPlatform().name("upstream").daemon().start(upstream::serve);
        return upstream;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        byte[] octets = new byte[MAX_OCTETS];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(octets, octets.length);
                socket.receive(packet);
                packet.setLength(answer(octets));
                socket.send(packet);
            }
        } catch (IOException e) {
            // Closed: the training is over.
            return;
        }
    }

    /** Turns a query into its response, whose length it returns. */
    private static int answer(byte[] message) {
        int end = HEADER_OCTETS;
        while (message[end] != 0) {
            end += message[end] + 1;
        }
        ByteBuffer response = ByteBuffer.wrap(message);
        response.putShort(2, RESPONSE_FLAGS).putShort(6, (short) 1).putInt(8, 0).position(end + 5);
        // A pointer to the qname, type A, class IN, a minute, 198.51.100.1.
        response.putShort((short) 0xc00c)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(60);
        return response.putShort((short) 4).putInt(0xc633_6401).position();
    }

    @Override
    public void close() {
        socket.close();
    }
}
