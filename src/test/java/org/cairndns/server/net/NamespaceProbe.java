package org.cairndns.server.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Transport;

/**
 * Program that asks a server of its own at addresses that come and go; for a network namespace that nobody else uses.
 *
 * <p>Prints a line per question; with an argument, asks at link-local addresses. Clients ask from another address than the one they ask, so that the kernel would not
 * choose it by itself.
 */
public final class NamespaceProbe {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final int port;

    private NamespaceProbe(int port) {
        this.port = port;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ip("link set lo up");
        ip("address add 10.9.0.1/32 dev lo");
        EventLoops loops = new EventLoops(2, SocketKind.NATIVE, Runners.MEMORY);
        ServerAddress everywhere = new ServerAddress(Transport.UDP, Optional.empty(), 0, "dns://:53");
        ListenGroup group = ListenGroup.open(
                loops,
                everywhere,
                Runners.of(query -> new Reply.Failed(5, "asked")),
                ListenerSettings.DEFAULT,
                Runners.sharing());
        NamespaceProbe probe = new NamespaceProbe(group.port());
        if (arguments.length > 0) {
            probe.askLinkLocal();
        } else {
            probe.askGlobal();
        }
        System.exit(0);
    }

    private void askGlobal() throws IOException, InterruptedException {
        ask("10.9.0.1", "127.0.0.1");

        // The second address of a host, and IPv6, come when the server runs already.
        ip("address add 10.9.0.2/32 dev lo");
        ask("10.9.0.2", "10.9.0.1");
        ask("10.9.0.1", "10.9.0.2");
        ip("address add fd00:9::1/128 dev lo");
        ip("address add fd00:9::2/128 dev lo");
        ask("fd00:9::2", "fd00:9::1");
        ask("fd00:9::1", "fd00:9::2");
    }

    /** Over a cable, one end of which is in the server's hand: the other end's address means nothing without the interface. */
    private void askLinkLocal() throws IOException, InterruptedException {
        ip("link add end1 type veth peer name end2");
        ip("address add fe80::1/64 dev end1 nodad");
        ip("address add fe80::2/64 dev end2 nodad");
        ip("link set end1 up");
        ip("link set end2 up");
        ask("fe80::2%end1", "fe80::1%end1");
    }

    private void ask(String server, String from) throws IOException {
        try (DatagramSocket client = new DatagramSocket(new InetSocketAddress(from, 0))) {
            client.setSoTimeout(TIMEOUT_MILLIS);
            client.connect(new InetSocketAddress(server, port));
            UdpServers.send(client, (InetSocketAddress) client.getRemoteSocketAddress(), UdpServers.query(7));
            System.out.println(server + " answers " + UdpServers.receive(client).getShort(0));
        } catch (SocketTimeoutException e) {
            System.out.println(server + " does not answer");
        }
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(("ip " + arguments).split(" "))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            System.out.println("ip " + arguments + ": " + output.strip());
        }
    }
}
