package org.cairndns.perf.faults.hostile;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Mutated queries as datagrams, several on the way at a time; each gets an id of its own, if it has room for one.
 *
 * <p>What gets no answer is sent once more: a full buffer may have lost it.
 */
public final class UdpAssault {
    private static final int IDS = 0x10000;
    private static final int WINDOW = 48;
    private static final int GOOD_EVERY = 50;
    private static final int SOCKET_EVERY = 5_000;
    private static final int PATIENCE_MILLIS = 2_000;

    /** What is read of a datagram; the server needs no more than that to know what it is. */
    private static final int READ_OCTETS = 2048;

    private final InetSocketAddress server;
    private final SplittableRandom random;
    private final HostileTally tally;
    private final @Nullable Sent[] byId = new @Nullable Sent[IDS];
    private final byte[] buffer = new byte[0x10000];
    private int nextId;
    private int awaited;

    /** A message on its way. */
    private static final class Sent {
        final byte[] octets;
        final Expectation expected;
        final @Nullable GoodQuery good;
        boolean answered;
        boolean repeated;

        Sent(byte[] octets, Expectation expected, @Nullable GoodQuery good) {
            this.octets = octets;
            this.expected = expected;
            this.good = good;
        }
    }

    UdpAssault(InetSocketAddress server, SplittableRandom random, HostileTally tally) {
        this.server = server;
        this.random = random;
        this.tally = tally;
    }

    /** Sends so many mutated queries, and good ones in between, from changing addresses of 127.0.0.0/8. */
    void run(int count) throws IOException {
        for (int done = 0; done < count; done += SOCKET_EVERY) {
            InetAddress from = InetAddress.ofLiteral("127.0.0." + (1 + random.nextInt(250)));
            try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(from, 0))) {
                socket.connect(server);
                socket.setReceiveBufferSize(1 << 20);
                Arrays.fill(byId, null);
                attack(socket, Math.min(SOCKET_EVERY, count - done));
            }
        }
    }

    private void attack(DatagramSocket socket, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            byte[] octets = Mutator.mutate(QuerySeeds.next(random), random);
            tally.sent();
            byte[] read = Arrays.copyOf(withId(octets), Math.min(octets.length, READ_OCTETS));
            send(socket, octets, new Sent(read, QueryOracle.of(read, false), null));
            if (i % GOOD_EVERY == 0) {
                GoodQuery good = GoodQuery.next(random);
                byte[] query = withId(good.octets().clone());
                send(socket, query, new Sent(query, Expectation.one(false, Expectation.NOERROR), good));
            }
            if (i % WINDOW == 0) {
                receiveAll(socket);
            }
        }
        receiveAll(socket);
    }

    private byte[] withId(byte[] octets) {
        nextId = (nextId + 1) % IDS;
        if (octets.length >= 2) {
            octets[0] = (byte) (nextId >> 8);
            octets[1] = (byte) nextId;
        }
        return octets;
    }

    private void send(DatagramSocket socket, byte[] octets, Sent sent) throws IOException {
        byId[nextId] = sent;
        socket.send(new DatagramPacket(octets, octets.length));
        if (!sent.expected.isSilence()) {
            awaited++;
        }
        if (awaited >= WINDOW) {
            receive(socket);
        }
    }

    private void receiveAll(DatagramSocket socket) throws IOException {
        while (awaited > 0) {
            receive(socket);
        }
    }

    private void receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.setSoTimeout(PATIENCE_MILLIS);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            again(socket);
            return;
        }
        byte[] reply = Arrays.copyOf(buffer, packet.getLength());
        tally.replied(reply);
        Sent sent = reply.length < 2 ? null : byId[(reply[0] & 0xff) << 8 | reply[1] & 0xff];
        if (sent == null || sent.expected.isSilence()) {
            tally.fault(sent == null ? new byte[0] : sent.octets, reply, "nothing was to come back");
            return;
        }
        check(sent, reply);
    }

    private void check(Sent sent, byte[] reply) {
        if (!sent.answered) {
            sent.answered = true;
            awaited--;
        } else if (!sent.repeated) {
            tally.fault(sent.octets, reply, "comes twice");
        }
        int max = maxOctets(sent.octets);
        Optional<String> fault = sent.good == null
                ? ReplyCheck.fault(sent.octets, reply, sent.expected, max)
                : ReplyCheck.fault(sent.good, sent.octets, reply, max);
        fault.ifPresent(what -> tally.fault(sent.octets, reply, what));
        if (sent.good != null && fault.isEmpty()) {
            tally.goodReply();
        }
    }

    /** Sends all that is awaited once more; what was sent again before will not be answered. */
    private void again(DatagramSocket socket) throws IOException {
        for (Sent sent : byId) {
            if (sent == null || sent.answered || sent.expected.isSilence()) {
                continue;
            }
            if (sent.repeated) {
                tally.fault(sent.octets, new byte[0], "is not answered, though sent twice");
                sent.answered = true;
                awaited--;
            } else {
                sent.repeated = true;
                socket.send(new DatagramPacket(sent.octets, sent.octets.length));
            }
        }
    }

    /** 512 octets, or what the first OPT record behind the question says, wherever it is: an upper bound is enough. */
    private static int maxOctets(byte[] query) {
        int max = 512;
        for (int at = 12; at + 5 <= query.length; at++) {
            if (query[at] == 0 && query[at + 1] == 0 && query[at + 2] == 41) {
                max = Math.max(max, (query[at + 3] & 0xff) << 8 | query[at + 4] & 0xff);
            }
        }
        return max;
    }
}
