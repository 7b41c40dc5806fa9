package org.cairndns.perf.faults.loss;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cairndns.perf.compare.RootCommand;
import org.cairndns.perf.load.OpenLoop;

/**
 * Three network namespaces in a row, whose packets the kernel loses by rules of nftables.
 *
 * <pre>
 *   CLIENT 10.77.1.2 -- 10.77.1.1 SERVER 10.77.2.1 -- 10.77.2.2 and many more OUTSIDE
 * </pre>
 *
 * Nothing leads out of them, and nothing of the machine's own network is touched. They are removed in the end.
 */
public final class LossyNetwork implements AutoCloseable {
    /** A namespace. */
    public enum Place {
        CLIENT,
        SERVER,
        OUTSIDE
    }

    /** Where clients find the server. */
    public static final InetAddress SERVER = InetAddress.ofLiteral("10.77.1.1");

    /** Each thing that rules of scenes are made of. */
    private static final String PROBE = """
            table inet probe {
                counter probe { }
                chain arriving {
                    type filter hook input priority 0;
                    udp dport 53 numgen random mod 100 < 1 counter name probe drop
                }
            }
            """;

    private static final Pattern COUNTER =
            Pattern.compile("counter (?<name>[a-z0-9_]+) \\{\\s*packets (?<packets>[0-9]+)");

    private final Map<Place, String> names = new EnumMap<>(Place.class);
    private final Thread cleaner = new Thread(this::removeAll);

    private LossyNetwork() {
        // As the namespaces of pods in tests are called, which remove what killed runs left.
        String prefix = "cairn-%d-%04x-loss-"
                .formatted(
                        ProcessHandle.current().pid(),
                        ThreadLocalRandom.current().nextInt(0x1000, 0x10000));
        for (Place place : Place.values()) {
            names.put(place, prefix + place.name().toLowerCase(Locale.ROOT));
        }
    }

    /** What keeps such a network from being made here, for a reader; empty if nothing does. */
    public static Optional<String> missing() {
        try {
            RootCommand.run("ip", "-V");
            RootCommand.run("nft", "-v");
        } catch (IOException e) {
            return Optional.of("lost packets take the programs ip and nft (Debian packages iproute2, nftables): "
                    + e.getMessage());
        }
        try (LossyNetwork network = open()) {
            network.rules(Place.SERVER, PROBE);
            network.resetCounters(Place.SERVER);
            if (!network.counters(Place.SERVER).equals(Map.of("probe", 0L))) {
                return Optional.of("lost packets take named counters of nftables, which the kernel or nft has not");
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "lost packets take root, and a kernel with network namespaces and nftables: " + e.getMessage());
        }
    }

    /** Makes the namespaces, without losses. */
    public static LossyNetwork open() throws IOException {
        LossyNetwork network = new LossyNetwork();
        Runtime.getRuntime().addShutdownHook(network.cleaner);
        try {
            for (String name : network.names.values()) {
                RootCommand.run("ip", "netns", "add", name);
                RootCommand.run("ip", "-n", name, "link", "set", "lo", "up");
            }
            network.connect(Place.CLIENT, "10.77.1.1/24", "10.77.1.2/24");
            network.connect(Place.OUTSIDE, "10.77.2.1/24", "10.77.2.2/24");
            return network;
        } catch (IOException e) {
            network.close();
            throw e;
        }
    }

    private void connect(Place place, String atServer, String there) throws IOException {
        String server = name(Place.SERVER);
        String wire = place.name().toLowerCase(Locale.ROOT);
        RootCommand.run(
                "ip", "-n", server, "link", "add", wire, "type", "veth", "peer", "name", "eth0", "netns", name(place));
        RootCommand.run("ip", "-n", server, "address", "add", atServer, "dev", wire);
        RootCommand.run("ip", "-n", server, "link", "set", wire, "up");
        RootCommand.run("ip", "-n", name(place), "address", "add", there, "dev", "eth0");
        RootCommand.run("ip", "-n", name(place), "link", "set", "eth0", "up");
    }

    private String name(Place place) {
        return names.getOrDefault(place, "");
    }

    /** Gives {@link Place#OUTSIDE} one more address of 10.77.2.0/24. */
    void addOutside(String address) throws IOException {
        RootCommand.run("ip", "-n", name(Place.OUTSIDE), "address", "add", address + "/24", "dev", "eth0");
    }

    /** What runs a program in a namespace; the process becomes that program. */
    public List<String> command(Place place) {
        return List.of("ip", "netns", "exec", name(place));
    }

    /**
     * Does something on a thread that opens its sockets, and starts processes, in a namespace. It must not start threads that
     * others use later.
     */
    public <T> T in(Place place, Callable<T> action) throws IOException {
        FutureTask<T> task = new FutureTask<>(() -> {
            OpenLoop.enterNetwork(Path.of("/run/netns", name(place)));
            return action.call();
        });
        Thread.ofPlatform().daemon().name("in-" + name(place)).start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Has a namespace follow these rules besides those that it has. */
    void rules(Place place, String rules) throws IOException {
        nft(place, rules, "-f", "-");
    }

    /** What the named counters of a namespace say. */
    Map<String, Long> counters(Place place) throws IOException {
        Map<String, Long> counters = new TreeMap<>();
        Matcher counter = COUNTER.matcher(nft(place, "", "list", "counters"));
        while (counter.find()) {
            counters.put(counter.group("name"), Long.parseLong(counter.group("packets")));
        }
        return counters;
    }

    /** Sets the named counters of a namespace to 0. */
    void resetCounters(Place place) throws IOException {
        nft(place, "", "reset", "counters");
    }

    private String nft(Place place, String input, String... arguments) throws IOException {
        List<String> whole = new ArrayList<>(command(place));
        whole.add("nft");
        whole.addAll(List.of(arguments));
        return RootCommand.run(whole, input);
    }

    @Override
    public void close() {
        removeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException e) {
            // The machine is going down, and this is the hook.
        }
    }

    private synchronized void removeAll() {
        for (String name : names.values()) {
            try {
                RootCommand.run("ip", "netns", "del", name);
            } catch (IOException e) {
                // It was not made, or has been removed.
            }
        }
    }
}
