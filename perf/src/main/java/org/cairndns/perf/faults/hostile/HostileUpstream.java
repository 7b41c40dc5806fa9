package org.cairndns.perf.faults.hostile;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * An upstream that answers honestly, but for names that begin with {@code bad}: these get damaged answers and forged ones.
 *
 * <p>Honest is one address for each name, {@link GoodQuery#addressOf}, and no data for other types.
 */
public final class HostileUpstream implements AutoCloseable {
    /** Address in a response with an id that is not the query's. */
    static final int FORGED_ID = 0x0606_0601;

    /** Address in a response to another question. */
    static final int FORGED_QUESTION = 0x0606_0602;

    /** Address in a response from another port. */
    static final int FORGED_SOURCE = 0x0606_0603;

    /** Address of names that come along with a proper answer to another question. */
    static final int POISON = 0x0707_0707;

    private static final int RESPONSE = 0x8180;
    private static final int A = 1;
    private static final int NS = 2;
    private static final int CNAME = 5;
    private static final int SOA = 6;
    private static final int OPT = 41;
    private static final int TTL_SECONDS = 300;

    private final DatagramSocket socket;
    private final DatagramSocket other;
    private final ServerSocket listener;
    private final SplittableRandom random;

    /** Bits of the RCODEs that a name was answered with, under the right id and question. */
    private final ConcurrentMap<String, Integer> rcodes = new ConcurrentHashMap<>();

    private HostileUpstream(DatagramSocket socket, DatagramSocket other, ServerSocket listener, long seed) {
        this.socket = socket;
        this.other = other;
        this.listener = listener;
        this.random = new SplittableRandom(seed);
    }

    /** A query as it came. */
    private record Asked(byte[] octets, int questionEnd, String qname, int qtype) {
        static Asked of(byte[] octets) {
            StringBuilder qname = new StringBuilder();
            int at = 12;
            while (octets[at] != 0) {
                qname.append(qname.isEmpty() ? "" : ".")
                        .append(new String(octets, at + 1, octets[at], StandardCharsets.ISO_8859_1));
                at += octets[at] + 1;
            }
            int qtype = (octets[at + 1] & 0xff) << 8 | octets[at + 2] & 0xff;
            return new Asked(octets, at + 5, qname.toString(), qtype);
        }

        int id() {
            return (octets[0] & 0xff) << 8 | octets[1] & 0xff;
        }

        boolean hasOpt() {
            return octets[11] != 0;
        }

        /** The number in {@code badN.up.example}, or -1. */
        int number() {
            return qname.startsWith("bad") ? Integer.parseInt(qname.substring(3, qname.indexOf('.'))) : -1;
        }
    }

    /** Starts to answer on a free port of 127.0.0.1, over UDP and TCP. */
    public static HostileUpstream start(long seed) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        ServerSocket listener = new ServerSocket(0, 50, loopback);
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback, listener.getLocalPort()));
        socket.setReceiveBufferSize(1 << 20);
        DatagramSocket other = new DatagramSocket(new InetSocketAddress(loopback, 0));
        HostileUpstream upstream = new HostileUpstream(socket, other, listener, seed);
        Thread.ofPlatform().daemon().name("hostile-upstream").start(upstream::serve);
        Thread.ofPlatform().daemon().name("hostile-upstream-tcp").start(upstream::accept);
        return upstream;
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** True if a response with this RCODE was sent for a name. */
    boolean said(String qname, int rcode) {
        return (rcodes.getOrDefault(qname, 0) & 1 << rcode) != 0;
    }

    private void serve() {
        byte[] buffer = new byte[0x10000];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                Asked asked = Asked.of(Arrays.copyOf(buffer, packet.getLength()));
                if (asked.number() < 0) {
                    send(socket, packet, honest(asked, asked.id()).toArray());
                } else {
                    answerBadly(packet, asked);
                }
            } catch (IOException e) {
                // The socket is closed, or the server's port has been.
            }
        }
    }

    private static void send(DatagramSocket from, DatagramPacket to, byte[] octets) throws IOException {
        from.send(new DatagramPacket(octets, octets.length, to.getSocketAddress()));
    }

    /** One of the ways to answer badly, mostly with an honest answer behind it. */
    private void answerBadly(DatagramPacket to, Asked asked) throws IOException {
        switch (random.nextInt(8)) {
            case 0 -> send(socket, to, address(asked, asked.id() ^ 1 + random.nextInt(0xffff), FORGED_ID));
            case 1 -> send(socket, to, otherQuestion(asked));
            case 2 -> send(other, to, address(asked, asked.id(), FORGED_SOURCE));
            case 3 -> {
                sendNoted(to, asked, poisoned(asked));
                return;
            }
            case 4 -> {
                byte[] octets = honest(asked, asked.id()).toArray();
                sendNoted(to, asked, octets);
                send(socket, to, octets);
                return;
            }
            case 5 -> send(socket, to, Arrays.copyOf(asked.octets, random.nextInt(asked.octets.length + 1)));
            default -> sendNoted(to, asked, damaged(asked));
        }
        if (random.nextInt(50) != 0) {
            sendNoted(to, asked, honest(asked, asked.id()).toArray());
        }
    }

    private void sendNoted(DatagramPacket to, Asked asked, byte[] octets) throws IOException {
        note(asked, octets);
        send(socket, to, octets);
    }

    private void note(Asked asked, byte[] octets) {
        if (octets.length > 3) {
            rcodes.merge(asked.qname, 1 << (octets[3] & 0xf), (one, two) -> one | two);
        }
    }

    private static MessageOctets start(Asked asked, int id, int... counts) {
        return MessageOctets.header(id, RESPONSE, 1, counts[0], counts[1], counts[2] + (asked.hasOpt() ? 1 : 0))
                .raw(asked.octets, 12, asked.questionEnd);
    }

    private static MessageOctets end(Asked asked, MessageOctets message) {
        return asked.hasOpt() ? message.u8(0).u16(OPT).u16(1232).u32(0).u16(0) : message;
    }

    private static MessageOctets record(MessageOctets message, int type, int octets) {
        return message.u16(type).u16(1).u32(TTL_SECONDS).u16(octets);
    }

    private static MessageOctets honest(Asked asked, int id) {
        if (asked.qtype == A) {
            MessageOctets answer = record(start(asked, id, 1, 0, 0).u16(0xc00c), A, 4);
            return end(asked, answer.u32(GoodQuery.addressOf(asked.qname)));
        }
        MessageOctets denial = record(start(asked, id, 0, 1, 0).u8(0), SOA, 22);
        return end(asked, denial.u8(0).u8(0).u32(1).u32(60).u32(60).u32(60).u32(60));
    }

    private static byte[] address(Asked asked, int id, int address) {
        return end(asked, record(start(asked, id, 1, 0, 0).u16(0xc00c), A, 4).u32(address))
                .toArray();
    }

    private static byte[] otherQuestion(Asked asked) {
        return record(
                        MessageOctets.header(asked.id(), RESPONSE, 1, 1, 0, 0)
                                .question(victim(asked), A)
                                .u16(0xc00c),
                        A,
                        4)
                .u32(FORGED_QUESTION)
                .toArray();
    }

    /** A name that is asked for later, and has an honest answer. */
    private static String victim(Asked asked) {
        return "victim" + asked.number() / UpstreamAssault.VICTIM_EVERY + ".up.example";
    }

    /** The right answer, with addresses of another name in every section. */
    private static byte[] poisoned(Asked asked) {
        String victim = victim(asked);
        MessageOctets message =
                record(start(asked, asked.id(), 2, 1, 1).u16(0xc00c), A, 4).u32(GoodQuery.addressOf(asked.qname));
        record(message.name(victim), A, 4).u32(POISON);
        record(message.name("up.example"), NS, 2 + victim.length()).name(victim);
        record(message.name(victim), A, 4).u32(POISON);
        return end(asked, message).toArray();
    }

    /** An honest answer, or one through an alias, with damage behind the id. */
    private byte[] damaged(Asked asked) {
        byte[] octets = honest(asked, asked.id()).toArray();
        if (random.nextInt(3) == 0) {
            MessageOctets alias = record(start(asked, asked.id(), 2, 0, 0).u16(0xc00c), CNAME, 6)
                    .u8(3)
                    .raw("www".getBytes(StandardCharsets.ISO_8859_1))
                    .u16(0xc00c);
            octets = end(asked, record(alias.u16(asked.questionEnd + 12), A, 4).u32(GoodQuery.addressOf(asked.qname)))
                    .toArray();
        }
        byte[] damaged = Mutator.mutate(octets, random);
        if (damaged.length >= 2) {
            damaged[0] = (byte) (asked.id() >> 8);
            damaged[1] = (byte) asked.id();
        }
        return damaged;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                // The listener is closed.
            }
        }
    }

    /** Honest over TCP, where nobody can forge without being seen. */
    private void serve(Socket connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            while (true) {
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                Asked asked = Asked.of(query);
                byte[] octets = honest(asked, asked.id()).toArray();
                note(asked, octets);
                connection
                        .getOutputStream()
                        .write(new MessageOctets()
                                .u16(octets.length)
                                .raw(octets)
                                .toArray());
            }
        } catch (IOException e) {
            // The server has enough.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        socket.close();
        other.close();
    }
}
