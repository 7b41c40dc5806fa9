package org.cairndns.perf.faults.loss;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cairndns.kubernetes.testing.TcpProxy;
import org.cairndns.perf.faults.loss.LossyNetwork.Place;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** All scenes at once, with one server between clients and upstreams, and an API that it reaches over a lossy way. */
public final class LossRun implements AutoCloseable {
    /** Port of the server for the first scene. */
    public static final int FIRST_PORT = 5300;

    private static final long STEP_NANOS = 20_000_000;

    private static final int ANSWER_MILLIS = 500;
    private static final int MAX_OCTETS = 4096;
    private static final String PROBE = "probe.example.net.";

    /** What the server still does for clients that have their answer, or gave up. */
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LossyNetwork network;
    private final LossUpstreams upstreams;
    private final TcpProxy api;
    private final Map<String, InetAddress> clusterNames;
    private int rounds;

    private LossRun(
            LossyNetwork network, LossUpstreams upstreams, TcpProxy api, Map<String, InetAddress> clusterNames) {
        this.network = network;
        this.upstreams = upstreams;
        this.api = api;
        this.clusterNames = clusterNames;
    }

    /**
     * Makes the network with its upstreams; the server is the caller's to start, in {@link Place#SERVER}.
     *
     * @param apiPort of 127.0.0.1, which leads to the same port here
     * @param apiPercent of the packets to and from the API that are lost
     * @param clusterNames names of the cluster with their addresses, a dot at the end
     */
    public static LossRun open(int apiPort, int apiPercent, Map<String, InetAddress> clusterNames, long seed)
            throws IOException {
        LossyNetwork network = LossyNetwork.open();
        try {
            for (LossScene scene : LossScene.ALL) {
                network.rules(Place.SERVER, scene.rulesAtServer());
                network.rules(Place.OUTSIDE, scene.rulesOutside());
                network.rules(Place.CLIENT, scene.rulesAtClient());
            }
            network.rules(Place.SERVER, """
                    table inet api {
                        counter lost_api { }
                        chain arriving {
                            type filter hook input priority 0;
                            iifname lo tcp dport %1$d numgen random mod 100 < %2$d counter name lost_api drop
                            iifname lo tcp sport %1$d numgen random mod 100 < %2$d counter name lost_api drop
                        }
                    }
                    """.formatted(apiPort, apiPercent));
            ServerSocket listener =
                    network.in(Place.SERVER, () -> new ServerSocket(apiPort, 50, InetAddress.ofLiteral("127.0.0.1")));
            LossUpstreams upstreams = LossUpstreams.open(network, LossScene.ALL, seed);
            return new LossRun(network, upstreams, new TcpProxy(listener, apiPort), new LinkedHashMap<>(clusterNames));
        } catch (IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /**
     * A Corefile with a port for each scene.
     *
     * @param kubeconfig what stands behind {@code kubeconfig}
     */
    public static String corefile(String kubeconfig) {
        StringBuilder text = new StringBuilder("""
                (cluster) {
                    errors
                    kubernetes cluster.local in-addr.arpa ip6.arpa {
                        kubeconfig %s
                        pods insecure
                        ttl 30
                    }
                    cache 30
                }
                """.formatted(kubeconfig));
        for (LossScene scene : LossScene.ALL) {
            text.append("""
                    .:%d {
                        import cluster
                        forward . %s %s
                    }
                    """.formatted(scene.port(), scene.upstream(0), scene.upstream(1)));
        }
        return text.toString();
    }

    /** The network, for what is to run in it. */
    public LossyNetwork network() {
        return network;
    }

    /**
     * Seconds until a name has an address; empty if that takes longer. Asked where nothing is lost.
     *
     * @param name with a dot at its end
     */
    public OptionalDouble secondsUntil(String name, InetAddress address, Duration limit) throws IOException {
        long startNanos = System.nanoTime();
        try (DatagramSocket socket = network.in(Place.CLIENT, DatagramSocket::new)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.connect(new InetSocketAddress(
                    LossyNetwork.SERVER, LossScene.ALL.getFirst().port()));
            while (!has(socket, name, address)) {
                if (System.nanoTime() - startNanos > limit.toNanos()) {
                    return OptionalDouble.empty();
                }
                LockSupport.parkNanos(STEP_NANOS);
            }
        }
        return OptionalDouble.of((System.nanoTime() - startNanos) / 1e9);
    }

    private static boolean has(DatagramSocket socket, String name, InetAddress address) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
        byte[] octets = query.toWire();
        try {
            socket.send(new DatagramPacket(octets, octets.length));
            Message response = receive(socket);
            // Late ones to queries before come first.
            while (response.getHeader().getID() != query.getHeader().getID()) {
                response = receive(socket);
            }
            return response.getSection(Section.ANSWER).stream()
                    .anyMatch(record -> record instanceof ARecord found
                            && found.getAddress().equals(address));
        } catch (SocketTimeoutException | PortUnreachableException e) {
            return false;
        }
    }

    private static Message receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_OCTETS], MAX_OCTETS);
        socket.receive(packet);
        return new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    /** Waits until the server knows the cluster and asks its upstreams; false if that takes longer. */
    public boolean awaitServer(Duration limit) throws IOException {
        Map.Entry<String, InetAddress> known =
                clusterNames.entrySet().iterator().next();
        return secondsUntil(known.getKey(), known.getValue(), limit).isPresent()
                && secondsUntil(PROBE, NamedAddress.of(PROBE), limit).isPresent();
    }

    /**
     * Has a client ask in each scene, all at once.
     *
     * @param ratePerSecond of each client
     */
    public List<SceneResult> ask(int seconds, int ratePerSecond) throws IOException {
        for (Place place : Place.values()) {
            network.resetCounters(place);
        }
        upstreams.forget();
        rounds++;
        List<StubClient> clients = new ArrayList<>();
        List<FutureTask<Boolean>> asking = new ArrayList<>();
        try {
            for (LossScene scene : LossScene.ALL) {
                StubClient client = new StubClient(network, scene, clusterNames);
                clients.add(client);
                FutureTask<Boolean> task = new FutureTask<>(() -> {
                    client.ask("r" + rounds + "-", seconds * ratePerSecond, ratePerSecond);
                    return true;
                });
                asking.add(task);
                Thread.ofPlatform().daemon().name("client-" + scene.number()).start(task);
            }
            for (FutureTask<Boolean> task : asking) {
                await(task);
            }
            LockSupport.parkNanos(SETTLE_NANOS);
            return results(clients);
        } finally {
            for (StubClient client : clients) {
                client.close();
            }
        }
    }

    private static void await(FutureTask<Boolean> task) throws IOException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private List<SceneResult> results(List<StubClient> clients) throws IOException {
        Map<String, Long> packets = new HashMap<>();
        for (Place place : Place.values()) {
            packets.putAll(network.counters(place));
        }
        List<SceneResult> results = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            LossScene scene = LossScene.ALL.get(i);
            int number = scene.number();
            results.add(new SceneResult(
                    scene,
                    clients.get(i).forwarded(),
                    clients.get(i).cluster(),
                    counted(packets, "sent" + number),
                    counted(packets, "lost_to" + number) + counted(packets, "lost_back" + number),
                    counted(packets, "in" + number),
                    counted(packets, "out" + number),
                    inTime(clients.get(i).forwarded())));
        }
        return results;
    }

    private SceneResult.InTime inTime(ClientTally forwarded) {
        List<String> prompt = forwarded.prompt();
        List<String> late = forwarded.late();
        return new SceneResult.InTime(prompt.size(), late.size(), beyond(prompt, 1) + beyond(late, 2));
    }

    private long beyond(List<String> names, int packets) {
        return names.stream()
                .mapToLong(name -> Math.max(0, upstreams.arrived(name) - packets))
                .sum();
    }

    private static long counted(Map<String, Long> packets, String counter) throws IOException {
        Long count = packets.get(counter);
        if (count == null) {
            throw new IOException("nft says nothing of the counter " + counter + ", only of " + packets.keySet());
        }
        return count;
    }

    /** What was made last goes first; the namespaces in any case. */
    @Override
    public void close() throws IOException {
        try (network;
                upstreams) {
            api.close();
        }
    }
}
