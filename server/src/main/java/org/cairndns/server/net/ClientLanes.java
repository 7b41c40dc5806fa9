package org.cairndns.server.net;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receive queues that clients get to themselves when they send more than is answered, so that the queue all others share
 * stays empty.
 *
 * <pre>
 *   socket of loop 0   socket of loop 1   |   lane 0 of loop 0   lane 0 of loop 1   lane 1 of loop 0 ...
 *   all clients, by chance                |   one client, by chance              |  another one
 * </pre>
 *
 * <p>A loop that finds the shared queue full names the client that fills it; the kernel is told to put what comes from
 * there into a lane, which the loops read in turn with the shared queue. That is no punishment: a lane gets all the time
 * of all processors that the others leave. Sockets of lanes exist while a client has one, and some time longer.
 *
 * <p>Thread-safe; only {@link #crowdedBy} is for event loops, which do not wait for the lock.
 */
final class ClientLanes {
    private static final Logger LOG = LoggerFactory.getLogger(ClientLanes.class);

    /** Clients that flood at the same time beyond this share lanes with each other. */
    private static final int LANES = 4;

    /** A client that went on meanwhile would fill the shared queue again for some milliseconds. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long CHECK_SECONDS = 10;
    /** Who floods from many addresses makes no more lines by that. */
    private static final long LOG_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long END_SECONDS = 2;

    private final EventExecutor background = GlobalEventExecutor.INSTANCE;
    private final EventLoops loops;
    private final String server;

    private final ReentrantLock lock = new ReentrantLock();

    /** The sockets that all share; empty if there are no lanes for them. */
    private List<NativeUdpSocket> shared = List.of();

    /** Sockets of the first lane, of the second and so on, in the order in which they were bound. */
    private List<NativeLane> sockets = List.of();

    /** Lane of each client that has one, the oldest client first. */
    private final Map<InetAddress, Integer> clients = new LinkedHashMap<>();

    private @Nullable Future<?> check;
    private long loggedNanos = System.nanoTime() - LOG_EVERY_NANOS;

    /** @param server for the log */
    ClientLanes(EventLoops loops, String server) {
        this.loops = loops;
        this.server = server;
    }

    /** Looks after sockets of one address, in the order in which they were bound. */
    void open(List<UdpSocket> all) {
        lock.lock();
        try {
            List<NativeUdpSocket> own = all.stream()
                    .filter(NativeUdpSocket.class::isInstance)
                    .map(NativeUdpSocket.class::cast)
                    .toList();
            shared = own.size() == all.size() ? own : List.of();
            shared.forEach(socket -> socket.watch(backlog -> backlog.onCrowding(this::crowdedBy)));
        } finally {
            lock.unlock();
        }
    }

    /** Clients that have a lane now; any thread. */
    int clients() {
        lock.lock();
        try {
            return clients.size();
        } finally {
            lock.unlock();
        }
    }

    /** The kernel's numbers for the sockets of lanes; any thread. */
    List<Integer> descriptors() {
        lock.lock();
        try {
            return sockets.stream().map(lane -> lane.fd().intValue()).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Gives a client a lane if it has none; does not wait, for the client is named again if this is not the moment. */
    void crowdedBy(InetAddress client) {
        if (lock.tryLock()) {
            try {
                give(client);
            } finally {
                lock.unlock();
            }
        }
    }

    private void give(InetAddress client) {
        if (shared.isEmpty() || clients.containsKey(client)) {
            return;
        }
        if (sockets.isEmpty() && !openSockets()) {
            return;
        }
        if (clients.size() == SpreadProgram.MAX_CLIENTS) {
            clients.remove(clients.keySet().iterator().next());
        }
        int lane = IntStream.range(0, LANES)
                .boxed()
                .min(Comparator.comparingLong(this::clientsOf))
                .orElseThrow();
        clients.put(client, lane);
        if (spread()) {
            tellSockets();
            log(client);
        }
        if (check == null) {
            check = background.scheduleWithFixedDelay(this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void log(InetAddress client) {
        long now = System.nanoTime();
        if (now - loggedNanos >= LOG_EVERY_NANOS) {
            loggedNanos = now;
            LOG.info(
                    "{}: {} asks more than is answered at once, and has a queue of its own now",
                    server,
                    client.getHostAddress());
        }
    }

    private long clientsOf(int lane) {
        return clients.values().stream().filter(of -> of == lane).count();
    }

    /** Sockets of a lane. */
    private int width() {
        return Math.min(shared.size(), loops.count());
    }

    private boolean openSockets() {
        List<NativeLane> opened = new ArrayList<>();
        try {
            for (int i = 0; i < LANES * width(); i++) {
                opened.add(shared.get(i % width()).openLane());
            }
            sockets = opened;
            return true;
        } catch (IOException | OutOfMemoryError e) {
            LOG.debug("{}: no queues for single clients: {}", server, e.getMessage());
            opened.forEach(NativeLane::end);
            return false;
        }
    }

    private boolean spread() {
        return loops.spread().over(shared.getFirst(), new SpreadProgram(shared.size(), LANES, width(), clients));
    }

    private void tellSockets() {
        LaneClients elsewhere = new LaneClients(clients.keySet());
        shared.forEach(socket -> socket.watch(backlog -> backlog.goElsewhere(elsewhere)));
    }

    private void check() {
        lock.lock();
        try {
            takeBack();
        } catch (Throwable e) {
            // A repeated task that throws is not called again.
            LOG.error("{}: cannot take back the queues of single clients, tried again", server, e);
        } finally {
            lock.unlock();
        }
    }

    /** Lets clients share again whose lanes were not full for a while. */
    private void takeBack() {
        long now = System.nanoTime();
        boolean[] quiet = new boolean[LANES];
        for (int lane = 0; lane < LANES && !sockets.isEmpty(); lane++) {
            quiet[lane] = sockets.subList(lane * width(), (lane + 1) * width()).stream()
                    .allMatch(socket -> now - socket.crowdedNanos() > QUIET_NANOS);
        }
        if (clients.values().removeIf(lane -> quiet[lane])) {
            if (clients.isEmpty()) {
                closeSockets();
            } else {
                spread();
                tellSockets();
            }
        }
    }

    /** Lets all clients share again; what waits in lanes is answered. Blocks briefly. */
    void close() {
        lock.lock();
        try {
            closeSockets();
            shared = List.of();
        } finally {
            lock.unlock();
        }
    }

    private void closeSockets() {
        if (check != null) {
            check.cancel(false);
            check = null;
        }
        clients.clear();
        if (!sockets.isEmpty()) {
            tellSockets();
            loops.spread().over(shared.getFirst(), SpreadProgram.overAll(shared.size()));
            close(sockets);
            sockets = List.of();
        }
    }

    private static void close(List<NativeLane> lanes) {
        lanes.reversed().forEach(NativeLane::end);
        try {
            CompletableFuture.allOf(lanes.stream().map(NativeLane::closed).toArray(CompletableFuture[]::new))
                    .get(END_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("queues of single clients do not end: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
