package org.cairndns.perf.load;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Clients that send at a high rate and take no answers. A thread of its own, behind {@link OpenLoop}.
 */
public final class Flooder implements AutoCloseable {
    private static final long SLICE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final int NICE = -5;

    private final int port;
    private final QueryPackets queries;
    private final long ratePerSecond;
    private final Clients clients;
    private final int seconds;
    private final Thread thread;
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean over;

    private Flooder(int port, QueryPackets queries, long ratePerSecond, Clients clients, int seconds) {
        this.port = port;
        this.queries = queries;
        this.ratePerSecond = ratePerSecond;
        this.clients = clients;
        this.seconds = seconds;
        this.thread = Thread.ofPlatform().name("flooder").daemon().unstarted(this::flood);
    }

    /**
     * Starts to send.
     *
     * @param port of 127.0.0.1
     * @param queries for this alone
     * @param seconds after which the flood is over by itself
     */
    public static Flooder start(int port, QueryPackets queries, long ratePerSecond, Clients clients, int seconds) {
        Flooder flooder = new Flooder(port, queries, ratePerSecond, clients, seconds);
        flooder.thread.start();
        return flooder;
    }

    private void flood() {
        try (Arena arena = Arena.ofConfined();
                ClientSockets sockets =
                        ClientSockets.open(clients, new InetSocketAddress(OpenLoop.LOOPBACK, port), arena)) {
            KernelCalls.wakeOnTime();
            KernelCalls.nice(NICE);
            KernelCalls kernel = new KernelCalls(arena);
            long perSlice = Math.max(1, ratePerSecond * SLICE_NANOS / TimeUnit.SECONDS.toNanos(1));
            int query = 0;
            int socket = 0;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (long next = System.nanoTime(); !over && next - end < 0; next += SLICE_NANOS) {
                for (int i = 0; i < perSlice; i++) {
                    sockets.send(socket, queries.addressWithId(query, query & 0xffff), queries.octets(query));
                    query = query + 1 == queries.count() ? 0 : query + 1;
                    socket = socket + 1 == sockets.count() ? 0 : socket + 1;
                }
                sent.addAndGet(perSlice);
                // Who comes late does not try to make up for it.
                next = Math.max(next, System.nanoTime() - SLICE_NANOS);
                kernel.sleepUntil(next + SLICE_NANOS);
            }
        } catch (IOException e) {
            failure.set(e);
        }
    }

    /** Datagrams that were sent. */
    public long sent() {
        return sent.get();
    }

    /** Ends the flood. */
    @Override
    public void close() throws IOException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}
