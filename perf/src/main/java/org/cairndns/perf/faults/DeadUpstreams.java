package org.cairndns.perf.faults;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.cairndns.perf.sample.Upstream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * All upstreams of a server silent for a while: what reaches them, and how soon the first to come back is used again.
 *
 * @param packetsPerSecond that all upstreams together got, health checks among them
 * @param checksPerSecond of them
 * @param recoverySeconds from when one of them could answer to the first that a client got
 */
record DeadUpstreams(double packetsPerSecond, double checksPerSecond, double recoverySeconds) {
    /** Until then a server may find out. */
    private static final int SETTLE_SECONDS = 10;

    private static final int ANSWER_MILLIS = 50;
    private static final long PAUSE_NANOS = 10_000_000;
    private static final int MAX_RECOVERY_SECONDS = 60;

    /** Counts from the end of the time in which the server finds out, as long as the load goes on. */
    static final class Watch {
        private final List<Upstream> upstreams;
        private final long startNanos = System.nanoTime();
        private volatile long settledNanos;
        private volatile long packets;
        private volatile long checks;

        Watch(List<Upstream> upstreams) {
            this.upstreams = upstreams;
            Thread.ofVirtual().start(this::settle);
        }

        private void settle() {
            long end = startNanos + SETTLE_SECONDS * 1_000_000_000L;
            while (System.nanoTime() - end < 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            packets = sum(upstreams);
            checks = upstreams.stream().mapToLong(Upstream::checks).sum();
            settledNanos = System.nanoTime();
        }

        /** Lets one upstream answer again, and waits for a client's answer. */
        DeadUpstreams end(int port) throws IOException {
            double seconds = (System.nanoTime() - settledNanos) / 1e9;
            double perSecond = (sum(upstreams) - packets) / seconds;
            long seen = upstreams.stream().mapToLong(Upstream::checks).sum() - checks;
            long back = System.nanoTime();
            upstreams.getFirst().silent(false);
            return new DeadUpstreams(perSecond, seen / seconds, awaitAnswer(port, back));
        }
    }

    private static long sum(List<Upstream> upstreams) {
        return upstreams.stream().mapToLong(Upstream::queries).sum();
    }

    private static double awaitAnswer(int port, long backNanos) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(InetAddress.ofLiteral("127.0.0.1"), port);
            socket.setSoTimeout(ANSWER_MILLIS);
            for (int i = 0; elapsedSeconds(backNanos) < MAX_RECOVERY_SECONDS; i++) {
                if (isAnswered(socket, i)) {
                    break;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return elapsedSeconds(backNanos);
    }

    private static double elapsedSeconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    private static boolean isAnswered(DatagramSocket socket, int number) throws IOException {
        Name name = Name.fromString("back" + number + ".example.net.");
        byte[] query =
                Message.newQuery(Record.newRecord(name, Type.A, DClass.IN)).toWire();
        socket.send(new DatagramPacket(query, query.length));
        DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
        try {
            socket.receive(answer);
        } catch (SocketTimeoutException e) {
            return false;
        }
        return (answer.getData()[3] & 0xf) == Rcode.NOERROR;
    }
}
