package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.Handler;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** UDP listeners on loops of their own, and what their clients do. */
final class UdpServers implements AutoCloseable {
    private final EventLoops loops;
    private final Handler handler;
    private final List<UdpListener> listeners = new ArrayList<>();

    UdpServers(SocketKind kind, int loops, Handler handler) {
        this.loops = new EventLoops(loops, kind, Runners.MEMORY);
        this.handler = handler;
    }

    InetSocketAddress open(InetAddress address) throws IOException {
        return open(new InetSocketAddress(address, 0));
    }

    InetSocketAddress open(InetSocketAddress address) throws IOException {
        UdpListener listener =
                new UdpListener(loops, address, "dns://:53", Runners.of(handler), ListenerSettings.DEFAULT);
        listeners.add(listener);
        return listener.localAddress();
    }

    /** The listener opened last. */
    UdpListener last() {
        return listeners.getLast();
    }

    void closeListeners() {
        listeners.forEach(UdpListener::close);
        listeners.forEach(listener -> listener.awaitEnd(TimeUnit.SECONDS.toNanos(5)));
    }

    @Override
    public void close() throws InterruptedException {
        closeListeners();
        assertThat(loops.group().shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS))
                .isTrue();
    }

    /** A client on a port of its own. */
    static DatagramSocket client() throws IOException {
        DatagramSocket socket = new DatagramSocket();
        socket.setReceiveBufferSize(1 << 20);
        socket.setSoTimeout(10_000);
        return socket;
    }

    static void send(DatagramSocket client, InetSocketAddress to, byte[] octets) throws IOException {
        client.send(new DatagramPacket(octets, octets.length, to));
    }

    static ByteBuffer receive(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        client.receive(packet);
        return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    }

    static byte[] query(int id) throws IOException {
        return query(id, "a.example.");
    }

    static byte[] query(int id, String name) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, 1));
        query.getHeader().setID(id);
        return query.toWire();
    }
}
