package org.cairndns.manifests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Two network namespaces with wires between them: that of the DNS pods, and that of a node with what is outside.
 *
 * <pre>
 *   this machine, with the API server -- wire -- pods -- wire -- node
 * </pre>
 *
 * <p>Nothing leads from there to any other network.
 */
final class PodNetworks implements AutoCloseable {
    private static final int SUBNETS = 250;

    private final long pid = ProcessHandle.current().pid();
    private final String subnet = "10.203." + pid % SUBNETS + ".";
    private final String pods = "cairn-pods-" + pid;
    private final String node = "cairn-node-" + pid;

    private PodNetworks() {}

    /** Makes them; ends the test as skipped where that cannot be done. */
    static PodNetworks open() throws IOException, InterruptedException {
        PodNetworks networks = new PodNetworks();
        String here = "cairn" + networks.pid;
        for (String program : List.of("ip", "setpriv", "chroot")) {
            assumeTrue(
                    succeeds(program, "--help") || succeeds(program, "-V"), "skipped: no program " + program + " here");
        }
        assumeTrue(
                succeeds("ip", "netns", "add", networks.pods),
                "skipped: no network namespaces here, which take root and iproute2");
        try {
            run("ip", "netns", "add", networks.node);
            run("ip", "link", "add", here, "type", "veth", "peer", "name", "api", "netns", networks.pods);
            run("ip", "address", "add", networks.api() + "/30", "dev", here);
            run("ip", "link", "set", here, "up");
            networks.up(networks.pods, "api", networks.dns() + "/30");
            run(
                    "ip",
                    "-n",
                    networks.pods,
                    "link",
                    "add",
                    "node",
                    "type",
                    "veth",
                    "peer",
                    "name",
                    "pods",
                    "netns",
                    networks.node);
            networks.up(networks.pods, "node", networks.subnet + "5/30");
            networks.up(networks.node, "pods", networks.subnet + "6/30");
            run("ip", "-n", networks.pods, "route", "add", "default", "via", networks.subnet + "6");
            run("ip", "-n", networks.node, "route", "add", "default", "via", networks.subnet + "5");
            return networks;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            networks.close();
            throw e;
        }
    }

    private void up(String namespace, String device, String address) throws IOException, InterruptedException {
        run("ip", "-n", namespace, "link", "set", "lo", "up");
        run("ip", "-n", namespace, "address", "add", address, "dev", device);
        run("ip", "-n", namespace, "link", "set", device, "up");
    }

    /** The namespace in which DNS pods run. */
    String pods() {
        return pods;
    }

    /** The namespace of a node, with upstreams. */
    String node() {
        return node;
    }

    /** This machine's address in them. */
    String api() {
        return subnet + "1";
    }

    /** The address of the DNS pods. */
    String dns() {
        return subnet + "2";
    }

    /** Gives a namespace one more address, such as the one of a Service, whose packets a node would lead there. */
    static void addAddress(String namespace, String address) throws IOException, InterruptedException {
        run("ip", "-n", namespace, "address", "replace", address + "/32", "dev", "lo");
    }

    /** Sets what a pod's {@code sysctls} say. */
    static void sysctl(String namespace, String name, String value) throws IOException, InterruptedException {
        String file = "/proc/sys/" + name.replace('.', '/');
        run("ip", "netns", "exec", namespace, "sh", "-c", "echo " + value + " >" + file);
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs a program that must succeed. */
    static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
    }

    /** The command that becomes another one in a namespace. */
    static List<String> in(String namespace, List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(command);
        return all;
    }

    @Override
    public void close() {
        try {
            // The wires go with them.
            succeeds("ip", "netns", "del", node);
            succeeds("ip", "netns", "del", pods);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
