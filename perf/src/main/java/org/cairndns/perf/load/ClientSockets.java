package org.cairndns.perf.load;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/**
 * Several UDP sockets to one server, whose answers carry the instant at which the kernel got them.
 *
 * <p>The stamp is taken on loopback when the server sends. So an answer may wait in its socket until the generator has
 * time for it, and the server is not held up by waking it.
 *
 * <p>Answers are received in batches; the figures of a batch are valid until the next one. One thread, no objects.
 */
final class ClientSockets implements AutoCloseable {
    private static final int BATCH = 32;
    private static final int MAX_ANSWER_OCTETS = 4096;
    private static final int RECEIVE_BUFFER_OCTETS = 1 << 20;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;

    /** Both the socket option and the type of the control message. */
    private static final int SO_TIMESTAMPNS = 35;

    /** struct mmsghdr: iovec at 16, number of them at 24, control at 32, its octets at 40, length of the message at 56. */
    private static final int MESSAGE_OCTETS = 64;

    private static final int IOVEC_OCTETS = 16;

    /** struct cmsghdr: octets at 0, level at 8, type at 12, then struct timespec at 16. */
    private static final int CONTROL_OCTETS = 32;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final ValueLayout.OfShort PORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final int[] fds;
    private final MemorySegment messages;
    private final MemorySegment controls;
    private final MemorySegment answers;

    private ClientSockets(int[] fds, MemorySegment messages, MemorySegment controls, MemorySegment answers) {
        this.fds = fds;
        this.messages = messages;
        this.controls = controls;
        this.answers = answers;
    }

    /** struct sockaddr_in: family, port, then the address. */
    private static MemorySegment address(InetSocketAddress from, Arena arena) {
        MemorySegment address = arena.allocate(16);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) 2);
        address.set(PORT, 2, (short) from.getPort());
        MemorySegment.copy(from.getAddress().getAddress(), 0, address, JAVA_BYTE, 4, 4);
        return address;
    }

    private static InetSocketAddress loopback(int host) {
        return new InetSocketAddress(
                InetAddress.ofLiteral("127." + (host >> 16) + "." + (host >> 8 & 0xff) + "." + (host & 0xff)), 0);
    }

    /** Opens sockets to an IPv4 address. */
    static ClientSockets open(Clients clients, InetSocketAddress to, Arena arena) throws IOException {
        int count = clients.count();
        MemorySegment server = address(to, arena);
        int[] fds = new int[count];
        for (int i = 0; i < count; i++) {
            fds[i] = KernelCalls.open();
            KernelCalls.set(fds[i], SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER_OCTETS);
            KernelCalls.set(fds[i], SOL_SOCKET, SO_TIMESTAMPNS, 1);
            if (clients.firstHost() != 0) {
                KernelCalls.bind(fds[i], address(loopback(clients.firstHost() + i), arena));
            }
            KernelCalls.connect(fds[i], server);
        }
        MemorySegment messages = arena.allocate((long) BATCH * MESSAGE_OCTETS, Long.BYTES);
        MemorySegment vectors = arena.allocate((long) BATCH * IOVEC_OCTETS, Long.BYTES);
        MemorySegment controls = arena.allocate((long) BATCH * CONTROL_OCTETS, Long.BYTES);
        MemorySegment answers = arena.allocate((long) BATCH * MAX_ANSWER_OCTETS, Long.BYTES);
        for (int i = 0; i < BATCH; i++) {
            long vector = (long) i * IOVEC_OCTETS;
            vectors.set(ADDRESS, vector, answers.asSlice((long) i * MAX_ANSWER_OCTETS));
            vectors.set(JAVA_LONG, vector + 8, MAX_ANSWER_OCTETS);
            long message = (long) i * MESSAGE_OCTETS;
            messages.set(ADDRESS, message + 16, vectors.asSlice(vector));
            messages.set(JAVA_LONG, message + 24, 1);
            messages.set(ADDRESS, message + 32, controls.asSlice((long) i * CONTROL_OCTETS));
            messages.set(JAVA_LONG, message + 40, CONTROL_OCTETS);
        }
        return new ClientSockets(fds, messages, controls, answers);
    }

    int count() {
        return fds.length;
    }

    /** False if the kernel did not take the packet. */
    boolean send(int socket, long address, int octets) {
        boolean taken = false;
        // What ICMP said of an earlier query fails the next one of the same socket (udp(7)), which no query of a
        // resolver meets.
        for (int attempt = 0; attempt < 2 && !taken; attempt++) {
            taken = KernelCalls.send(fds[socket], address, octets) == octets;
        }
        return taken;
    }

    /** Receives what waits in a socket, at most {@link #isFull} answers; their number. */
    int receive(int socket) {
        int received = KernelCalls.receive(fds[socket], messages, BATCH);
        for (int i = 0; i < received; i++) {
            messages.set(JAVA_LONG, (long) i * MESSAGE_OCTETS + 40, CONTROL_OCTETS);
        }
        return received;
    }

    /** True if a batch of that size may have left answers behind. */
    static boolean isFull(int received) {
        return received == BATCH;
    }

    int id(int answer) {
        long start = (long) answer * MAX_ANSWER_OCTETS;
        return (answers.get(JAVA_BYTE, start) & 0xff) << 8 | answers.get(JAVA_BYTE, start + 1) & 0xff;
    }

    int rcode(int answer) {
        return answers.get(JAVA_BYTE, (long) answer * MAX_ANSWER_OCTETS + 3) & 0x0f;
    }

    /** When the answer came, by the time of day; 0 if the kernel did not say. */
    long stampNanos(int answer) {
        long control = (long) answer * CONTROL_OCTETS;
        return controls.get(JAVA_INT, control + 12) != SO_TIMESTAMPNS
                ? 0
                : controls.get(JAVA_LONG, control + 16) * NANOS_PER_SECOND + controls.get(JAVA_LONG, control + 24);
    }

    @Override
    public void close() throws IOException {
        for (int fd : fds) {
            KernelCalls.close(fd);
        }
    }
}
