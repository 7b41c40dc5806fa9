package org.cairndns.perf.faults;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** An answer that an upstream gave of late, told from an old one by its TTL. */
final class FreshAnswer {
    private static final int ANSWER_MILLIS = 50;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MAX_SECONDS = 60;

    private FreshAnswer() {}

    /**
     * Asks for a name until there is a fresh answer.
     *
     * @param ttl that the upstream gives; old answers have a longer one or none
     * @return seconds that it took, 60 if it took longer
     */
    static double await(int port, String name, Duration ttl) throws IOException {
        long start = System.nanoTime();
        byte[] query = Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN))
                .toWire();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(InetAddress.ofLiteral("127.0.0.1"), port);
            socket.setSoTimeout(ANSWER_MILLIS);
            while (System.nanoTime() - start < MAX_SECONDS * 1_000_000_000L && !isFresh(socket, query, ttl)) {
                pass(PAUSE);
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static boolean isFresh(DatagramSocket socket, byte[] query, Duration ttl) throws IOException {
        socket.send(new DatagramPacket(query, query.length));
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return false;
        }
        Message message = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        return message.getRcode() == Rcode.NOERROR
                && message.getSection(Section.ANSWER).stream()
                        .anyMatch(record -> record.getTTL() > 0 && record.getTTL() <= ttl.toSeconds());
    }

    /** Lets time pass. */
    static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
