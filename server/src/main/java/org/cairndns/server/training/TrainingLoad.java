package org.cairndns.server.training;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is asked of the server in a training: queries over UDP and TCP, metrics, health, readiness. */
final class TrainingLoad {
    private static final int ROUNDS = 30;
    /** Over UDP, where a response may be lost. */
    private static final int UDP_WAIT_MILLIS = 2_000;

    private static final int WAIT_MILLIS = 60_000;
    private static final int MAX_OCTETS = 4096;
    private static final int A = 1;
    private static final int PTR = 12;
    private static final int AAAA = 28;
    private static final int SRV = 33;
    private static final int[] OTHER_TYPES = {2, 5, 6, 15, 16, 64, 65, 255};

    private final List<Integer> ports;

    /**
     * @param ports of DNS, health, readiness, metrics, and of DNS for a second cluster
     */
    TrainingLoad(List<Integer> ports) {
        this.ports = List.copyOf(ports);
    }

    boolean isReady() {
        try {
            return get(ports.get(2), "/ready") == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks everything several times. */
    void run() throws IOException {
        List<byte[]> queries = queries();
        for (int port : List.of(ports.get(0), ports.get(4))) {
            for (int round = 0; round < ROUNDS; round++) {
                overUdp(port, queries);
            }
            overTcp(port, queries);
        }
        get(ports.get(1), "/health");
        get(ports.get(3), "/metrics");
        get(ports.get(3), "/metrics");
    }

    private static List<byte[]> queries() {
        List<byte[]> queries = new ArrayList<>();
        for (int i = 0; i < TrainingApi.SERVICES; i++) {
            String name = "service-" + i + ".training.svc.cluster.local";
            queries.add(query(name, A));
            queries.add(query(name, AAAA));
            queries.add(query("_web._tcp." + name, SRV));
            queries.add(query("www.example.org.training.svc.cluster.local", i % 2 == 0 ? A : AAAA));
            queries.add(query("www" + i + ".example.org", A));
            queries.add(query(i + 1 + ".0.96.10.in-addr.arpa", PTR));
        }
        for (int type : OTHER_TYPES) {
            queries.add(query("service-1.training.svc.cluster.local", type));
            queries.add(query("cluster.local", type));
        }
        queries.add(query("10-244-1-1.training.pod.cluster.local", A));
        queries.add(query("pod-1.service-0.training.svc.cluster.local", A));
        return queries;
    }

    /** A query with EDNS; its id is the number of octets in its name, for want of anything better. */
    private static byte[] query(String name, int type) {
        ByteBuffer message = ByteBuffer.allocate(name.length() + 32);
        message.putShort((short) name.length()).putShort((short) 0x0100);
        message.putShort((short) 1).putInt(0).putShort((short) 1);
        for (String label : name.split("\\.")) {
            message.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        message.put((byte) 0).putShort((short) type).putShort((short) 1);
        // The OPT record: root, 41, 1232 octets, no flags, no options.
        message.put((byte) 0)
                .putShort((short) 41)
                .putShort((short) 1232)
                .putInt(0)
                .putShort((short) 0);
        byte[] octets = new byte[message.position()];
        message.get(0, octets);
        return octets;
    }

    private static void overUdp(int port, List<byte[]> queries) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(Training.LOOPBACK, port));
            socket.setSoTimeout(UDP_WAIT_MILLIS);
            byte[] space = new byte[MAX_OCTETS];
            for (byte[] query : queries) {
                socket.send(new DatagramPacket(query, query.length));
                receive(socket, space);
            }
        }
    }

    /** A lost answer is no reason to give up. */
    private static void receive(DatagramSocket socket, byte[] space) throws IOException {
        try {
            socket.receive(new DatagramPacket(space, space.length));
        } catch (SocketTimeoutException e) {
            System.err.println("training: a response over UDP did not come");
        }
    }

    private static void overTcp(int port, List<byte[]> queries) throws IOException {
        try (Socket socket = new Socket(Training.LOOPBACK, port)) {
            socket.setSoTimeout(WAIT_MILLIS);
            OutputStream out = socket.getOutputStream();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (byte[] query : queries) {
                ByteBuffer framed = ByteBuffer.allocate(query.length + 2)
                        .putShort((short) query.length)
                        .put(query);
                out.write(framed.array());
                in.skipNBytes(in.readUnsignedShort());
            }
        }
    }

    private static int get(int port, String path) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + port + path);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(WAIT_MILLIS);
        connection.setReadTimeout(WAIT_MILLIS);
        int status = connection.getResponseCode();
        connection.getInputStream().readAllBytes();
        return status;
    }
}
