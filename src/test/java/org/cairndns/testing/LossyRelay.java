package org.cairndns.testing;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server for one client over UDP that loses and delays datagrams in both directions, so that some overtake others. */
public final class LossyRelay implements AutoCloseable {
    private static final int MAX_OCTETS = 65_535;

    private final DatagramSocket client;
    private final DatagramSocket server;
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(1);
    private final Random random;
    private final int lossPercent;
    private final int maxDelayMillis;
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile SocketAddress from = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

    /** A way to a port of 127.0.0.1. */
    public LossyRelay(int serverPort, int lossPercent, int maxDelayMillis, long seed) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        this.client = new DatagramSocket(new InetSocketAddress(loopback, 0));
        this.server = new DatagramSocket(new InetSocketAddress(loopback, 0));
        this.random = new Random(seed);
        this.lossPercent = lossPercent;
        this.maxDelayMillis = maxDelayMillis;
        server.connect(new InetSocketAddress(loopback, serverPort));
        Thread.ofPlatform().daemon().name("relay-queries").start(() -> pump(client, true));
        Thread.ofPlatform().daemon().name("relay-responses").start(() -> pump(server, false));
    }

    /** Where the client sends to. */
    public int port() {
        return client.getLocalPort();
    }

    /** Datagrams that were not lost on the way to the server. */
    public int arrived() {
        return arrived.get();
    }

    private void pump(DatagramSocket in, boolean query) {
        byte[] buffer = new byte[MAX_OCTETS];
        while (!in.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                in.receive(packet);
                if (query) {
                    from = packet.getSocketAddress();
                }
                pass(Arrays.copyOf(buffer, packet.getLength()), query);
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private synchronized void pass(byte[] octets, boolean query) {
        if (random.nextInt(100) >= lossPercent && !later.isShutdown()) {
            later.schedule(() -> send(octets, query), random.nextInt(maxDelayMillis + 1), TimeUnit.MILLISECONDS);
        }
    }

    private void send(byte[] octets, boolean query) {
        try {
            if (query) {
                server.send(new DatagramPacket(octets, octets.length));
                arrived.incrementAndGet();
            } else {
                client.send(new DatagramPacket(octets, octets.length, from));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
        client.close();
        server.close();
    }
}
