package org.cairndns.perf.faults.loss;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The upstreams of all scenes: each name has the address of {@link NamedAddress}. UDP, one thread. */
final class LossUpstreams implements AutoCloseable {
    private static final int DNS_PORT = 53;
    private static final int TTL_SECONDS = 60;
    private static final int MAX_OCTETS = 4096;
    static final int STEADY_MILLIS = 20;
    private static final int MAX_UNRULY_MILLIS = 100;
    private static final int TWICE_OF = 4;

    private record Late(long dueNanos, DatagramChannel from, SocketAddress to, byte[] response) {}

    private final Selector selector;
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final PriorityQueue<Late> late = new PriorityQueue<>((a, b) -> Long.signum(a.dueNanos - b.dueNanos));
    private final Random random;

    /** How often each name was asked for, in lower case. */
    private final Map<String, Integer> arrived = new ConcurrentHashMap<>();

    private volatile boolean closed;

    private LossUpstreams(Selector selector, long seed) {
        this.selector = selector;
        this.random = new Random(seed);
    }

    /** Gives the network the addresses of the upstreams, and answers there. */
    static LossUpstreams open(LossyNetwork network, List<LossScene> scenes, long seed) throws IOException {
        LossUpstreams upstreams = new LossUpstreams(Selector.open(), seed);
        for (LossScene scene : scenes) {
            for (int which = 0; which < 2; which++) {
                String address = scene.upstream(which);
                network.addOutside(address);
                DatagramChannel channel = network.in(
                        LossyNetwork.Place.OUTSIDE,
                        () -> DatagramChannel.open()
                                .bind(new InetSocketAddress(InetAddress.ofLiteral(address), DNS_PORT)));
                channel.configureBlocking(false);
                channel.register(upstreams.selector, SelectionKey.OP_READ, scene);
                upstreams.channels.add(channel);
            }
        }
        Thread.ofPlatform().daemon().name("loss-upstreams").start(upstreams::serve);
        return upstreams;
    }

    private void serve() {
        try {
            while (!closed) {
                Late first = late.peek();
                long waitNanos = first == null ? TimeUnit.SECONDS.toNanos(1) : first.dueNanos - System.nanoTime();
                if (waitNanos > 0) {
                    selector.select(1 + TimeUnit.NANOSECONDS.toMillis(waitNanos));
                } else {
                    selector.selectNow();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    receive((DatagramChannel) key.channel(), ((LossScene) key.attachment()).unruly());
                }
                selector.selectedKeys().clear();
                send();
            }
        } catch (IOException | ClosedSelectorException e) {
            if (!closed) {
                System.err.println("upstreams: " + e);
            }
        }
    }

    private void receive(DatagramChannel channel, boolean unruly) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_OCTETS);
        for (SocketAddress client = channel.receive(buffer); client != null; client = channel.receive(buffer)) {
            Message query = new Message(buffer.flip());
            byte[] response = answer(query).toWire();
            buffer.clear();
            arrived.merge(key(query.getQuestion().getName().toString()), 1, Integer::sum);
            int copies = unruly && random.nextInt(TWICE_OF) == 0 ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                int millis = unruly ? 1 + random.nextInt(MAX_UNRULY_MILLIS) : STEADY_MILLIS;
                late.add(
                        new Late(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), channel, client, response));
            }
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** How many queries for a name arrived, at all upstreams together. */
    int arrived(String name) {
        return arrived.getOrDefault(key(name), 0);
    }

    /** Counts anew. */
    void forget() {
        arrived.clear();
    }

    private static Message answer(Message query) {
        Record question = query.getQuestion();
        Message response = new Message(query.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) {
            response.getHeader().setFlag(Flags.RD);
        }
        response.addRecord(question, Section.QUESTION);
        if (question.getType() == Type.A) {
            Name name = question.getName();
            response.addRecord(
                    new ARecord(name, DClass.IN, TTL_SECONDS, NamedAddress.of(name.toString())), Section.ANSWER);
        }
        return response;
    }

    private void send() throws IOException {
        long now = System.nanoTime();
        for (Late next = late.peek(); next != null && next.dueNanos - now <= 0; next = late.peek()) {
            late.poll();
            next.from.send(ByteBuffer.wrap(next.response), next.to);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.close();
        for (DatagramChannel channel : channels) {
            channel.close();
        }
    }
}
