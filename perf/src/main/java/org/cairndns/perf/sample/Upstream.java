package org.cairndns.perf.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The resolver outside of the cluster: any name has one A record, no other type has any. UDP on loopback, one thread.
 *
 * <p>It answers after a delay that is the same for all queries. While answers wait it looks at its socket four times in a delay
 * instead of once for each query: it shares its processor with the load.
 */
public final class Upstream implements AutoCloseable {
    private static final int HEADER_OCTETS = 12;
    private static final int SOCKET_BUFFER_OCTETS = 4 << 20;
    private static final int LOOKS_PER_DELAY = 4;
    private static final Duration TTL = Duration.ofHours(1);
    private static final short TYPE_A = 1;
    private static final short TYPE_NS = 2;
    private static final short TYPE_SOA = 6;
    private static final int POINTER = 0xc000;

    /** Serial, refresh, retry, expire, minimum. */
    private static final int SOA_NUMBERS = 5;

    private static final int SOA_OCTETS = 2 + 2 + 4 * SOA_NUMBERS;

    /** QR, RA and RD. */
    private static final short RESPONSE_FLAGS = (short) 0x8180;

    private final DatagramChannel channel;
    private final Selector selector;
    private final long delayNanos;
    private final int ttlSeconds;
    private final DelayLine line = new DelayLine();
    private final LongAdder queries = new LongAdder();
    private final LongAdder checks = new LongAdder();
    private volatile boolean silent;
    private volatile boolean checksOnly;

    private Upstream(DatagramChannel channel, Selector selector, Duration delay, Duration ttl) {
        this.channel = channel;
        this.selector = selector;
        this.delayNanos = delay.toNanos();
        this.ttlSeconds = Math.toIntExact(ttl.toSeconds());
    }

    /** Starts to answer at once on a free port. */
    public static Upstream start() throws IOException {
        return start(Duration.ZERO);
    }

    /**
     * Starts to answer on a free port.
     *
     * @param delay from query to response, at least; a quarter more is usual
     */
    public static Upstream start(Duration delay) throws IOException {
        return start(delay, TTL);
    }

    /**
     * Starts to answer on a free port.
     *
     * @param delay from query to response, at least; a quarter more is usual
     * @param ttl of all records, whole seconds
     */
    public static Upstream start(Duration delay, Duration ttl) throws IOException {
        return start(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), delay, ttl);
    }

    /** Starts to answer at an address, without delay. */
    public static Upstream startAt(InetSocketAddress address) throws IOException {
        return start(address, Duration.ZERO, TTL);
    }

    private static Upstream start(InetSocketAddress address, Duration delay, Duration ttl) throws IOException {
        DatagramChannel channel = DatagramChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_OCTETS)
                .setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_OCTETS)
                .bind(address);
        channel.configureBlocking(false);
        Selector selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
        Upstream upstream = new Upstream(channel, selector, delay, ttl);
        Thread.ofPlatform().name("upstream").daemon().start(upstream::serve);
        return upstream;
    }

    public int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** Takes queries and answers none, as a black hole does, until it is told otherwise. */
    public void silent(boolean wanted) {
        silent = wanted;
    }

    /** Answers nothing but health checks, as one does whose own upstreams are dead, until it is told otherwise. */
    public void checksOnly(boolean wanted) {
        checksOnly = wanted;
    }

    /** Queries that came so far, answered or not, {@link #checks} among them. */
    public long queries() {
        return queries.sum();
    }

    /** Those of them that ask for name servers, as health checks do. */
    public long checks() {
        return checks.sum();
    }

    private void serve() {
        try {
            while (true) {
                receive();
                send();
                if (line.isEmpty()) {
                    selector.select();
                    selector.selectedKeys().clear();
                } else {
                    LockSupport.parkNanos(Math.min(delayNanos / LOOKS_PER_DELAY, line.nanosToFirst(System.nanoTime())));
                }
            }
        } catch (ClosedChannelException | ClosedSelectorException e) {
            return;
        } catch (IOException e) {
            System.err.println("upstream: " + e);
        }
    }

    /** Takes all queries that have arrived. */
    private void receive() throws IOException {
        long due = System.nanoTime() + delayNanos;
        while (!line.isFull()) {
            ByteBuffer buffer = line.free();
            SocketAddress client = channel.receive(buffer);
            if (client == null) {
                return;
            }
            buffer.flip();
            if (buffer.limit() >= HEADER_OCTETS + 5) {
                take(buffer, client, due);
            }
        }
    }

    private void take(ByteBuffer query, SocketAddress client, long due) {
        queries.increment();
        boolean check = query.getShort(endOfName(query) + 1) == TYPE_NS;
        if (check) {
            checks.increment();
        }
        if (!silent && (check || !checksOnly)) {
            answer(query);
            line.add(client, due);
        }
    }

    /** Where the root label of the question's name is. */
    private static int endOfName(ByteBuffer message) {
        int end = HEADER_OCTETS;
        while (message.get(end) != 0) {
            end += message.get(end) + 1;
        }
        return end;
    }

    /** Sends all responses whose time has come. */
    private void send() throws IOException {
        long now = System.nanoTime();
        while (!line.isEmpty() && line.nanosToFirst(now) <= 0) {
            channel.send(line.firstBuffer(), line.firstClient());
            line.removeFirst();
        }
    }

    /** Turns the query in the buffer into the response; EDNS options are not answered. */
    private void answer(ByteBuffer message) {
        int domain = HEADER_OCTETS;
        int last = HEADER_OCTETS;
        int end = HEADER_OCTETS;
        while (message.get(end) != 0) {
            domain = last;
            last = end;
            end += message.get(end) + 1;
        }
        boolean address = message.getShort(end + 1) == TYPE_A;
        message.putShort(2, RESPONSE_FLAGS)
                .putShort(6, (short) (address ? 1 : 0))
                .putShort(8, (short) (address ? 0 : 1))
                .putShort(10, (short) 0);
        message.limit(message.capacity()).position(end + 5);
        if (address) {
            record(message, HEADER_OCTETS, TYPE_A).putShort((short) 4).putInt(0xc633_6401);
        } else {
            // RFC 2308 3: without the SOA record of its zone the answer could not be cached.
            record(message, domain, TYPE_SOA).putShort((short) SOA_OCTETS);
            message.putShort((short) (POINTER | domain)).putShort((short) (POINTER | domain));
            for (int i = 0; i < SOA_NUMBERS; i++) {
                message.putInt(ttlSeconds);
            }
        }
        message.flip();
    }

    /** Writes the start of a record whose owner is at an offset of the message. */
    private ByteBuffer record(ByteBuffer message, int owner, short type) {
        return message.putShort((short) (POINTER | owner))
                .putShort(type)
                .putShort((short) 1)
                .putInt(ttlSeconds);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
