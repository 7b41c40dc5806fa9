package org.cairndns.perf.faults;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cairndns.perf.sample.SampleService;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A client that asks a server over UDP for names of services, one query after the other. For one thread. */
final class KnownNames implements AutoCloseable {
    private static final int ANSWER_MILLIS = 1000;
    private static final int MAX_OCTETS = 4096;

    private final DatagramSocket socket;

    /**
     * What came of asking.
     *
     * @param wrong answers without all the addresses, or with others
     * @param lost queries without an answer
     */
    record Tally(long asked, long wrong, long lost) {
        Tally and(Tally other) {
            return new Tally(asked + other.asked, wrong + other.wrong, lost + other.lost);
        }

        String words() {
            return asked + " asked, " + wrong + " wrong, " + lost + " without an answer";
        }
    }

    /**
     * @param port of 127.0.0.1
     */
    KnownNames(int port) throws IOException {
        socket = new DatagramSocket();
        socket.setSoTimeout(ANSWER_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    }

    /** Asks for all services in turns, so many times a second, for so long. */
    Tally ask(List<SampleService> services, int perSecond, Duration time) throws IOException {
        long stepNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long startNanos = System.nanoTime();
        long asked = 0;
        long wrong = 0;
        long lost = 0;
        while (System.nanoTime() - startNanos < time.toNanos()) {
            LockSupport.parkNanos(startNanos + asked * stepNanos - System.nanoTime());
            SampleService service = services.get((int) (asked++ % services.size()));
            try {
                wrong += addresses(service.dnsName()).equals(wanted(service)) ? 0 : 1;
            } catch (SocketTimeoutException e) {
                lost++;
            }
        }
        return new Tally(asked, wrong, lost);
    }

    /** The addresses of a name, or its RCODE where it has none. */
    Set<String> addresses(String name) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name + "."), Type.A, DClass.IN));
        byte[] wire = query.toWire();
        socket.send(new DatagramPacket(wire, wire.length));
        DatagramPacket packet = new DatagramPacket(new byte[MAX_OCTETS], MAX_OCTETS);
        Message answer;
        do {
            socket.receive(packet);
            answer = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        } while (answer.getHeader().getID() != query.getHeader().getID());
        TreeSet<String> addresses = new TreeSet<>();
        answer.getSection(Section.ANSWER).forEach(record -> addresses.add(record.rdataToString()));
        if (addresses.isEmpty()) {
            addresses.add(Rcode.string(answer.getRcode()));
        }
        return addresses;
    }

    /** True if these are the addresses of the service. */
    static boolean isRight(SampleService service, List<Record> answers) {
        TreeSet<String> addresses = new TreeSet<>();
        answers.forEach(record -> addresses.add(record.rdataToString()));
        return addresses.equals(wanted(service));
    }

    /** The addresses of a service. */
    static Set<String> wanted(SampleService service) {
        return new TreeSet<>(service.headless() ? service.endpoints() : List.of(service.clusterIp()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
