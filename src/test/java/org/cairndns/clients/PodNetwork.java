package org.cairndns.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The network of a node: a bridge in a namespace of its own, to which every {@link Pod} is connected.
 *
 * <p>Nothing leads out of it, and nothing of the machine's own network is touched. Pods have addresses in 10.1.0.0/16; the
 * addresses of services, 10.152.183.0/24, are reached directly: the pod that is to answer for one has it too. The names of
 * the namespaces begin with the id of this process and a random number, so that runs beside each other do not meet.
 */
final class PodNetwork implements AutoCloseable {
    /** The name of a namespace of this class, with the process that made it. */
    private static final Pattern MADE_BY = Pattern.compile("cairn-(?<pid>[0-9]+)-[0-9a-f]{4}-[a-z0-9-]+");

    private final String prefix = "cairn-" + ProcessHandle.current().pid() + "-"
            + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000, 0x10000));
    private final String bridge = prefix + "-node";
    private final List<Pod> pods = new ArrayList<>();
    private final Thread cleaner = new Thread(this::removeAll);

    private PodNetwork() {}

    /** A network without pods; skips the test where there can be none. */
    static PodNetwork open() throws IOException, InterruptedException {
        assumeTrue(
                Programs.present("ip") && Programs.present("unshare"),
                "pods as network namespaces need the programs ip and unshare (iproute2, util-linux)");
        removeWhatKilledRunsLeft();
        PodNetwork network = new PodNetwork();
        Ran added = Programs.run("ip", "netns", "add", network.bridge);
        assumeTrue(added.exit() == 0, "no network namespaces here, which take root: " + added.errors());
        Runtime.getRuntime().addShutdownHook(network.cleaner);
        try {
            Ran made = Programs.run("ip", "-n", network.bridge, "link", "add", "cni0", "type", "bridge");
            assumeTrue(made.exit() == 0, "this kernel has no bridges: " + made.errors());
            Programs.run("ip", "-n", network.bridge, "link", "set", "cni0", "up")
                    .requireSuccess();
            return network;
        } catch (RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    /** A run that was killed could remove nothing; its process is gone, and its pods may still run a server. */
    private static void removeWhatKilledRunsLeft() throws IOException, InterruptedException {
        for (String line : Programs.run("ip", "netns", "list").lines()) {
            Matcher made = MADE_BY.matcher(line);
            if (made.lookingAt()
                    && ProcessHandle.of(Long.parseLong(made.group("pid"))).isEmpty()) {
                new Pod(made.group(), "", "", "").remove();
            }
        }
    }

    /** A pod in a namespace of the cluster, with the files that a kubelet gives it. */
    synchronized Pod pod(String namespace, String name, String address) throws IOException, InterruptedException {
        // Another test may have a pod of that name too.
        String wire = "v" + pods.size();
        Pod pod = new Pod(prefix + "-" + wire + "-" + namespace + "-" + name, namespace, name, address);
        pods.add(pod);
        Programs.run("ip", "netns", "add", pod.networkNamespace()).requireSuccess();
        ip("link", "add", "eth0", "netns", pod.networkNamespace(), "type", "veth", "peer", "name", wire);
        ip("link", "set", wire, "master", "cni0", "up");
        pod.connect();
        return pod;
    }

    private void ip(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", bridge));
        command.addAll(List.of(arguments));
        Programs.run(command.toArray(String[]::new)).requireSuccess();
    }

    /** Ends what still runs in the pods, and removes them and the network. */
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
        try {
            for (Pod pod : pods) {
                pod.remove();
            }
            pods.clear();
            Programs.run("ip", "netns", "del", bridge);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
