package org.cairndns.perf.compare;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Free ports of the loopback address. */
public final class Ports {
    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int ATTEMPTS = 50;

    private Ports() {}

    /** Different ports that are free for UDP and TCP. */
    public static List<Integer> free(int count) throws IOException {
        List<AutoCloseable> held = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int attempt = 0; attempt < ATTEMPTS + count && ports.size() < count; attempt++) {
                ServerSocket tcp = new ServerSocket(0, 1, LOOPBACK);
                held.add(tcp);
                if (isFreeForUdp(tcp.getLocalPort())) {
                    ports.add(tcp.getLocalPort());
                }
            }
        } finally {
            closeAll(held);
        }
        return ports;
    }

    private static boolean isFreeForUdp(int port) {
        try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(LOOPBACK, port))) {
            return udp.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void closeAll(List<AutoCloseable> sockets) throws IOException {
        for (AutoCloseable socket : sockets) {
            try {
                socket.close();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
