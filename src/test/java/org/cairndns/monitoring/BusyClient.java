package org.cairndns.monitoring;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.cairndns.testing.Frames;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A pod that asks a server over UDP, without waiting for answers, and over TCP. For one thread. */
final class BusyClient implements AutoCloseable {
    /** Names whose queries end in all ways that there are. */
    private static final List<String> NAMES = List.of(
            BusyCluster.SERVICE,
            "peers.shop.svc.cluster.local",
            "nope.shop.svc.cluster.local",
            "www.example.org.shop.svc.cluster.local",
            "www.example.org",
            "www2.example.org",
            "nx.example.org",
            "fail.example.org",
            "refused.example.org",
            "Case.example.org",
            "forged.example.org",
            "www.slow.example",
            "a.dead.example",
            "host.example",
            "localhost.example",
            "acl.example",
            "template.example",
            "www.six.example");

    private final InetSocketAddress server;
    private final DatagramChannel udp;
    private int number;

    BusyClient(int port) throws IOException {
        server = new InetSocketAddress("127.0.0.1", port);
        udp = DatagramChannel.open().bind(here()).connect(server);
    }

    private static InetSocketAddress here() {
        return new InetSocketAddress(InetAddress.ofLiteral(BusyCluster.POD), 0);
    }

    private static Message query(String qname, String qtype, boolean dnssec) throws IOException {
        Message query =
                Message.newQuery(Record.newRecord(Name.fromString(qname, Name.root), Type.value(qtype), DClass.IN));
        if (dnssec) {
            query.addRecord(new OPTRecord(1232, 0, 0, Flags.DO), Section.ADDITIONAL);
        }
        return query;
    }

    /** Asks over UDP and does not look at what comes. */
    void send(String qname, String qtype, boolean dnssec) throws IOException {
        udp.write(ByteBuffer.wrap(query(qname, qtype, dnssec).toWire()));
    }

    /** Asks over a connection of its own and waits for the answer. */
    void ask(String qname, String qtype) throws IOException {
        byte[] message = query(qname, qtype, false).toWire();
        try (Socket tcp = new Socket()) {
            tcp.bind(here());
            tcp.connect(server);
            tcp.setSoTimeout(10_000);
            tcp.getOutputStream().write(Frames.of(message));
            DataInputStream in = new DataInputStream(tcp.getInputStream());
            in.readFully(new byte[in.readUnsignedShort()]);
        }
    }

    /** Asks for every name in several ways. */
    void askAll() throws IOException {
        for (String name : NAMES) {
            for (String type : List.of("A", "AAAA", "TXT", "MX")) {
                send(name, type, true);
                send(name, type, false);
            }
        }
        ask(BusyCluster.SERVICE, "A");
        ask("www.example.org", "A");
    }

    /** Asks once more, for the next name. */
    void askNext() throws IOException {
        String name = NAMES.get(number++ % NAMES.size());
        // Some names over and over, as people do, and one that nobody can resolve.
        switch (number % 9) {
            case 0 -> send("a.dead.example", "A", false);
            case 1, 2, 3 -> send(name, "A", number % 7 == 0);
            case 4, 5, 6 -> send(BusyCluster.SERVICE, "A", false);
            case 7 -> send(number % 27 == 7 ? "fail" + number + ".example.org" : "www.example.org", "A", false);
            default -> send("www.example.org", "A", false);
        }
        if (number % 50 == 0) {
            send("www" + number + ".example.org", "AAAA", false);
            ask(BusyCluster.SERVICE, "A");
            ask("www.example.org", "A");
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
    }
}
