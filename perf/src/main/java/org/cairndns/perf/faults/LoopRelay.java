package org.cairndns.perf.faults;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** An upstream that knows nothing itself: it asks another server, as a router does that has the cluster's DNS for its own. */
final class LoopRelay implements AutoCloseable {
    private static final int MAX_OCTETS = 4096;
    private static final int MAX_UNDER_WAY = 10_000;

    private final DatagramSocket socket;
    private final SocketAddress server;

    /** Who waits for the response with an id; of the relay's thread. */
    private final Map<Integer, SocketAddress> clients = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, SocketAddress> eldest) {
            return size() > MAX_UNDER_WAY;
        }
    };

    private final LongAdder relayed = new LongAdder();

    /**
     * @param at where it listens
     * @param server whom it asks
     */
    LoopRelay(InetSocketAddress at, InetSocketAddress server) throws IOException {
        this.socket = new DatagramSocket(at);
        this.server = server;
        Thread.ofPlatform().name("relay").daemon().start(this::relay);
    }

    private void relay() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_OCTETS], MAX_OCTETS);
        try {
            while (true) {
                socket.receive(packet);
                int id = (packet.getData()[0] & 0xff) << 8 | packet.getData()[1] & 0xff;
                boolean response = packet.getLength() > 2 && packet.getData()[2] < 0;
                if (response) {
                    SocketAddress client = clients.remove(id);
                    if (client != null) {
                        send(packet, client);
                    }
                } else {
                    clients.put(id, packet.getSocketAddress());
                    relayed.increment();
                    send(packet, server);
                }
                packet.setLength(MAX_OCTETS);
            }
        } catch (SocketException e) {
            return;
        } catch (IOException e) {
            System.err.println("relay: " + e);
        }
    }

    private void send(DatagramPacket packet, SocketAddress to) throws IOException {
        socket.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
    }

    /** Queries that it has passed on so far. */
    long relayed() {
        return relayed.sum();
    }

    @Override
    public void close() {
        socket.close();
    }
}
