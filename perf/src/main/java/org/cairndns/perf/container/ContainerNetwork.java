package org.cairndns.perf.container;

import com.github.dockerjava.api.model.Network;
import java.net.InetAddress;
import java.util.Map;

/** A network in which containers and this machine reach each other, and nothing else. It is removed in the end. */
public final class ContainerNetwork implements AutoCloseable {
    private final Network network;

    private ContainerNetwork(Network network) {
        this.network = network;
    }

    /** Makes one, with addresses that the engine chooses. */
    public static ContainerNetwork create() {
        String id = Engine.client()
                .createNetworkCmd()
                .withName("cairn-" + ProcessHandle.current().pid() + "-" + System.nanoTime())
                .withDriver("bridge")
                .withOptions(Map.of("com.docker.network.bridge.enable_ip_masquerade", "false"))
                .exec()
                .getId();
        return new ContainerNetwork(
                Engine.client().inspectNetworkCmd().withNetworkId(id).exec());
    }

    String name() {
        return network.getName();
    }

    /** The interface of this machine that containers are connected to. */
    String bridge() {
        return "br-" + network.getId().substring(0, 12);
    }

    /** The address of this machine in it. */
    public InetAddress gateway() {
        return InetAddress.ofLiteral(config().getGateway());
    }

    /** An address that the engine gives to no container as long as there are few: the last one but {@code fromTheEnd}. */
    InetAddress spare(int fromTheEnd) {
        String[] subnet = config().getSubnet().split("/");
        long first = Ipv4.toLong(InetAddress.ofLiteral(subnet[0]));
        long size = 1L << (32 - Integer.parseInt(subnet[1]));
        return Ipv4.toAddress(first + size - 2 - fromTheEnd);
    }

    int prefixBits() {
        return Integer.parseInt(config().getSubnet().split("/")[1]);
    }

    private Network.Ipam.Config config() {
        return network.getIpam().getConfig().getFirst();
    }

    @Override
    public void close() {
        Engine.client().removeNetworkCmd(network.getId()).exec();
    }
}
