package org.cairndns.perf.faults.loss;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A client that asks as the C library does with the {@code resolv.conf} of a pod: over UDP, for five seconds, and then the same
 * once more. Every fifth name is one of the cluster's, all others have not been asked for before. For one thread.
 */
final class StubClient implements AutoCloseable {
    static final int CLUSTER_NAME_OF = 5;

    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MAX_TRIES = 2;
    private static final int MAX_QUERIES = 1 << 16;
    private static final int MAX_OCTETS = 4096;

    private final LossScene scene;
    private final DatagramChannel channel;
    private final Selector selector;
    private final List<Map.Entry<String, InetAddress>> clusterNames;
    private final ClientTally forwarded = new ClientTally();
    private final ClientTally cluster = new ClientTally();
    private final List<Asked> all = new ArrayList<>();
    private final ArrayDeque<Asked> waiting = new ArrayDeque<>();
    private int open;

    /** A query under way; its id is its place among all. */
    private static final class Asked {
        final byte[] message;
        final Record question;
        final InetAddress address;
        final ClientTally tally;
        final long firstNanos = System.nanoTime();
        long sentNanos;
        int tries;
        boolean done;

        Asked(Message message, InetAddress address, ClientTally tally) {
            this.message = message.toWire();
            this.question = message.getQuestion();
            this.address = address;
            this.tally = tally;
        }
    }

    /**
     * @param clusterNames with their addresses, a dot at the end
     */
    StubClient(LossyNetwork network, LossScene scene, Map<String, InetAddress> clusterNames) throws IOException {
        this.scene = scene;
        this.clusterNames = List.copyOf(clusterNames.entrySet());
        this.channel = network.in(LossyNetwork.Place.CLIENT, DatagramChannel::open);
        channel.configureBlocking(false);
        channel.connect(new InetSocketAddress(LossyNetwork.SERVER, scene.port()));
        this.selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    /** What it saw of names that the server forwards. */
    ClientTally forwarded() {
        return forwarded;
    }

    /** What it saw of names of the cluster. */
    ClientTally cluster() {
        return cluster;
    }

    /**
     * Asks, and waits until each query has an answer or no tries left.
     *
     * @param label that names begin with, so that they are new ones
     * @param count of queries, at most 65,536
     */
    void ask(String label, int count, int ratePerSecond) throws IOException {
        all.clear();
        long startNanos = System.nanoTime();
        int queries = Math.min(count, MAX_QUERIES);
        while (all.size() < queries || open > 0) {
            long now = System.nanoTime();
            while (all.size() < queries && now - dueNanos(startNanos, ratePerSecond) >= 0) {
                begin(label + all.size());
            }
            repeatLate(now);
            long waitNanos = all.size() < queries
                    ? dueNanos(startNanos, ratePerSecond) - System.nanoTime()
                    : TimeUnit.MILLISECONDS.toNanos(50);
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNanos)));
            selector.selectedKeys().clear();
            receive();
        }
    }

    private long dueNanos(long startNanos, int ratePerSecond) {
        return startNanos + TimeUnit.SECONDS.toNanos(1) * all.size() / ratePerSecond;
    }

    private void begin(String label) throws IOException {
        int id = all.size();
        boolean isCluster = id % CLUSTER_NAME_OF == 0;
        Map.Entry<String, InetAddress> known = clusterNames.get(id / CLUSTER_NAME_OF % clusterNames.size());
        String name = isCluster ? known.getKey() : label + "-" + scene.number() + ".example.net.";
        Message message = Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
        message.getHeader().setID(id);
        Asked asked = new Asked(
                message, isCluster ? known.getValue() : NamedAddress.of(name), isCluster ? cluster : forwarded);
        all.add(asked);
        open++;
        asked.tally.ask();
        send(asked);
    }

    private void send(Asked asked) throws IOException {
        asked.tries++;
        asked.sentNanos = System.nanoTime();
        waiting.add(asked);
        channel.write(ByteBuffer.wrap(asked.message));
    }

    private void repeatLate(long now) throws IOException {
        for (Asked first = waiting.peek();
                first != null && (first.done || now - first.sentNanos >= TIMEOUT_NANOS);
                first = waiting.peek()) {
            waiting.poll();
            if (!first.done) {
                tryAgain(first);
            }
        }
    }

    private void tryAgain(Asked asked) throws IOException {
        if (asked.tries < MAX_TRIES) {
            asked.tally.repeat();
            send(asked);
        } else {
            asked.tally.giveUp();
            end(asked);
        }
    }

    private void end(Asked asked) {
        asked.done = true;
        open--;
    }

    private void receive() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_OCTETS);
        while (channel.read(buffer) > 0) {
            Message response = new Message(buffer.flip());
            buffer.clear();
            Asked asked = all.get(response.getHeader().getID());
            if (!isTo(asked, response)) {
                asked.tally.mistake();
            } else if (!asked.done) {
                answered(asked, response);
            }
        }
    }

    private static boolean isTo(Asked asked, Message response) {
        return response.getHeader().getFlag(Flags.QR)
                && Objects.equals(response.getQuestion(), asked.question)
                && response.getSection(Section.ANSWER).stream()
                        .allMatch(record -> record instanceof ARecord address
                                && address.getName().equals(asked.question.getName())
                                && address.getAddress().equals(asked.address));
    }

    private void answered(Asked asked, Message response) throws IOException {
        boolean good = response.getRcode() == Rcode.NOERROR
                && response.getSection(Section.ANSWER).size() == 1;
        if (good) {
            asked.tally.answer(asked.question.getName().toString(), System.nanoTime() - asked.firstNanos);
            end(asked);
        } else {
            asked.tally.fail();
            // The C library goes on with its next try at once; the place in the queue of the first one is void then.
            waiting.remove(asked);
            tryAgain(asked);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
