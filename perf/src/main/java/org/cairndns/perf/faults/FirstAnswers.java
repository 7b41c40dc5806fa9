package org.cairndns.perf.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.cairndns.perf.sample.SampleService;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A client that asks for all services from the start of a server on, each again and again until it has its addresses. For one
 * thread.
 */
final class FirstAnswers {
    private static final long STEP_NANOS = 2_000_000;
    private static final int BATCH = 100;
    private static final int MAX_OCTETS = 4096;

    /** What came of it; times are from the begin of the asking and {@code NaN} where there was nothing. */
    record Result(double firstSeconds, double allSeconds, int answered, int services, long denials, long wrong) {
        String words() {
            return answered == 0
                    ? "none of " + services
                    : "%.2f s, all %d after %.2f s".formatted(firstSeconds, answered, allSeconds);
        }
    }

    private final InetSocketAddress server;
    private final Map<Integer, SampleService> missing = new HashMap<>();
    private final int services;
    private double firstSeconds = Double.NaN;
    private double lastSeconds = Double.NaN;
    private long denials;
    private long wrong;

    /**
     * @param port of 127.0.0.1
     */
    FirstAnswers(int port, List<SampleService> services) {
        this.server = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        this.services = services.size();
        for (SampleService service : services) {
            missing.put(missing.size(), service);
        }
    }

    /** Asks until all have their addresses, or the time is over. */
    Result run(Duration limit) throws IOException {
        long startNanos = System.nanoTime();
        // Not connected, for a port that is not open yet is no failure.
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(server.getAddress(), 0));
            int turn = 0;
            while (!missing.isEmpty() && System.nanoTime() - startNanos < limit.toNanos()) {
                turn = ask(channel, turn);
                LockSupport.parkNanos(STEP_NANOS);
                receive(channel, startNanos);
            }
        }
        int answered = services - missing.size();
        double allSeconds = missing.isEmpty() ? lastSeconds : Double.NaN;
        return new Result(firstSeconds, allSeconds, answered, services, denials, wrong);
    }

    /** Sends some of the queries that are open; where to go on. */
    private int ask(DatagramChannel channel, int turn) throws IOException {
        List<Map.Entry<Integer, SampleService>> open = new ArrayList<>(missing.entrySet());
        int count = Math.min(BATCH, open.size());
        for (int i = 0; i < count; i++) {
            Map.Entry<Integer, SampleService> next = open.get((turn + i) % open.size());
            Message query = Message.newQuery(
                    Record.newRecord(Name.fromString(next.getValue().dnsName() + "."), Type.A, DClass.IN));
            query.getHeader().setID(next.getKey());
            channel.send(ByteBuffer.wrap(query.toWire()), server);
        }
        return turn + count;
    }

    private void receive(DatagramChannel channel, long startNanos) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_OCTETS);
        while (channel.receive(buffer) != null) {
            answered(new Message(buffer.flip()), (System.nanoTime() - startNanos) / 1e9);
            buffer.clear();
        }
    }

    private void answered(Message answer, double seconds) {
        SampleService service = missing.get(answer.getHeader().getID());
        if (service == null || answer.getRcode() == Rcode.SERVFAIL || answer.getRcode() == Rcode.REFUSED) {
            return;
        }
        List<Record> records = answer.getSection(Section.ANSWER);
        if (answer.getRcode() == Rcode.NXDOMAIN || records.isEmpty()) {
            denials++;
            return;
        }
        wrong += KnownNames.isRight(service, records) ? 0 : 1;
        missing.remove(answer.getHeader().getID());
        firstSeconds = Double.isNaN(firstSeconds) ? seconds : firstSeconds;
        lastSeconds = seconds;
    }
}
