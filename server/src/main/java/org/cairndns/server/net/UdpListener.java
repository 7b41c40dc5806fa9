package org.cairndns.server.net;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cairndns.server.query.DatagramMetrics;
import org.cairndns.server.query.QueryRunner;

/**
 * UDP sockets of one address, {@code SO_REUSEPORT} ones spread over the event loops.
 *
 * <p>The address may be the wildcard of its family where {@link EventLoops#hasNativeUdp} holds and no load is shed; else
 * responses would not leave from where the query went.
 */
final class UdpListener implements DnsListener, DatagramMetrics.Sockets {
    /** Longest wait of a reload for the queries of sockets that it closes. */
    private static final long RELOAD_NANOS = 5_000_000_000L;

    /** Longest wait for sockets to read no more, which takes some milliseconds. */
    private static final long SILENCE_NANOS = 2_000_000_000L;

    private final EventLoops loops;
    private final String server;
    private final QueryRunner runner;
    private final List<UdpSocket> sockets = new ArrayList<>();
    private final ClientLanes lanes;
    private InetSocketAddress address;

    /** What {@link #sockets} holds, for other threads. */
    private volatile List<UdpSocket> open = List.of();

    /** @throws IOException if the address cannot be bound; nothing stays open then */
    UdpListener(
            EventLoops loops, InetSocketAddress address, String server, QueryRunner runner, ListenerSettings settings)
            throws IOException {
        this.loops = loops;
        this.address = address;
        this.server = server;
        this.runner = runner;
        this.lanes = new ClientLanes(loops, server);
        try {
            apply(settings);
        } catch (IOException e) {
            closeNow();
            throw e;
        }
        runner.metrics().datagrams().opened(this);
    }

    /**
     * Opens sockets that are missing, closes those that are too many; the others stay as they are.
     *
     * @throws IOException if one cannot be opened
     */
    void apply(ListenerSettings settings) throws IOException {
        // The kernel numbers the sockets of lanes behind these.
        lanes.close();
        try {
            applyToSockets(settings);
        } finally {
            open = List.copyOf(sockets);
            lanes.open(sockets);
        }
    }

    private void applyToSockets(ListenerSettings settings) throws IOException {
        List<EventLoop> wanted = loops.udpLoops(settings.sockets());
        if (sockets.size() > wanted.size()) {
            // First the last ones get no more queries, then they answer what they have.
            loops.spread().over(sockets.getFirst(), SpreadProgram.overAll(wanted.size()));
        }
        List<UdpSocket> spare =
                new ArrayList<>(sockets.subList(Math.min(wanted.size(), sockets.size()), sockets.size()));
        sockets.removeAll(spare);
        end(spare);
        if (sockets.size() < wanted.size()) {
            try {
                openMissing(wanted, settings);
            } finally {
                if (sockets.size() > 1) {
                    loops.spread().over(sockets.getFirst(), SpreadProgram.overAll(sockets.size()));
                }
            }
        }
        for (int i = 0; i < sockets.size(); i++) {
            if (!sockets.get(i).shed(settings.shed())) {
                // The new one is there before the old one goes, so that the port never is nobody's.
                UdpSocket other = open(wanted.get(i), settings);
                end(List.of(sockets.set(i, other)));
                other.shed(settings.shed());
            }
        }
    }

    /** Ends sockets of a reload, without losing what they have to answer. */
    private void end(List<UdpSocket> leaving) {
        // Others may get the kernel's numbers of those that close first while this still waits for the last one.
        open = List.copyOf(sockets);
        startEnd(leaving);
        awaitEnd(leaving, RELOAD_NANOS);
    }

    private void openMissing(List<EventLoop> wanted, ListenerSettings settings) throws IOException {
        while (sockets.size() < wanted.size()) {
            sockets.add(open(wanted.get(sockets.size()), settings));
            address = localAddress();
        }
    }

    private UdpSocket open(EventLoop loop, ListenerSettings settings) throws IOException {
        return loops.hasNativeUdp() && settings.shed().isEmpty()
                ? NativeUdpSocket.open(loops.nativeLoop(loop), address, server, runner)
                : new NettyUdpSocket(loops, loop, address, server, runner);
    }

    @Override
    public String server() {
        return server;
    }

    @Override
    public List<Integer> descriptors() {
        List<Integer> descriptors = new ArrayList<>(lanes.descriptors());
        open.forEach(socket -> socket.descriptor().ifPresent(descriptors::add));
        return descriptors;
    }

    @Override
    public int clientsApart() {
        return lanes.clients();
    }

    @Override
    public InetSocketAddress localAddress() {
        return sockets.getFirst().localAddress();
    }

    @Override
    public void close() {
        runner.metrics().datagrams().closed(this);
        lanes.close();
        startEnd(sockets);
    }

    /** Lets all of them fall silent at the same time, and waits for that, but not for a loop that hangs. */
    private static void startEnd(List<UdpSocket> sockets) {
        CompletableFuture.allOf(sockets.stream().map(UdpSocket::end).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, SILENCE_NANOS, TimeUnit.NANOSECONDS)
                .join();
    }

    /** Waits until queries under way are answered, no longer than the time given, and closes what is open. */
    void awaitEnd(long nanos) {
        awaitEnd(sockets, nanos);
    }

    private static void awaitEnd(List<UdpSocket> sockets, long nanos) {
        long deadlineNanos = System.nanoTime() + nanos;
        sockets.forEach(socket -> socket.awaitEnd(deadlineNanos - System.nanoTime()));
    }

    @Override
    public void closeNow() {
        runner.metrics().datagrams().closed(this);
        lanes.close();
        sockets.forEach(UdpSocket::close);
    }
}
