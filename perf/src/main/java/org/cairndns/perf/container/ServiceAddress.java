package org.cairndns.perf.container;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cairndns.perf.compare.RootCommand;

/**
 * A node's view of the Service of cluster DNS: one address, and rules of the kernel that lead queries to the pods behind it, as
 * kube-proxy writes them. The node is a network of its own, whose clients run in it; it is removed in the end.
 */
public final class ServiceAddress implements AutoCloseable {
    /** Of MicroK8s. */
    static final InetAddress ADDRESS = InetAddress.ofLiteral("10.152.183.10");

    private static final String CHAIN = "CAIRN-DNS";
    private static final String NODE_INTERFACE = "eth0";

    /**
     * The kernel remembers for half a minute where it has led a port of a client, also to a pod that has gone, for which kube-proxy
     * deletes what is remembered. This is as good for clients whose ports are silent for longer than that, and longer than they wait for
     * an answer, which could not find its way back otherwise.
     */
    private static final String FORGET_FAST = "for limit in udp_timeout udp_timeout_stream;"
            + " do echo 6 >/proc/sys/net/netfilter/nf_conntrack_$limit; done";

    private final String node;

    private ServiceAddress(String node) {
        this.node = node;
    }

    /** What keeps one from being made here, for a reader; empty if nothing does. */
    public static Optional<String> missing() {
        for (List<String> command : List.of(List.of("ip", "netns", "list"), List.of("iptables", "--version"))) {
            try {
                RootCommand.run(command, "");
            } catch (IOException e) {
                return Optional.of(
                        "no usable program '" + command.getFirst() + "' (Debian packages iproute2, iptables)");
            }
        }
        return Optional.empty();
    }

    /** Makes the node, connected to a network of pods, without a pod behind the address. */
    public static ServiceAddress in(ContainerNetwork network) throws IOException {
        String node = "cairn-node-" + ProcessHandle.current().pid();
        String outside = "cairn" + ProcessHandle.current().pid() % 1_000_000;
        ServiceAddress service = new ServiceAddress(node);
        RootCommand.run(List.of("ip", "netns", "add", node), "");
        try {
            ip("link", "add", outside, "type", "veth", "peer", "name", NODE_INTERFACE, "netns", node);
            ip("link", "set", outside, "master", network.bridge(), "up");
            String address = network.spare(1).getHostAddress() + "/" + network.prefixBits();
            ip("-n", node, "addr", "add", address, "dev", NODE_INTERFACE);
            ip("-n", node, "link", "set", "lo", "up");
            ip("-n", node, "link", "set", NODE_INTERFACE, "up");
            ip("-n", node, "route", "add", "default", "via", network.gateway().getHostAddress());
            service.inNode("", "sh", "-c", FORGET_FAST);
            service.inNode("", "iptables", "-t", "nat", "-N", CHAIN);
            service.inNode("", "iptables", "-t", "nat", "-A", "OUTPUT", "-d", ADDRESS.getHostAddress(), "-j", CHAIN);
            return service;
        } catch (IOException e) {
            service.close();
            throw e;
        }
    }

    /** Leads new queries to these pods, by chance; what is on the way to another one still gets its answer. */
    public void leadTo(List<InetAddress> pods) throws IOException {
        StringBuilder rules = new StringBuilder("*nat\n:" + CHAIN + " - [0:0]\n");
        for (String protocol : List.of("udp", "tcp")) {
            for (int i = 0; i < pods.size(); i++) {
                String chance = i == pods.size() - 1
                        ? ""
                        : String.format(
                                Locale.ROOT, " -m statistic --mode random --probability %.5f", 1.0 / (pods.size() - i));
                rules.append("-A %s -p %s --dport 53%s -j DNAT --to-destination %s:53%n"
                        .formatted(CHAIN, protocol, chance, pods.get(i).getHostAddress()));
            }
        }
        inNode(rules + "COMMIT\n", "iptables-restore", "--noflush");
    }

    /** The file by which a thread or a program gets into the network of the node. */
    public Path network() {
        return Path.of("/run/netns", node);
    }

    /** Runs a program in the network of the node; its output. */
    String inNode(String input, String... command) throws IOException {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", node));
        whole.addAll(List.of(command));
        return RootCommand.run(whole, input);
    }

    private static void ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        RootCommand.run(command, "");
    }

    @Override
    public void close() throws IOException {
        RootCommand.run(List.of("ip", "netns", "delete", node), "");
    }
}
