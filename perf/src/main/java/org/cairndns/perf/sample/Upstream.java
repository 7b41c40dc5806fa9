package org.cairndns.perf.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;

/**
 * The resolver outside of the cluster: any name has one A record, no other type has any. UDP on loopback, one thread.
 *
 * <p>Answers at once, so that a miss costs what the servers under test make of it.
 */
public final class Upstream implements AutoCloseable {
    private static final int MAX_OCTETS = 4096;
    private static final int HEADER_OCTETS = 12;
    private static final int SOCKET_BUFFER_OCTETS = 4 << 20;
    private static final int TTL_SECONDS = 3600;
    private static final short TYPE_A = 1;
    private static final short POINTER_TO_QNAME = (short) 0xc00c;

    /** QR, RA and RD. */
    private static final short RESPONSE_FLAGS = (short) 0x8180;

    private final DatagramChannel channel;

    private Upstream(DatagramChannel channel) {
        this.channel = channel;
    }

    /** Starts to answer on a free port. */
    public static Upstream start() throws IOException {
        DatagramChannel channel = DatagramChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_OCTETS)
                .bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        Upstream upstream = new Upstream(channel);
        Thread.ofPlatform().name("upstream").daemon().start(upstream::serve);
        return upstream;
    }

    public int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private void serve() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_OCTETS);
        try {
            while (true) {
                buffer.clear();
                SocketAddress client = channel.receive(buffer);
                buffer.flip();
                if (buffer.limit() > HEADER_OCTETS + 5) {
                    answer(buffer);
                    channel.send(buffer, client);
                }
            }
        } catch (AsynchronousCloseException e) {
            return;
        } catch (IOException e) {
            System.err.println("upstream: " + e);
        }
    }

    /** Turns the query in the buffer into the response; EDNS options are not answered. */
    private static void answer(ByteBuffer message) {
        int end = HEADER_OCTETS;
        while (message.get(end) != 0) {
            end += message.get(end) + 1;
        }
        boolean address = message.getShort(end + 1) == TYPE_A;
        message.putShort(2, RESPONSE_FLAGS)
                .putShort(6, (short) (address ? 1 : 0))
                .putInt(8, 0);
        message.limit(message.capacity()).position(end + 5);
        if (address) {
            message.putShort(POINTER_TO_QNAME)
                    .putShort(TYPE_A)
                    .putShort((short) 1)
                    .putInt(TTL_SECONDS);
            message.putShort((short) 4).putInt(0xc633_6401);
        }
        message.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
