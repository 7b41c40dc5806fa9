package org.cairndns.perf.container;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Looks from outside at a server in a container, at the ports of the stock manifests. */
public final class Probe {
    public static final int DNS_PORT = 53;
    private static final int READY_PORT = 8181;
    private static final int OK = 200;
    private static final int TIMEOUT_MILLIS = 200;
    private static final int MAX_OCTETS = 4096;
    private static final long STEP_NANOS = 5_000_000;

    private final ServerContainer container;
    private final InetAddress address;

    public Probe(ServerContainer container) {
        this.container = container;
        this.address = container.address();
    }

    /** Where it answers queries. */
    public InetSocketAddress dns() {
        return new InetSocketAddress(address, DNS_PORT);
    }

    /** Whether it has an address for a name, over UDP within a fifth of a second. */
    public boolean answers(String name) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(dns());
            byte[] wire = Message.newQuery(Record.newRecord(Name.fromString(name + "."), Type.A, DClass.IN))
                    .toWire();
            socket.send(new DatagramPacket(wire, wire.length));
            DatagramPacket answer = new DatagramPacket(new byte[MAX_OCTETS], MAX_OCTETS);
            socket.receive(answer);
            return new Message(Arrays.copyOf(answer.getData(), answer.getLength()))
                            .getHeader()
                            .getCount(Section.ANSWER)
                    > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether its ready page says so. */
    public boolean isReady() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://" + address.getHostAddress() + ":" + READY_PORT + "/ready")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Waits for something of it.
     *
     * @return seconds from the start of its first process; negative if it ended before, or the limit is over
     */
    public double secondsUntil(Duration limit, BooleanSupplier condition) {
        long endNanos = System.nanoTime() + limit.toNanos();
        Instant start = container.startedAt();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - endNanos > 0 || !container.isRunning()) {
                return -1;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return Duration.between(start, Instant.now()).toMillis() / 1e3;
    }
}
