package org.cairndns.perf.load;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Load at a rate that does not depend on the answers: each query goes out at its instant, and its latency counts from
 * that instant. So what a stall of the server makes wait counts as long as clients would wait.
 *
 * <p>What the generator itself is late with counts too, and is reported beside. One thread; the loop makes no objects.
 */
public final class OpenLoop {
    /** Longest wait for an answer; what comes later or not is lost. */
    static final long LOST_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);

    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Clients ONE_CLIENT = new Clients(64, 0);
    /** Before whatever else shares the processor, where that is allowed. */
    private static final int NICE = -15;

    /** The same for a steady loop: the default of glibc's resolver. */
    private static final long STEADY_LOST_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What a steady loop catches up with. */
    private static final long MOST_RUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The end of a wait is spun, for the way back from sleep takes some microseconds. */
    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(15);

    private static final long CLOCKS_COMPARED_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final QueryPackets queries;
    private final ClientSockets sockets;
    private final KernelCalls kernel;
    private final Schedule schedule;
    private final InFlight inFlight;
    private final LoadTally tally;
    private int query;
    private int socket;
    private long startNanos;
    private BooleanSupplier isEnded = () -> false;
    private long rushNanos = Long.MAX_VALUE;
    private long lostAfterNanos = LOST_AFTER_NANOS;
    private long clocksComparedNanos;
    private long timeOfDayMinusNanoTime;

    private OpenLoop(
            QueryPackets queries, ClientSockets sockets, KernelCalls kernel, Schedule schedule, LoadTally tally) {
        this.queries = queries;
        this.sockets = sockets;
        this.kernel = kernel;
        this.schedule = schedule;
        this.tally = tally;
        long perSocket =
                tally.ratePerSecond() * STEADY_LOST_AFTER_NANOS / TimeUnit.SECONDS.toNanos(1) / sockets.count();
        this.inFlight = new InFlight(sockets.count(), (int) Math.min(1 << 16, 2 * perSocket + 2));
    }

    /**
     * Loads a server and comes back when the last answer is there or lost.
     *
     * @param port of 127.0.0.1
     */
    public static LoadTally run(int port, QueryPackets queries, Pace pace) throws IOException {
        return run(port, queries, pace, ONE_CLIENT);
    }

    /**
     * Loads a server for several clients, which ask in turn.
     *
     * @param port of 127.0.0.1
     */
    public static LoadTally run(int port, QueryPackets queries, Pace pace, Clients clients) throws IOException {
        return run(new InetSocketAddress(LOOPBACK, port), queries, pace, clients);
    }

    /**
     * Loads a server elsewhere than on loopback.
     *
     * @param server with an IPv4 address
     */
    public static LoadTally run(InetSocketAddress server, QueryPackets queries, Pace pace, Clients clients)
            throws IOException {
        return run(server, queries, pace, clients, loop -> {});
    }

    /**
     * Loads a server until told to end, never faster than its pace: what this machine has kept the loop from sending is put off with all
     * that comes after it, for many clients would not send it in one rush either. They wait five seconds for an answer.
     *
     * @param isEnded asked before each query
     */
    public static LoadTally steady(
            InetSocketAddress server, QueryPackets queries, Pace pace, Clients clients, BooleanSupplier isEnded)
            throws IOException {
        return run(server, queries, pace, clients, loop -> {
            loop.isEnded = isEnded;
            loop.rushNanos = MOST_RUSH_NANOS;
            loop.lostAfterNanos = STEADY_LOST_AFTER_NANOS;
        });
    }

    private static LoadTally run(
            InetSocketAddress server, QueryPackets queries, Pace pace, Clients clients, Consumer<OpenLoop> settings)
            throws IOException {
        LoadTally tally = new LoadTally(pace);
        try (Arena arena = Arena.ofConfined();
                ClientSockets sockets = ClientSockets.open(clients, server, arena)) {
            KernelCalls.wakeOnTime();
            KernelCalls.nice(NICE);
            OpenLoop loop = new OpenLoop(queries, sockets, new KernelCalls(arena), pace.schedule(), tally);
            settings.accept(loop);
            loop.run();
        }
        return tally;
    }

    /** Has this thread ask from another network from now on; root only. */
    public static void enterNetwork(Path network) throws IOException {
        KernelCalls.enterNetwork(network);
    }

    private void run() {
        startNanos = System.nanoTime() + LEAD_NANOS;
        long lastDueNanos = startNanos;
        long putOffNanos = 0;
        while (!schedule.isOver() && !isEnded.getAsBoolean()) {
            lastDueNanos = startNanos + putOffNanos + schedule.dueNanos();
            awaitNanoTime(lastDueNanos);
            long lateNanos = System.nanoTime() - lastDueNanos;
            if (lateNanos > rushNanos) {
                putOffNanos += lateNanos;
                lastDueNanos += lateNanos;
            }
            send(lastDueNanos);
            schedule.take();
            receive((socket + sockets.count() / 2) % sockets.count());
        }
        awaitAnswers(lastDueNanos);
    }

    /** Until all queries are answered or lost. What came in time is taken, however late this thread gets to it. */
    private void awaitAnswers(long lastDueNanos) {
        long lookedNanos = lastDueNanos;
        while (inFlight.waiting() > 0 && lookedNanos - lastDueNanos < lostAfterNanos) {
            lookedNanos = System.nanoTime() + LEAD_NANOS;
            kernel.sleepUntil(lookedNanos);
            for (int i = 0; i < sockets.count(); i++) {
                receive(i);
            }
        }
    }

    private void awaitNanoTime(long nanoTime) {
        long now = System.nanoTime();
        if (now - clocksComparedNanos > CLOCKS_COMPARED_EVERY_NANOS || clocksComparedNanos == 0) {
            timeOfDayMinusNanoTime = kernel.timeOfDayNanos() - now;
            clocksComparedNanos = now;
        }
        if (nanoTime - now > SPIN_NANOS) {
            kernel.sleepUntil(nanoTime - SPIN_NANOS);
        }
        while (System.nanoTime() - nanoTime < 0) {
            Thread.onSpinWait();
        }
    }

    private void send(long dueNanos) {
        int id = inFlight.nextId(socket);
        long packet = queries.addressWithId(query, id);
        long sentNanos = System.nanoTime();
        if (sockets.send(socket, packet, queries.octets(query))) {
            inFlight.add(socket, dueNanos, sentNanos);
        }
        tally.sent(dueNanos - startNanos, sentNanos - dueNanos);
        query = query + 1 == queries.count() ? 0 : query + 1;
        socket = socket + 1 == sockets.count() ? 0 : socket + 1;
    }

    private void receive(int from) {
        int received;
        do {
            received = sockets.receive(from);
            for (int answer = 0; answer < received; answer++) {
                int slot = inFlight.take(from, sockets.id(answer));
                if (slot >= 0) {
                    note(answer, slot);
                }
            }
        } while (ClientSockets.isFull(received));
    }

    private void note(int answer, int slot) {
        long stamp = sockets.stampNanos(answer);
        long cameNanos = stamp == 0 ? System.nanoTime() : stamp - timeOfDayMinusNanoTime;
        long due = inFlight.dueNanos(slot);
        if (cameNanos - due <= lostAfterNanos) {
            tally.answered(due - startNanos, cameNanos - due, cameNanos - inFlight.sentNanos(slot));
            tally.rcode(sockets.rcode(answer));
        }
    }
}
