package org.cairndns.perf.faults.hostile;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Proper queries for names whose upstream answers badly, with queries for its victims and others in between.
 *
 * <p>Whatever the upstream sends, each query is answered: by what it said under the right id from the right port to the right
 * question, or by SERVFAIL.
 */
final class UpstreamAssault {
    /** So many bad answers try to poison one name, which is then asked for. */
    static final int VICTIM_EVERY = 50;

    private static final int VICTIM_LAG = 10;
    private static final int IDS = 0x10000;
    private static final int WINDOW = 400;
    private static final int AGAIN_EVERY = 10;
    private static final int PATIENCE_MILLIS = 12_000;

    private static final int[] FORGED = {
        HostileUpstream.FORGED_ID, HostileUpstream.FORGED_QUESTION, HostileUpstream.FORGED_SOURCE
    };

    private final InetSocketAddress server;
    private final HostileUpstream upstream;
    private final SplittableRandom random;
    private final HostileTally tally;
    private final @Nullable Sent[] byId = new @Nullable Sent[IDS];
    private final byte[] buffer = new byte[0x10000];
    private int nextId;
    private int awaited;

    private record Sent(byte[] octets, String qname, boolean honest) {}

    UpstreamAssault(InetSocketAddress server, HostileUpstream upstream, SplittableRandom random, HostileTally tally) {
        this.server = server;
        this.upstream = upstream;
        this.random = random;
        this.tally = tally;
    }

    /** Asks for so many names that are answered badly; names before {@code first} were asked for earlier. */
    void run(int first, int count) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(server.getAddress(), 0))) {
            socket.connect(server);
            socket.setReceiveBufferSize(1 << 20);
            socket.setSoTimeout(PATIENCE_MILLIS);
            for (int number = first; number < first + count; number++) {
                tally.sent();
                send(socket, "bad" + number + ".up.example", false);
                if (number % AGAIN_EVERY == 0) {
                    send(socket, "bad" + (number - random.nextInt(Math.min(number + 1, 300))) + ".up.example", false);
                }
                if (number % VICTIM_EVERY == VICTIM_EVERY - 1) {
                    // By then all that was to poison it is known to the server.
                    int victim = Math.max(0, number / VICTIM_EVERY - VICTIM_LAG);
                    send(socket, "victim" + victim + ".up.example", true);
                    send(socket, "good" + random.nextInt(50) + ".up.example", true);
                }
            }
            receiveAll(socket);
        }
    }

    private void send(DatagramSocket socket, String qname, boolean honest) throws IOException {
        do {
            nextId = (nextId + 1) % IDS;
        } while (byId[nextId] != null);
        boolean edns = random.nextInt(3) == 0;
        MessageOctets query =
                MessageOctets.header(nextId, 0x0100, 1, 0, 0, edns ? 1 : 0).question(qname, 1);
        byte[] octets = (edns ? query.u8(0).u16(41).u16(1232).u32(0).u16(0) : query).toArray();
        byId[nextId] = new Sent(octets, qname, honest);
        socket.send(new DatagramPacket(octets, octets.length));
        awaited++;
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
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            for (int id = 0; id < IDS; id++) {
                Sent sent = byId[id];
                if (sent != null) {
                    tally.fault(sent.octets, new byte[0], sent.qname + " is not answered");
                    byId[id] = null;
                }
            }
            awaited = 0;
            return;
        }
        byte[] reply = Arrays.copyOf(buffer, packet.getLength());
        tally.replied(reply);
        int id = reply.length < 2 ? 0 : (reply[0] & 0xff) << 8 | reply[1] & 0xff;
        Sent sent = byId[id];
        if (sent == null) {
            tally.fault(new byte[0], reply, "nothing was to come back");
            return;
        }
        byId[id] = null;
        awaited--;
        check(sent, reply);
    }

    private void check(Sent sent, byte[] reply) {
        boolean edns = sent.octets[11] != 0;
        Optional<String> fault;
        if (sent.honest) {
            fault = ReplyCheck.fault(sent.octets, reply, Expectation.one(edns, Expectation.NOERROR), 1232)
                    .or(() -> ReplyCheck.has(reply, GoodQuery.addressOf(sent.qname))
                            ? Optional.empty()
                            : Optional.of(sent.qname + " has not its address"))
                    .or(() -> ReplyCheck.has(reply, HostileUpstream.POISON)
                            ? Optional.of(sent.qname + " is poisoned")
                            : Optional.empty());
            if (fault.isEmpty()) {
                tally.goodReply();
            }
        } else {
            fault = bad(sent, reply, edns);
        }
        fault.ifPresent(what -> tally.fault(sent.octets, reply, what));
    }

    private Optional<String> bad(Sent sent, byte[] reply, boolean edns) {
        BitSet rcodes = new BitSet();
        rcodes.set(Expectation.SERVFAIL);
        for (int rcode = 0; rcode < 16; rcode++) {
            rcodes.set(rcode, rcodes.get(rcode) || upstream.said(sent.qname, rcode));
        }
        // An OPT record of the upstream's has the upper bits of an RCODE; damaged ones have any.
        for (int rcode = 16; rcode < 4096; rcode++) {
            rcodes.set(rcode, edns && rcodes.get(rcode & 0xf));
        }
        if (!MessageWalk.isWhole(reply)) {
            return Optional.of("is not whole");
        }
        for (int forged : FORGED) {
            if (ReplyCheck.has(reply, forged)) {
                return Optional.of("has an address that was forged: " + Integer.toHexString(forged));
            }
        }
        Optional<String> fault = ReplyCheck.fault(
                sent.octets, reply, new Expectation(Expectation.Kind.ONE, rcodes, edns), edns ? 1232 : 512);
        if (fault.isPresent() && fault.get().startsWith(ReplyCheck.UNREADABLE)) {
            tally.unreadable();
            return Optional.empty();
        }
        return fault;
    }
}
