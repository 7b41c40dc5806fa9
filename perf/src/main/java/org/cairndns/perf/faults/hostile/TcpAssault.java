package org.cairndns.perf.faults.hostile;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Mutated queries over connections: frames cut anywhere, lengths that lie, ends in the middle. */
final class TcpAssault {
    private static final int MAX_MESSAGES = 40;
    private static final int MAX_FRAME_OCTETS = 4096;
    private static final int PATIENCE_MILLIS = 10_000;

    private final InetSocketAddress server;
    private final SplittableRandom random;
    private final HostileTally tally;

    TcpAssault(InetSocketAddress server, SplittableRandom random, HostileTally tally) {
        this.server = server;
        this.random = random;
        this.tally = tally;
    }

    /** A message as the server cuts it out of the stream. */
    private record Frame(byte[] octets, Expectation expected) {}

    /** Sends so many mutated queries, each connection with a good one in front, from changing addresses of 127.0.0.0/8. */
    void run(int count) throws IOException {
        for (int done = 0; done < count; ) {
            int messages = Math.min(count - done, 1 + random.nextInt(MAX_MESSAGES));
            attack(messages);
            done += messages;
        }
    }

    private void attack(int messages) throws IOException {
        GoodQuery good = GoodQuery.next(random);
        MessageOctets stream = new MessageOctets();
        frame(stream, good.octets().clone(), 0);
        for (int i = 1; i <= messages; i++) {
            tally.sent();
            frame(stream, Mutator.mutate(QuerySeeds.next(random), random), i);
        }
        byte[] octets = stream.toArray();
        if (random.nextInt(4) == 0) {
            octets = Arrays.copyOf(octets, random.nextInt(octets.length + 1));
        }
        List<Frame> frames = new ArrayList<>();
        boolean whole = cut(octets, frames);
        InetAddress from = InetAddress.ofLiteral("127.0.0." + (1 + random.nextInt(250)));
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(server);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            exchange(socket, octets, frames, good);
        } catch (SocketTimeoutException e) {
            tally.fault(octets, new byte[0], frames.size() + " messages: no end of the stream");
        } catch (SocketException e) {
            // Who has had enough of a stream closes it though there are octets left in it, and that is a reset.
            if (whole) {
                tally.fault(octets, new byte[0], "connection ends by " + e);
            }
        }
    }

    private void frame(MessageOctets stream, byte[] octets, int id) {
        if (octets.length >= 2) {
            octets[0] = (byte) (id >> 8);
            octets[1] = (byte) id;
        }
        int length = random.nextInt(60) == 0 ? lie(octets.length) : octets.length;
        stream.u16(length).raw(octets);
    }

    private int lie(int length) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 0xffff;
            case 2 -> Math.max(0, length - 1 - random.nextInt(10));
            default -> length + 1 + random.nextInt(100);
        };
    }

    /** The messages that are read from a stream; true if nothing makes the server give it up before its end. */
    private static boolean cut(byte[] stream, List<Frame> frames) {
        int at = 0;
        while (at + 2 <= stream.length) {
            int length = (stream[at] & 0xff) << 8 | stream[at + 1] & 0xff;
            if (length > MAX_FRAME_OCTETS) {
                return false;
            }
            if (at + 2 + length > stream.length) {
                return true;
            }
            byte[] octets = Arrays.copyOfRange(stream, at + 2, at + 2 + length);
            Expectation expected = QueryOracle.of(octets, true);
            if (expected.isSilence()) {
                return false;
            }
            frames.add(new Frame(octets, expected));
            at += 2 + length;
        }
        return true;
    }

    private void exchange(Socket socket, byte[] octets, List<Frame> frames, GoodQuery good) throws IOException {
        OutputStream out = socket.getOutputStream();
        int pieces = random.nextInt(6);
        int at = 0;
        for (int i = 0; i < pieces; i++) {
            int next = at + random.nextInt(octets.length - at + 1);
            out.write(octets, at, next - at);
            at = next;
        }
        out.write(octets, at, octets.length - at);
        socket.shutdownOutput();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        List<Frame> open = new ArrayList<>(frames);
        while (true) {
            int length;
            try {
                length = in.readUnsignedShort();
            } catch (EOFException e) {
                break;
            }
            byte[] reply = new byte[length];
            in.readFully(reply);
            tally.replied(reply);
            check(open, reply, good);
        }
        for (Frame frame : open) {
            if (frame.expected.kind() == Expectation.Kind.ONE) {
                tally.fault(frame.octets, new byte[0], "is not answered");
            }
        }
    }

    /** Finds the message that a response is to; lengths that lie may have made several with one id. */
    private void check(List<Frame> open, byte[] reply, GoodQuery good) {
        String fault = "nothing was to come back";
        byte[] query = {};
        for (int i = 0; i < open.size(); i++) {
            Frame frame = open.get(i);
            if (reply.length < 2 || frame.octets[0] != reply[0] || frame.octets[1] != reply[1]) {
                continue;
            }
            boolean known = Arrays.equals(frame.octets, good.octets());
            Optional<String> found = known
                    ? ReplyCheck.fault(good, frame.octets, reply, 0xffff)
                    : ReplyCheck.fault(frame.octets, reply, frame.expected, 0xffff);
            if (found.isEmpty()) {
                if (known) {
                    tally.goodReply();
                }
                if (frame.expected.kind() == Expectation.Kind.ONE) {
                    open.remove(i);
                }
                return;
            }
            fault = found.get();
            query = frame.octets;
        }
        tally.fault(query, reply, fault);
    }
}
